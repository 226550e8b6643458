import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAccount } from '../../api/accounts/create.ts'
import { shippedQuestionnaires } from '../../db/seeds/questionnaires/shipped.ts'
import { firms } from '../support/campaign.ts'
import { workbook } from '../core/dossier/read/workbook.ts'
import { launchBrowser } from '../support/chromium.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { type NodeServer, startNodeServer } from '../support/node-server.ts'
import { fillAnswers } from '../support/survey-answers.ts'
import { buildWorld, csvOf, type World } from '../support/world.ts'
import { wcagFaults } from './axe.ts'

/** A campaign from nothing to its end in the office, on the real server, by keyboard wherever there is something to press. */
let database: TestDatabase
let world: World
let server: NodeServer
let browser: Browser

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  server = await startNodeServer({ url: database.url, ownerUrl: database.ownerUrl })
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await world?.stop()
  await database?.drop()
})

const TABS_MAX = 150

const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => (element as unknown as { matches(selector: string): boolean }).matches(':focus'))

/** Goes to an element as somebody without a mouse does, and fails when Tab does not lead there. */
async function reach(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let i = 0; i < TABS_MAX; i += 1) {
    if (await hasFocus(target)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab does not lead there')
}

async function press(page: Page, target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await reach(page, target)
  await page.keyboard.press(key)
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const tab = (page: Page, name: string) =>
  press(page, page.getByRole('navigation', { name: 'Các phần của đợt khảo sát' }).getByRole('link', { name }))

async function accessible(page: Page): Promise<void> {
  await page.evaluate('document.querySelectorAll("main details").forEach((one) => { one.open = true })')
  expect(await wcagFaults(page)).toEqual([])
}

async function signIn(who: { email: string; password: string }): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(`${server.url}/`)
  await page.getByLabel('Thư điện tử').fill(who.email)
  await page.getByLabel('Mật khẩu').fill(who.password)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Đăng xuất' }).waitFor()
  return page
}

const file = (name: string, content: string | Buffer) => ({ name, mimeType: '', buffer: Buffer.from(content) })
const day = (days: number) => new Date(Date.now() + days * 86_400_000 + 7 * 3_600_000).toISOString().slice(0, 10)
const written = (iso: string) => iso.split('-').toReversed().join('/')

const lines = firms(60)
const [first = {}, second = {}, third = {}] = lines
const header = Object.keys(first)
/** As a workbook, below a title. */
const sheet = Buffer.from(
  workbook([['Danh sách doanh nghiệp 2026'], header, ...lines.map((line) => header.map((name) => line[name] ?? ''))]),
)
/** Line 3 repeats the code of line 2, line 4 has no legal type. */
const faulty = [first, { ...second, 'Mã số thuế': first['Mã số thuế'] ?? '' }, { ...third, 'Loại hình': '' }]

let page: Page
/** Of the campaign that is made first, and followed then. */
let address = ''

it('a campaign is made, fed a list with faults and a good one, drawn and opened; what is open is frozen', async () => {
  page = await signIn(world.administrator)
  await press(page, page.getByRole('link', { name: 'Khảo sát', exact: true }))
  await page.getByText('Chưa có đợt khảo sát nào.', { exact: false }).waitFor()
  await accessible(page)

  await press(page, page.getByRole('link', { name: 'Tạo đợt khảo sát' }))
  await press(page, button(page, 'Tạo và sang bước danh sách'))
  await page.getByText('Điền ô này.').waitFor()
  expect(await hasFocus(page.getByLabel('Tên đợt khảo sát'))).toBe(true)
  await page.keyboard.type('Khảo sát doanh nghiệp 2026')
  await page.getByLabel('Ngày mở').fill(day(0))
  await page.getByLabel('Ngày cuối').fill(day(-3))
  await press(page, button(page, 'Tạo và sang bước danh sách'))
  await page.getByText('Ngày này sớm hơn ngày mở.').waitFor()
  await accessible(page)
  await page.getByLabel('Ngày cuối').fill(day(20))
  await press(page, button(page, 'Tạo và sang bước danh sách'))

  // the frame: not a table of text, then with faults, then good
  await page.getByRole('heading', { level: 1, name: 'Danh sách gốc: Khảo sát doanh nghiệp 2026' }).waitFor()
  const input = page.getByLabel('Tệp danh sách')
  await reach(page, input)
  await input.setInputFiles(file('sai-ma.csv', Buffer.from('M\xe3;T\xean\n1;C\xf4ng ty\n', 'latin1')))
  await page.getByRole('alert').waitFor()
  expect(await page.getByRole('alert').innerText()).toContain('UTF-8')
  await accessible(page)
  await input.setInputFiles(file('loi.csv', csvOf(faulty)))
  await page.getByRole('table', { name: 'Mỗi cột của tệp là gì' }).waitFor()
  expect(await page.getByLabel('Vai trò của cột Mã số thuế').inputValue()).toBe('code')
  expect(await page.getByLabel('Vai trò của cột Loại hình').inputValue()).toBe('stratum')
  expect(await page.getByLabel('Vai trò của cột Địa chỉ').inputValue()).toBe('address')
  await accessible(page)
  await press(page, button(page, 'Tải danh sách lên'))
  await page.getByRole('heading', { name: 'Chưa nhận loi.csv' }).waitFor()
  const faults = page.getByRole('table', { name: 'Lỗi theo dòng và cột của tệp' })
  expect(await faults.getByRole('row').allInnerTexts()).toEqual([
    'Dòng\tCột\tLỗi và cách sửa',
    '3\tMã số thuế\tMã này đã có ở một dòng khác. Mỗi đối tượng chỉ được ghi một lần.',
    '4\tLoại hình\tÔ bắt buộc đang trống. Điền giá trị rồi tải lại.',
  ])
  await accessible(page)
  await input.setInputFiles(file('tot.xlsx', sheet))
  const shown = page.getByLabel('Điều tra viên thấy tên, địa chỉ, điện thoại', { exact: false })
  await press(page, shown, 'Space')
  await press(page, button(page, 'Tải danh sách lên'))
  await page.getByText('Đã nhận 60 đối tượng trong 4 tầng.').waitFor()
  await accessible(page)

  // the sample
  await press(page, page.getByRole('link', { name: 'Sang bước chọn mẫu' }))
  await page.getByLabel('Tổng số đối tượng được hỏi').fill('900')
  await page.getByText('Tổng số được hỏi lớn hơn số đối tượng của danh sách.').waitFor()
  expect(await button(page, 'Chọn mẫu').count()).toBe(0)
  await accessible(page)
  await page.getByLabel('Tổng số đối tượng được hỏi').fill('40')
  await page.getByText('Sẽ hỏi 40 đối tượng trong 4 tầng.').waitFor()
  await page.getByLabel('Số gieo ngẫu nhiên').fill('2026')
  await press(page, button(page, 'Chọn mẫu'))
  await page.getByRole('heading', { name: 'Mẫu đã chọn' }).waitFor()
  await accessible(page)

  // the letter, and a second window that keeps the draft on its screen
  await tab(page, 'Thư mời')
  await page.getByLabel('Cơ quan gửi').fill('Hiệp hội Doanh nghiệp tỉnh')
  await press(page, button(page, 'Lưu'))
  await page.getByText('Đã lưu.').waitFor()
  await accessible(page)
  const previewed = page.context().waitForEvent('page')
  await press(page, button(page, 'Xem trước thư mời (mở thẻ mới)'))
  const preview = await previewed
  await preview.getByText('Hiệp hội Doanh nghiệp tỉnh').first().waitFor()
  await preview.close()
  address = page.url().replace(/\/thu$/, '')

  // what the form of a draft does not ask stays as it was stored
  const design = async (): Promise<Record<string, unknown>> => {
    const [row] = await world.sql<{ design: Record<string, unknown> }[]>`select design from campaign`
    return row!.design
  }
  const drawn = await design()
  expect(drawn).toMatchObject({ contactsToInterviewers: true, letter: { sender: 'Hiệp hội Doanh nghiệp tỉnh' } })
  const edit = async (title: string, isShown: boolean) => {
    await page.goto(`${address}/sua`)
    await shown.setChecked(isShown)
    await page.getByLabel('Tên đợt khảo sát').fill(title)
    await press(page, button(page, 'Lưu'))
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    return design()
  }
  expect(await edit('Khảo sát 2026', true)).toEqual(drawn)
  const { contactsToInterviewers: _shown, ...others } = drawn
  expect(await edit('Khảo sát doanh nghiệp 2026', false)).toEqual(others)
  await page.getByText('không, chỉ thấy mã đối tượng').waitFor()
  const late = await page.context().newPage()
  await late.goto(`${address}/sua`)
  await late.getByLabel('Tên đợt khảo sát').fill('Tên khác')
  await page.bringToFront()

  // opening asks, and Escape is no
  await tab(page, 'Tổng quan')
  await accessible(page)
  const opening = page.getByRole('dialog', { name: 'Mở đợt khảo sát này?' })
  await press(page, button(page, 'Mở đợt khảo sát…'))
  await opening.getByText('2026', { exact: true }).waitFor()
  await accessible(page)
  await page.keyboard.press('Escape')
  await opening.waitFor({ state: 'hidden' })
  await page.getByText('Đang soạn').waitFor()
  await press(page, button(page, 'Mở đợt khảo sát…'))
  await press(page, opening.getByRole('button', { name: 'Mở', exact: true }))
  await page.getByText('Đang mở').waitFor()
  await page.getByText('Đã có 0 câu trả lời hoàn chỉnh trên 40 đối tượng được hỏi (0%).').waitFor()
  await accessible(page)

  await late.getByRole('button', { name: 'Lưu' }).click()
  await late.getByText('Đợt khảo sát đã mở nên điều này không đổi được nữa.').first().waitFor()
  await late.close()
  await page.bringToFront()
})

it('an open campaign is written to, followed live, enlarged, limited, prolonged and closed, and all of it noted', async () => {
  const id = Number(/\/(\d+)$/.exec(address)?.[1])
  await tab(page, 'Thư mời')
  await page.getByText('40 thư đang chờ.').waitFor()
  await accessible(page)
  const letters = await page.getByRole('link', { name: 'Thư (A4)' }).getAttribute('href')
  const printed = await page.context().newPage()
  await printed.goto(`${server.url}${letters}`)
  expect(await printed.getByRole('region').count()).toBe(40)
  expect(await wcagFaults(printed)).toEqual([])
  await printed.close()
  await page.bringToFront()
  // a server that was restored without the key of the contacts
  await world.sql`update campaign_contact set key_version = 9 where campaign_id = ${id}`
  await page.reload()
  await page.getByText('máy chủ thiếu khóa CONTACT_KEYS').waitFor()
  await page.getByText('xem docs/operations.md').waitFor()
  expect(await page.getByRole('link', { name: 'Thư (A4)' }).count()).toBe(0)
  await accessible(page)
  await world.sql`update campaign_contact set key_version = 1 where campaign_id = ${id}`
  await page.reload()
  await press(page, button(page, 'Ghi là đã gửi… Thư mời'))
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'Ghi đã gửi' }))
  await page.getByText('Không còn ai chờ thư mời.').waitFor()

  // answers come in, and the report tells of them
  const questionnaire = shippedQuestionnaires.find(({ code }) => code === 'business-survey')
  if (!questionnaire) throw new Error('the business survey does not ship')
  await page.clock.install()
  await tab(page, 'Tiến độ')
  await page.getByText('Chưa có câu trả lời hoàn chỉnh nào.', { exact: false }).waitFor()
  await accessible(page)
  await fillAnswers(world.sql, { tenantId: world.tenant.id, id, questionnaire }, { complete: 32, partial: 3 })
  await press(page, button(page, 'Tạm dừng'))
  await page.clock.fastForward(40_000)
  await page.getByText('Đã có 0 câu trả lời hoàn chỉnh trên 40 đối tượng được hỏi (0%).').waitFor()
  await press(page, button(page, 'Tự làm mới'))
  await page.clock.fastForward(40_000)
  await page.getByText('Đã có 32 câu trả lời hoàn chỉnh trên 40 đối tượng được hỏi (80%).').waitFor()
  const outcomes = page.getByRole('table', { name: 'Số đối tượng theo tình trạng' })
  expect(await outcomes.getByRole('row', { name: /^Hoàn chỉnh/ }).innerText()).toMatch(/32\s+80%/)
  expect(await page.getByRole('row', { name: /^RR1/ }).innerText()).toContain('80%')
  await page.getByRole('row', { name: /^Cổ phần \| Từ 10 lao động/ }).waitFor()
  await accessible(page)

  // a second answer to one case, as a tablet would bring it, is seen and decided on
  await world.sql`
    insert into survey_answer (tenant_id, campaign_id, id, case_id, standing, mode, revision, complete, answers, item_ms, language,
      started_at, sent_at, received_at, content_hash, stratum, weight, attributes)
    select tenant_id, campaign_id, gen_random_uuid(), case_id, 'rival', 'interviewer', 1, true, answers, item_ms, language, started_at,
      sent_at, received_at + interval '1 minute', content_hash, stratum, weight, attributes
    from survey_answer where campaign_id = ${id} and complete order by id limit 1`
  // cases: found by code, and what is known of one noted
  await tab(page, 'Đối tượng')
  await page.getByRole('heading', { name: 'Đối tượng có nhiều câu trả lời' }).waitFor()
  expect(await wcagFaults(page)).toEqual([])
  await press(page, page.getByRole('button', { name: /^Chọn câu trả lời này….*chưa được tính/ }))
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'Chọn câu trả lời này', exact: true }))
  await page.getByRole('heading', { name: 'Đối tượng có nhiều câu trả lời' }).waitFor({ state: 'detached' })
  const code = (
    await world.sql`
    select f.code from survey_case c join campaign_frame f on f.id = c.frame_id
    where c.campaign_id = ${id} and c.released and c.state = 'open' limit 1`
  )[0]?.['code'] as string
  await page.getByLabel('Mã bắt đầu bằng').fill(code)
  await page.keyboard.press('Enter')
  const found = page.locator('tbody th .code')
  await expect.poll(() => found.allInnerTexts()).toEqual([code])
  await page.getByLabel(`Tình trạng đã biết của ${code}`).selectOption('Từ chối')
  await page.getByText('Đã lưu.').waitFor()
  expect(await page.locator('main').innerText()).not.toContain('Sao Mai')
  await page.getByText('Tạo tài khoản điều tra viên').click()
  await page.getByLabel('Họ tên').fill('Lê Thị Hỏi')
  await page.getByLabel('Thư điện tử').fill('hoi@thu.example')
  await press(page, button(page, 'Tạo tài khoản'))
  await page.getByText('Mật khẩu chỉ hiện lần này').waitFor()
  await press(page, button(page, 'Giao…'))
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'Giao', exact: true }))
  await page.getByText(/^Đã đổi [1-9]\d* đối tượng\.$/).waitFor()
  await accessible(page)

  // replacements and quotas
  await tab(page, 'Chọn mẫu')
  await press(page, page.getByRole('button', { name: /^Dùng thêm…/ }).first())
  await page.getByLabel('Số đối tượng thêm').fill('2')
  await accessible(page)
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'Dùng thêm', exact: true }))
  await page.getByText(/^đã dùng 2 trên \d+$/).waitFor()
  await tab(page, 'Hạn mức')
  await press(page, button(page, 'Thêm hạn mức'))
  await page.getByLabel('Theo', { exact: true }).selectOption('Ngành')
  await page.getByLabel('Giá trị').fill('Dịch vụ')
  await press(page, button(page, 'Lưu'))
  await page.getByRole('row', { name: /^Ngành Dịch vụ/ }).waitFor()
  await accessible(page)

  // the last day moves later, never earlier
  await tab(page, 'Tổng quan')
  await page.getByLabel('Dời ngày cuối đến').fill(day(10))
  await press(page, button(page, 'Dời ngày cuối'))
  await page.getByText('Chỉ dời ngày cuối muộn hơn được, không sớm hơn.').waitFor()
  await page.getByLabel('Dời ngày cuối đến').fill(day(25))
  await press(page, button(page, 'Dời ngày cuối'))
  await page.getByText(`Đợt khảo sát tự đóng sau hết ngày ${written(day(25))}.`).waitFor()
  await accessible(page)

  await press(page, button(page, 'Đóng ngay…'))
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'Đóng', exact: true }))
  await page.getByText('Không nhận thêm câu trả lời.', { exact: false }).waitFor()
  await accessible(page)
  await tab(page, 'Nhật ký')
  await page.getByText('Đóng đợt khảo sát').waitFor()
  const log = await page.locator('tbody tr').allInnerTexts()
  expect(log.some((row) => row.includes(`Ngày cuối dời từ ${written(day(20))} đến ${written(day(25))}.`))).toBe(true)
  expect(log.some((row) => row.includes(`Đối tượng ${code}: từ “Chưa biết gì” sang “Từ chối”`))).toBe(true)
  expect(log.join('\n')).not.toMatch(/Sao Mai|Hoa Phượng/)
  await accessible(page)
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByText('Closed the survey').waitFor()
  await press(page, page.getByRole('link', { name: 'Surveys', exact: true }))
  await page.getByRole('row', { name: /^Khảo sát doanh nghiệp 2026 Businesses/ }).waitFor()
  await accessible(page)
  expect(server.output()).not.toMatch(/Sao Mai|Hoa Phượng/)
  await page.context().close()
})

it('whoever is no administrator sees no campaign, and no way to one', async () => {
  const importer = { email: 'nhap@thu.example', password: 'mat-khau-thu-nghiem' }
  await createAccount(world.services, { tenantId: world.tenant.id, name: 'Nhập', role: 'importer', ...importer })
  const page = await signIn(importer)
  expect(await page.getByRole('link', { name: 'Khảo sát', exact: true }).count()).toBe(0)
  await page.goto(`${server.url}/khao-sat`)
  await page.getByRole('heading', { name: 'Không có quyền xem' }).waitFor()
  await page.context().close()
})
