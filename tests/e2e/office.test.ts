import { resolve } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { PEOPLE, startFakeOffice, UNIT } from '../support/fake-office-api.ts'
import { wcagFaults } from './axe.ts'

/** Every office page and state, over made-up answers that hold every kind of number and gap. */
let browser: Browser
let office: Awaited<ReturnType<typeof startFakeOffice>>

beforeAll(async () => {
  office = await startFakeOffice(resolve(import.meta.dirname, '../../dist/client'))
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await office?.close()
})

type Person = 'administrator' | 'importer' | 'beginner'

async function open(person: Person | null, path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    reducedMotion: 'reduce',
    ...options,
  })
  if (person !== null) {
    await context.addCookies([{ name: 'office', value: encodeURIComponent(PEOPLE[person]), url: office.origin }])
  }
  const page = await context.newPage()
  await page.goto(`${office.origin}${path}`)
  return page
}

const done = (page: Page) => page.context().close()
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })
const focused = (page: Page) => page.evaluate<string>('document.activeElement.textContent.trim().slice(0, 60)')
const csv = (text: string) => ({ name: 'ho-so.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })

async function upload(page: Page, text: string): Promise<void> {
  await page.getByLabel('Tệp hồ sơ').setInputFiles(csv(text))
  await page.getByRole('button', { name: 'Nhập tệp' }).click()
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Thư điện tử').fill(email)
  await page.getByLabel('Mật khẩu').fill(password)
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
}

const unfold = (page: Page) =>
  page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true })')

/** What is looked at: who, where, what to do first, and the text by which the state is known to be there. */
const states: [name: string, person: Person | null, path: string, sign: string, act?: (page: Page) => Promise<void>][] =
  [
    ['sign-in', null, '/dang-nhap', 'Dành cho cán bộ của tỉnh'],
    ['sign-in refused', null, '/dang-nhap', 'không đúng', (page) => signIn(page, 'a@b.vn', 'x')],
    ['sign-in too often', null, '/dang-nhap', 'Chờ một phút', (page) => signIn(page, 'nhieu@hungyen.example', 'x')],
    ['sign-in left empty', null, '/dang-nhap', 'Nhập mật khẩu', (page) => signIn(page, '', '')],
    ['province', 'administrator', `/don-vi/${UNIT.province}`, 'Các đơn vị trực thuộc'],
    [
      'unit, all unfolded',
      'administrator',
      `/don-vi/${UNIT.justice}`,
      'Theo lĩnh vực',
      async (page) => void (await unfold(page)),
    ],
    [
      'unit across the merger',
      'administrator',
      `/don-vi/${UNIT.justice}?from=2025-01&to=2025-12&compare=previous`,
      'không so trực tiếp được',
    ],
    ['too few answers', 'administrator', `/don-vi/${UNIT.few}`, 'Chưa có nội dung nào đủ phiếu'],
    ['intervals only', 'administrator', `/don-vi/${UNIT.intervalOnly}`, 'chưa đủ để nêu một con số'],
    ['no dossiers', 'administrator', `/don-vi/${UNIT.noDossiers}`, 'Không có hồ sơ nào của đơn vị này'],
    ['weak spots fail', 'administrator', `/don-vi/${UNIT.failing}`, 'Mã để báo người quản trị: req_01mau'],
    ['no weak spot', 'administrator', `/don-vi/${UNIT.strong}`, 'Không thấy điểm yếu nào'],
    ['former unit', 'administrator', `/don-vi/${UNIT.former}`, 'Nay là:'],
    ['unknown unit', 'administrator', `/don-vi/${UNIT.unknown}`, 'Không tìm thấy nội dung này'],
    ['units', 'administrator', '/don-vi', 'Các đơn vị của Tỉnh Hưng Yên'],
    ['units found', 'administrator', '/don-vi?q=sở', 'Sở Tư pháp tỉnh Thái Bình'],
    ['no unit found', 'administrator', '/don-vi?q=zzz', 'Không có đơn vị nào khớp'],
    ['import', 'importer', '/nhap-ho-so', 'Nhật ký thay đổi'],
    ['import with faults', 'importer', '/nhap-ho-so', 'Các dòng cần sửa', (page) => upload(page, 'x')],
    [
      'import refused',
      'importer',
      '/nhap-ho-so',
      'Tệp thiếu cột bắt buộc: Mã thủ tục, Ngày tiếp nhận.',
      (page) => upload(page, 'THIEU COT'),
    ],
    [
      'import of nothing',
      'importer',
      '/nhap-ho-so',
      'Chọn một tệp trước.',
      (page) => page.getByRole('button', { name: 'Nhập tệp' }).click(),
    ],
    ['invitations', 'importer', '/giay-moi?since=2026-11-01', 'Giấy mời từ ngày 01/11/2026'],
    ['settings', 'administrator', '/cai-dat', 'Mời trả lời sau bước nào?'],
    [
      'settings saved',
      'administrator',
      '/cai-dat',
      'Đã lưu.',
      (page) => page.getByRole('button', { name: 'Lưu' }).click(),
    ],
    ['nothing imported yet', 'beginner', `/don-vi/${UNIT.province}`, 'Chưa có hồ sơ nào để tính số liệu'],
    ['empty import page', 'beginner', '/nhap-ho-so', 'Chưa có lần nhập nào'],
    ['no invitations', 'beginner', '/giay-moi', 'Không có giấy mời nào'],
    ['not for this role', 'importer', '/cai-dat', 'chỉ dùng trang Nhập hồ sơ, Giấy mời và Phiếu giấy'],
    ['no such page', 'administrator', '/khong-co', 'Không có trang này'],
  ]

