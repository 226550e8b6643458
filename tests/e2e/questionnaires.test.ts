import { readFileSync } from 'node:fs'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { type NodeServer, startNodeServer } from '../support/node-server.ts'
import { buildWorld, type World } from '../support/world.ts'
import { formWorkbook, MARKET_FORM } from '../support/xlsform.ts'
import { wcagFaults } from './axe.ts'

/** The editor of questionnaires on the real server, as whoever prepares a survey uses it. */
let database: TestDatabase
let world: World
let server: NodeServer
let browser: Browser
let page: Page

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  server = await startNodeServer({ url: database.url, ownerUrl: database.ownerUrl })
  browser = await launchBrowser()
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
  page = await context.newPage()
  page.setDefaultTimeout(10_000)
  await page.goto(`${server.url}/`)
  await page.getByLabel('Thư điện tử').fill(world.administrator.email)
  await page.getByLabel('Mật khẩu').fill(world.administrator.password)
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await page.getByRole('button', { name: 'Đăng xuất' }).waitFor()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await world?.stop()
  await database?.drop()
})

async function fill(label: string, vi: string, en: string, within: Page | Locator = page): Promise<void> {
  await within.getByLabel(`${label} (tiếng Việt)`, { exact: true }).fill(vi)
  await within.getByLabel(`${label} (tiếng Anh)`, { exact: true }).fill(en)
}
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
const faults = () => page.getByRole('region', { name: /lỗi/i })
const accessible = async () => expect(await wcagFaults(page)).toEqual([])

/** Opens a question by its line, and gives the form below. */
async function openItem(code: string) {
  await button(new RegExp(`^${code} –`)).click()
  return page.locator('.outline-item', { has: page.getByRole('button', { name: new RegExp(`^${code} –`) }) })
}

it('a questionnaire is built, its faults are seen where they are and mended, it is published and stands', async () => {
  await page.getByRole('navigation', { name: 'Các trang chính' }).getByRole('link', { name: 'Bộ câu hỏi' }).click()
  await page.getByRole('heading', { name: 'Bộ câu hỏi', level: 1 }).waitFor()
  await page.getByRole('link', { name: 'Khảo sát môi trường kinh doanh của tỉnh' }).waitFor()
  await accessible()

  const form = page.getByRole('form', { name: 'Bắt đầu từ trang trắng' })
  await fill('Tên bộ câu hỏi', 'Khảo sát hợp tác xã', 'Survey of cooperatives', form)
  await form.getByLabel('Mã bộ câu hỏi').fill('hop-tac-xa')
  await form.getByRole('button', { name: 'Tạo bản nháp' }).click()
  await page.getByRole('heading', { name: 'Khảo sát hợp tác xã', level: 1 }).waitFor()
  await accessible()
  expect(await button('Ban hành…').getAttribute('aria-disabled')).toBe('true')

  await button('Thông tin chung').first().click()
  await fill('Lời thông báo trước khi trả lời', 'Câu trả lời được giữ kín.', 'Answers are kept confidential.')
  await button('Thêm phần').click()
  await fill('Tên phần', 'Về hợp tác xã', 'About the cooperative')
  await button('Thêm câu hỏi').click()
  let item = page.locator('.outline-item').first()
  await fill('Câu hỏi', 'Hợp tác xã có xuất khẩu không?', 'Does the cooperative export?', item)
  await fill('Lựa chọn 1', 'Có', 'Yes', item)
  await fill('Lựa chọn 2', 'Không', 'No', item)

  await page.getByLabel('Loại câu hỏi mới').selectOption('number')
  await button('Thêm câu hỏi').click()
  item = page.locator('.outline-item').nth(1)
  await fill('Câu hỏi', 'Mấy phần trăm doanh thu từ xuất khẩu?', 'Which share of turnover is from exports?', item)
  await fill('Đơn vị đo', '%', '%', item)
  await item.getByRole('button', { name: 'Chỉ hỏi khi…' }).click()
  await item.getByLabel('So sánh').selectOption('is')
  await item.getByText('Q2 – Mấy phần trăm').waitFor()
  await item.getByText('Chỉ hỏi khi Q1 là “Có”').waitFor()
  await page.getByText('Không còn lỗi. Có thể ban hành.').waitFor()
  await accessible()

  // in the preview the second question waits for the answer to the first
  const preview = page.getByRole('region', { name: 'Xem thử trên điện thoại' })
  await preview.getByText('không được hỏi').waitFor()
  expect(await preview.getByLabel('Mấy phần trăm doanh thu từ xuất khẩu?').count()).toBe(0)
  await preview.getByLabel('Có', { exact: true }).check()
  await preview.getByLabel('Mấy phần trăm doanh thu từ xuất khẩu?').waitFor()
  await preview.getByLabel('Tiếng Anh', { exact: true }).check()
  await preview.getByLabel('Which share of turnover is from exports?').waitFor()
  expect(await page.evaluate('document.documentElement.lang')).toBe('vi')
  await accessible()

  // a second condition that nobody can meet makes it unreachable: told beside the question and in the summary
  await item.getByRole('button', { name: 'Thêm điều kiện' }).click()
  const second = item.getByRole('group', { name: 'Điều kiện 2' })
  await second.getByLabel('Có', { exact: true }).uncheck()
  await second.getByLabel('Không', { exact: true }).check()
  await faults().getByText('Không ai được hỏi tới chỗ này').waitFor()
  await item.getByText('Không ai được hỏi tới chỗ này').waitFor()
  await accessible()
  expect(await button('Ban hành…').getAttribute('aria-disabled')).toBe('true')
  await button(/^Q2 –/).click()
  await faults().getByRole('button', { name: 'Phần 1, câu Q2' }).click()
  await second.getByRole('button', { name: 'Bỏ: Điều kiện 2' }).click()
  await page.getByText('Không còn lỗi. Có thể ban hành.').waitFor()

  await button('Lưu nháp').click()
  await page.getByText('Đã lưu.').waitFor()
  await page.reload()
  await page.getByText('Không còn lỗi. Có thể ban hành.').waitFor()
  await button('Ban hành…').click()
  await page.getByText('không bao giờ sửa được nữa').waitFor()
  await accessible()
  await button('Ban hành').click()
  await page.getByText('Bản này đã ban hành và không thay đổi nữa.', { exact: false }).waitFor()
  await accessible()
  expect(await button('Lưu nháp').count()).toBe(0)
  await page.reload()
  await page.getByText('Bản này đã ban hành và không thay đổi nữa.', { exact: false }).waitFor()

  // the way on is a new version, whose questions name those of this one
  const copy = page.getByRole('form', { name: 'Sao thành bản nháp' })
  expect(await copy.getByLabel('Phiên bản').inputValue()).toBe('2')
  await copy.getByRole('button', { name: 'Sao chép' }).click()
  await page.getByText('sao từ hop-tac-xa, phiên bản 1').waitFor()
  await openItem('Q1')
  await page.getByText('So được với câu Q1 của hop-tac-xa, phiên bản 1').waitFor()
})