/** The states that hold everything a page can hold; the other looks are checked on these. */
const KEY_STATES = [
  'sign-in left empty',
  'province',
  'unit, all unfolded',
  'intervals only',
  'import with faults',
  'settings saved',
]

const looks: [name: string, options: BrowserContextOptions, only?: readonly string[]][] = [
  ['phone, dark', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }],
  ['office screen, light', { viewport: { width: 1366, height: 768 }, colorScheme: 'light' }],
  ['200 % zoom of a small window', { viewport: { width: 320, height: 480 }, colorScheme: 'light' }, KEY_STATES],
  ['tablet, forced colours', { viewport: { width: 768, height: 1024 }, forcedColors: 'active' }, KEY_STATES],
]

describe.each(looks)('%s', (_name, options, only) => {
  const shown = states.filter(([name]) => only === undefined || only.includes(name))
  it.each(shown)(
    '%s breaks nothing of WCAG 2.2 AA and never scrolls sideways',
    async (_state, person, path, sign, act) => {
      const page = await open(person, path, options)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await act?.(page)
      await page.getByText(sign).locator('visible=true').first().waitFor()
      expect(await wcagFaults(page)).toEqual([])
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
      expect(overflow).toBeLessThanOrEqual(0)
      await done(page)
    },
  )
})

it('says everything in English too', async () => {
  const page = await open('administrator', `/don-vi/${UNIT.justice}`)
  await page.getByRole('button', { name: 'English' }).click()
  await heading(page, 'Weak spots').waitFor()
  expect(await page.evaluate('document.documentElement.lang')).toBe('en')
  await unfold(page)
  const visible = await page.getByRole('main').innerText()
  expect(visible).toContain('Lower by at least 13 percentage points.')
  expect(visible).toContain('Internal estimate, not the official PAPI/PCI.')
  expect(visible).not.toMatch(/phiếu|Cách tính|Ước lượng/)
  await page.reload()
  await heading(page, 'Weak spots').waitFor()
  expect(await wcagFaults(page)).toEqual([])
  await done(page)
})

describe('signing in', () => {
  it('leads back to the page that was asked for', async () => {
    const page = await open(null, `/don-vi/${UNIT.justice}?from=2026-04&to=2026-06`)
    await heading(page, 'Đăng nhập').waitFor()
    await signIn(page, PEOPLE.administrator, PEOPLE.password)
    await heading(page, 'Sở Tư pháp').waitFor()
    expect(page.url()).toContain('from=2026-04&to=2026-06')
    await done(page)
  })

  it('opens the province for an administrator and the import for an importer', async () => {
    const page = await open(null, '/')
    await signIn(page, PEOPLE.administrator, PEOPLE.password)
    await heading(page, 'Tỉnh Hưng Yên').waitFor()
    await page.getByRole('button', { name: 'Đăng xuất' }).click()
    await heading(page, 'Đăng nhập').waitFor()
    await page.goto(`${office.origin}/`)
    await signIn(page, PEOPLE.importer, PEOPLE.password)
    await heading(page, 'Nhập hồ sơ').waitFor()
    const links = page.getByRole('navigation', { name: 'Các trang chính' }).getByRole('link')
    expect(await links.allInnerTexts()).toEqual(['Nhập hồ sơ', 'Giấy mời', 'Phiếu giấy'])
    await done(page)
  })

  it('after the session has ended asks to sign in again and keeps the place', async () => {
    const page = await open('administrator', `/don-vi/${UNIT.justice}`)
    await heading(page, 'Điểm yếu').waitFor()
    await page.context().clearCookies()
    await page.getByLabel('Kỳ', { exact: true }).selectOption({ label: 'Quý II/2026' })
    await page.getByRole('link', { name: 'Đăng nhập lại' }).click()
    await signIn(page, PEOPLE.administrator, PEOPLE.password)
    await heading(page, 'Sở Tư pháp').waitFor()
    await done(page)
  })

  it('tells of a server that cannot be reached, and goes on when it can', async () => {
    const page = await open('administrator', '/cai-dat')
    await heading(page, 'Cài đặt').waitFor()
    await page.route('**/api/settings', (route) => route.abort())
    await page.getByRole('button', { name: 'Lưu' }).click()
    await page.getByText('Không kết nối được tới máy chủ').waitFor()
    await page.unroute('**/api/settings')
    await page.getByRole('button', { name: 'Lưu' }).click()
    await page.getByText('Đã lưu.').waitFor()
    await done(page)
  })
})