it('the keyboard alone moves a question, and undo takes it back', async () => {
  const codes = () => page.locator('.outline-item .entry-name').allInnerTexts()
  await button('Chuyển xuống: câu Q1').focus()
  await page.keyboard.press('Enter')
  expect((await codes()).map((text) => text.slice(0, 2))).toEqual(['Q2', 'Q1'])
  expect(await page.evaluate('document.activeElement?.getAttribute("aria-label")')).toBe('Chuyển xuống: câu Q1')
  await faults().getByText('câu đó được hỏi sau').waitFor()
  await button('Hoàn tác').click()
  expect((await codes()).map((text) => text.slice(0, 2))).toEqual(['Q1', 'Q2'])
  await page.getByText('Không còn lỗi. Có thể ban hành.').waitFor()
})

it('two people on one draft: the second to save is told, and nothing is overwritten', async () => {
  const other = await page.context().newPage()
  await other.goto(page.url())
  await other.getByRole('button', { name: 'Thông tin chung' }).first().click()
  await other.getByLabel('Tên bộ câu hỏi (tiếng Anh)').fill('Theirs')
  await other.getByRole('button', { name: 'Lưu nháp' }).click()
  await other.getByText('Đã lưu.').waitFor()
  await other.close()
  await button('Thông tin chung').first().click()
  await page.getByLabel('Tên bộ câu hỏi (tiếng Anh)').fill('Mine')
  await button('Lưu nháp').click()
  await page.getByText('Người khác đã lưu bản nháp này').waitFor()
  expect(await page.getByLabel('Tên bộ câu hỏi (tiếng Anh)').inputValue()).toBe('Mine')
  const [file] = await Promise.all([page.waitForEvent('download'), button('Tải tệp JSON').click()])
  expect(file.suggestedFilename()).toBe('hop-tac-xa-2.json')
  expect(JSON.parse(readFileSync(await file.path(), 'utf8'))).toMatchObject({ title: { en: 'Mine' }, version: 2 })
  await accessible()
})

it('an XLSForm comes in, and everything that was not taken is listed with its place', async () => {
  page.once('dialog', (dialog) => void dialog.accept())
  await page.getByRole('link', { name: 'Về danh sách bộ câu hỏi' }).click()
  const form = page.getByRole('form', { name: 'Nhập từ tệp' })
  await form.getByRole('button', { name: 'Nhập tệp' }).click()
  await form.getByText('Chọn một tệp trước đã.').waitFor()
  await form.getByLabel('Tệp bộ câu hỏi').setInputFiles({
    name: 'cho.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.from(formWorkbook(MARKET_FORM)),
  })
  await form.getByRole('button', { name: 'Nhập tệp' }).click()
  await form.getByText('Đã tạo bản nháp “Khảo sát chợ”').waitFor()
  const row = form.getByRole('row', { name: /geopoint place/ })
  expect(await row.innerText()).toMatch(/survey dòng 6/)
  expect(await row.innerText()).toMatch(/câu hỏi bị bỏ/)
  await form
    .getByRole('row', { name: /count-selected/ })
    .getByText('Hãy đặt lại điều kiện')
    .waitFor()
  await accessible()
  await form.getByRole('link', { name: 'Mở bản nháp' }).click()
  await page.getByRole('heading', { name: 'Khảo sát chợ', level: 1 }).waitFor()
  await faults().getByText('Chưa có lời.').first().waitFor()
  await accessible()
})

it.each([360, 768, 1366])(
  'nothing runs over the side at %i pixels, with a question of every kind open',
  async (width) => {
    await page.setViewportSize({ width, height: 800 })
    await page.goto(`${server.url}/bo-cau-hoi`)
    await page.getByRole('heading', { name: 'Bộ câu hỏi', level: 1 }).waitFor()
    const over = () => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    expect(await over()).toBe(0)
    await page.goto(`${server.url}/bo-cau-hoi/hop-tac-xa/2`)
    for (const type of ['single', 'matrix', 'number', 'date', 'list', 'units']) {
      await page.getByLabel('Loại câu hỏi mới').selectOption(type)
      await button('Thêm câu hỏi').click()
      expect(await over(), type).toBe(0)
      if (width === 360) await accessible()
    }
  },
)