describe('the department page', () => {
  it('keeps period and comparison in the address, so that a view can be sent on', async () => {
    const page = await open('administrator', `/don-vi/${UNIT.justice}`)
    await page.getByLabel('So sánh với').selectOption({ label: 'Kỳ trước' })
    await page.getByText('Kỳ trước là').first().waitFor()
    await page.getByLabel('Tháng', { exact: true }).check()
    await expect.poll(() => page.url()).toContain('from=2026-09&to=2026-09&compare=previous')
    const sent = await page.context().newPage()
    await sent.goto(page.url())
    await sent.getByText('Kỳ trước (Tháng 8/2026)').first().waitFor()
    expect(await sent.getByLabel('Kỳ', { exact: true }).inputValue()).toBe('2026-09')
    await done(page)
  })

  it('compares a province with nothing but its own past', async () => {
    const page = await open('administrator', `/don-vi/${UNIT.province}?compare=peers`)
    const choices = page.getByLabel('So sánh với').getByRole('option')
    await choices.first().waitFor({ state: 'attached' })
    expect(await choices.allInnerTexts()).toEqual(['Kỳ trước'])
    await done(page)
  })

  it('says each weak spot in a sentence and claims nothing where the interval reaches zero', async () => {
    const page = await open('administrator', `/don-vi/${UNIT.justice}`)
    const cards = page.getByRole('region', { name: 'Điểm yếu' }).getByRole('article')
    await cards.first().waitFor()
    expect(await cards.first().innerText()).toMatch(
      /Ở thủ tục Đăng ký khai sinh, 62% người trả lời cho biết được hẹn rõ ngày trả kết quả \(khoảng 57–66%, 412 phiếu\)\. Phần còn lại của tỉnh là 81%\. Thấp hơn ít nhất 13 điểm phần trăm\./,
    )
    expect(await cards.count()).toBe(10)
    await page.getByRole('button', { name: 'Xem thêm' }).click()
    await expect.poll(() => cards.count()).toBe(13)
    expect(await cards.last().innerText()).toContain('Chưa đủ bằng chứng để kết luận khác biệt.')
    expect(await cards.last().innerText()).not.toContain('Thấp hơn')
    await done(page)
  })

  it('takes the keyboard to the first weak spot that "Xem thêm" brought', async () => {
    const page = await open('administrator', `/don-vi/${UNIT.justice}`)
    await page.getByRole('button', { name: 'Xem thêm' }).press('Enter')
    await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('LI')
    expect(
      await page.evaluate('[...document.activeElement.parentElement.children].indexOf(document.activeElement)'),
    ).toBe(10)
    await done(page)
  })

  it('leads from a weak spot down to its counts', async () => {
    const page = await open('administrator', `/don-vi/${UNIT.justice}`)
    const card = page.getByRole('region', { name: 'Điểm yếu' }).getByRole('article').first()
    await card.getByText('Xem số phiếu').click()
    const row = (name: string) =>
      card
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name, exact: true }) })
        .getByRole('cell')
        .innerText()
    expect(await row('Thuận lợi')).toBe('255')
    expect(await row('Trả lời có chọn (làm mẫu số)')).toBe('412')
    expect(await row('Phần còn lại của tỉnh: trả lời có chọn')).toBe('12.000')
    await done(page)
  })

  it('every figure says that it is internal and opens how it was computed', async () => {
    const page = await open('administrator', `/don-vi/${UNIT.justice}`)
    const cards = page.locator('.figure-card')
    await cards.first().waitFor()
    expect(await cards.count()).toBe(10)
    for (const card of await cards.all()) {
      expect(await card.innerText()).toContain('Ước lượng nội bộ, không phải PAPI/PCI chính thức.')
      expect(await card.getByText('Cách tính').count()).toBe(1)
    }
    await cards.first().getByText('Cách tính').click()
    expect(await cards.first().innerText()).toContain('Hài lòng hoặc rất hài lòng: 1.834 trên 2.351 phiếu, tức 78%.')
    await done(page)
  })

  it('shows no number where there are too few answers', async () => {
    const page = await open('administrator', `/don-vi/${UNIT.few}`)
    await heading(page, 'Các chỉ số').waitFor()
    const cards = await page.locator('.figure-card').allInnerTexts()
    for (const card of cards) {
      expect(card).toContain('Cần thêm khoảng 26 phiếu.')
      expect(card).not.toMatch(/\d%(?! trừ)/)
    }
    await done(page)
  })

  it('lists the units of a province by name, never by score', async () => {
    const page = await open('administrator', `/don-vi/${UNIT.province}`)
    const table = page.getByRole('table', { name: /^Mức độ hài lòng theo đơn vị/ })
    await table.waitFor()
    const names = await table.getByRole('rowheader').getByRole('link').allInnerTexts()
    expect(names).toEqual([...names].sort(new Intl.Collator('vi').compare))
    await done(page)
  })

  it('is marked as sample data on every page', async () => {
    const page = await open('administrator', `/don-vi/${UNIT.justice}`)
    for (const link of ['Đơn vị', 'Nhập hồ sơ', 'Giấy mời', 'Cài đặt']) {
      await page.getByRole('navigation', { name: 'Các trang chính' }).getByRole('link', { name: link }).click()
      await page.getByText('DỮ LIỆU MẪU', { exact: true }).waitFor()
    }
    await done(page)
  })

  it('prints what is open and leaves out what only a screen can do', async () => {
    const page = await open('administrator', `/don-vi/${UNIT.justice}`)
    const card = page.locator('.figure-card').first()
    await card.getByText('Cách tính').click()
    await page.emulateMedia({ media: 'print' })
    expect(await card.getByText('Các bước và số đếm của kỳ này').isVisible()).toBe(true)
    expect(await page.getByText('Cách tìm điểm yếu').isVisible()).toBe(false)
    expect(await page.getByLabel('So sánh với').isVisible()).toBe(false)
    await page.getByText('Đang xem: Quý III/2026. So sánh với: Phần còn lại của tỉnh.').waitFor()
    await done(page)
  })
})

describe('the keyboard', () => {
  it('skips to the main part', async () => {
    const page = await open('administrator', `/don-vi/${UNIT.justice}`)
    await heading(page, 'Điểm yếu').waitFor()
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Tới nội dung chính')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('main')
    await done(page)
  })

  it('is at the heading after a change of page, and at a section after its link', async () => {
    const page = await open('administrator', `/don-vi/${UNIT.justice}`)
    await page.getByRole('navigation', { name: 'Trên trang này' }).getByRole('link', { name: 'Điểm yếu' }).click()
    expect(await focused(page)).toBe('Điểm yếu')
    await page.getByRole('link', { name: 'Cài đặt' }).click()
    await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('H1')
    expect(await focused(page)).toBe('Cài đặt')
    expect(await page.title()).toBe('Cài đặt – Lắng Nghe')
    await done(page)
  })

  it('reaches a section named in the address, although it loads late', async () => {
    const page = await open('administrator', `/don-vi/${UNIT.justice}#diem-yeu`)
    await expect.poll(() => focused(page)).toBe('Điểm yếu')
    await done(page)
  })
})

describe('importing', () => {
  it('says what was kept, and each fault with line, column and remedy', async () => {
    const page = await open('importer', '/nhap-ho-so')
    await upload(page, 'x')
    await expect.poll(() => focused(page)).toBe('Kết quả nhập ho-so.csv')
    await page.getByText('Đã đọc 1.284 dòng, nhận 1.273 dòng, từ chối 11 dòng.').waitFor()
    await page.getByText('Các cột không đọc và không lưu: Họ và tên người nộp, Số CCCD, Điện thoại.').waitFor()
    const row = page.getByRole('row', { name: /^108/ })
    expect(await row.innerText()).toContain('Ngày hẹn trả kết quả')
    expect(await row.innerText()).toContain('Không phải ngày hợp lệ.')
    await done(page)
  })

  it('does not send a file of another kind', async () => {
    const page = await open('importer', '/nhap-ho-so')
    await page
      .getByLabel('Tệp hồ sơ')
      .setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('x') })
    await page.getByRole('button', { name: 'Nhập tệp' }).click()
    await page.getByText('Chỉ nhận tệp có đuôi .csv hoặc .xlsx.').waitFor()
    await done(page)
  })

  it('gathers every invitation into one file made in the browser', async () => {
    const page = await open('importer', '/giay-moi?since=2026-11-01')
    const button = page.getByRole('button', { name: 'Tải danh sách (CSV)' })
    await button.waitFor()
    const [file] = await Promise.all([page.waitForEvent('download'), button.click()])
    const stream = await file.createReadStream()
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    const lines = Buffer.concat(chunks).toString('utf8').trim().split('\r\n')
    expect(lines).toHaveLength(231)
    expect(lines[0]).toContain('ma_ho_so')
    expect(lines.at(-1)).toContain('/r/HYN')
    await page.getByText('Đã tải 230 giấy mời.').waitFor()
    await done(page)
  })
})

it('settings refuse that nobody is invited', async () => {
  const page = await open('administrator', '/cai-dat')
  for (const label of ['Khi trả kết quả (nên chọn)', 'Khi từ chối hồ sơ (nên chọn)'])
    await page.getByLabel(label).uncheck()
  await page.getByRole('button', { name: 'Lưu' }).click()
  await page.getByText('Chọn ít nhất một bước').waitFor()
  await done(page)
})

it('criteria are shown as entered so far, entered one by one, and what is missing is named', async () => {
  const page = await open('administrator', `/don-vi/${UNIT.justice}`)
  await page.getByText('Nhập năm tiêu chí còn lại').click()
  const chosen = (name: RegExp) => page.getByLabel(name).locator('option:checked').textContent()
  await page.getByLabel(/^Tiêu chí 8/).waitFor()
  expect([await chosen(/^Tiêu chí 8/), await chosen(/^Tiêu chí 6/)]).toEqual(['1 điểm', 'Chưa nhập'])
  await page.getByRole('button', { name: 'Lưu' }).click()
  await page.getByText('Không có điểm nào thay đổi.').waitFor()
  await page.getByLabel('Tiêu chí 6: công khai thủ tục').selectOption({ label: '2 điểm' })
  await page.getByLabel(/^Tiêu chí 8/).selectOption({ label: 'Chưa nhập' })
  await page.getByRole('button', { name: 'Lưu' }).click()
  await page.getByText(/^Đã lưu\. Còn thiếu: Tiêu chí 2.*Tiêu chí 8/).waitFor()
  expect(await wcagFaults(page)).toEqual([])
  await done(page)
})

it('a month is not split by field, and says so instead of a column of hidden figures', async () => {
  const page = await open('administrator', `/don-vi/${UNIT.justice}?from=2026-10&to=2026-10`)
  await page.getByText(/chỉ có theo quý và theo năm/).waitFor()
  expect(await wcagFaults(page)).toEqual([])
  await done(page)
})
