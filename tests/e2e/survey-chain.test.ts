import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { casesOf, firms } from '../support/campaign.ts'
import { launchBrowser } from '../support/chromium.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { type NodeServer, startNodeServer } from '../support/node-server.ts'
import { surveyBody } from '../support/survey.ts'
import { until } from '../support/until.ts'
import { buildWorld, csvOf, type World } from '../support/world.ts'

/** One survey of a province from its questions to its results, each step on the page of whoever does it. */
let database: TestDatabase
let world: World
let server: NodeServer
let browser: Browser
let office: Page

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  server = await startNodeServer({ url: database.url, ownerUrl: database.ownerUrl })
  browser = await launchBrowser()
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
  office = await context.newPage()
  await office.goto(`${server.url}/`)
  await office.getByLabel('Thư điện tử').fill(world.administrator.email)
  await office.getByLabel('Mật khẩu').fill(world.administrator.password)
  await office.keyboard.press('Enter')
  await office.getByRole('button', { name: 'Đăng xuất' }).waitFor()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await world?.stop()
  await database?.drop()
})

const SAMPLE = 60
const NEW_WORDS = 'Nhìn chung, cơ sở hài lòng với {unit} ở mức nào?'
const day = (days: number) => new Date(Date.now() + days * 86_400_000 + 7 * 3_600_000).toISOString().slice(0, 10)
const button = (name: string | RegExp, at: Page = office) =>
  at.getByRole('button', { name, exact: typeof name === 'string' })
const main = (name: string) =>
  office.getByRole('navigation', { name: 'Các trang chính' }).getByRole('link', { name, exact: true }).click()
const tab = (name: string) =>
  office.getByRole('navigation', { name: 'Các phần của đợt khảo sát' }).getByRole('link', { name, exact: true }).click()
const confirmed = (name: string) => office.getByRole('dialog').getByRole('button', { name, exact: true }).click()

let campaignId = 0
/** Typed codes as the letters print them. */
let codes: string[] = []

it('a questionnaire is made from one that ships, worded anew and published', async () => {
  await main('Bộ câu hỏi')
  await office.getByRole('link', { name: /^Phiếu đánh giá năng lực điều hành/ }).click()
  const copy = office.getByRole('form', { name: 'Sao thành bản nháp' })
  await copy.getByLabel('Mã bộ câu hỏi').fill('ddci-tinh')
  await copy.getByLabel('Phiên bản').fill('1')
  await copy.getByRole('button', { name: 'Sao chép' }).click()
  await office.getByText('sao từ ddci-form, phiên bản 1').waitFor()
  await button(/^D_OVERALL –/).click()
  const item = office.locator('.outline-item', { has: button(/^D_OVERALL –/) })
  await item.getByLabel('Câu hỏi (tiếng Việt)', { exact: true }).fill(NEW_WORDS)
  await button('Lưu nháp').click()
  await office.getByText('Đã lưu.').waitFor()
  await button('Ban hành…').click()
  await button('Ban hành').click()
  await office.getByText('Bản này đã ban hành và không thay đổi nữa.', { exact: false }).waitFor()
})

it('a campaign asks it of a sample of firms, and its letters carry codes', async () => {
  await main('Khảo sát')
  await office.getByRole('link', { name: 'Tạo đợt khảo sát' }).click()
  await office.getByLabel('Tên đợt khảo sát').fill('DDCI thử')
  await office.getByLabel('Bộ câu hỏi').selectOption('ddci-tinh/1')
  await office.getByLabel('Ngày mở').fill(day(0))
  await office.getByLabel('Ngày cuối').fill(day(20))
  await button('Tạo và sang bước danh sách').click()
  await office
    .getByLabel('Tệp danh sách')
    .setInputFiles({ name: 'ds.csv', mimeType: '', buffer: Buffer.from(csvOf(firms(120))) })
  await button('Tải danh sách lên').click()
  await office.getByText('Đã nhận 120 đối tượng trong 4 tầng.').waitFor()
  await office.getByRole('link', { name: 'Sang bước chọn mẫu' }).click()
  await office.getByLabel('Tổng số đối tượng được hỏi').fill(String(SAMPLE))
  await button('Chọn mẫu').click()
  await office.getByRole('heading', { name: 'Mẫu đã chọn' }).waitFor()
  await tab('Thư mời')
  await office.getByLabel('Cơ quan gửi').fill('Hiệp hội Doanh nghiệp tỉnh')
  await button('Lưu').click()
  await office.getByText('Đã lưu.').waitFor()
  await tab('Tổng quan')
  await button('Mở đợt khảo sát…').click()
  await confirmed('Mở')
  await office.getByText('Đang mở').waitFor()
  campaignId = Number(/khao-sat\/(\d+)/.exec(office.url())?.[1])
  await tab('Thư mời')
  const letters = await office.getByRole('link', { name: 'Thư (A4)' }).getAttribute('href')
  const printed = await office.context().newPage()
  await printed.goto(`${server.url}${letters}`)
  codes = (await printed.locator('body').innerText()).match(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/gm) ?? []
  await printed.close()
  expect(new Set(codes).size).toBe(SAMPLE)
})

it('somebody types the code on a phone, answers by keyboard and sends from another phone', async () => {
  const phone = () =>
    browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true, reducedMotion: 'reduce' })
  const first = await opened(await phone())
  const { keyboard } = first
  await keyboardTo(first, 'Bắt đầu')
  await keyboard.press('Enter')
  await heading(first, /^Về doanh nghiệp/)
  for (const question of [
    'Cơ sở của Ông/Bà thuộc loại hình nào',
    'Hiện nay cơ sở có bao nhiêu lao động',
    'muốn đánh giá nhóm cơ quan nào',
  ]) {
    await keyboardTo(first, question)
    await keyboard.press('Space')
  }
  await keyboardTo(first, 'Tiếp tục')
  await keyboard.press('Enter')
  await heading(first, 'Chọn sở, ban, ngành')
  await keyboardTo(first, 'Sở Xây dựng')
  await keyboard.press('Space')
  await first.locator('[role=status]:not(.visually-hidden)').getByText('Đã lưu.').waitFor()
  await first.context().close()

  const second = await opened(await phone())
  await second.getByText('Phiếu đã có 4 câu trả lời').waitFor()
  await second.getByRole('button', { name: 'Trả lời tiếp' }).click()
  await heading(second, 'Đánh giá Sở Xây dựng')
  await second
    .getByRole('group', { name: NEW_WORDS.replace('{unit}', 'Sở Xây dựng') })
    .getByRole('radio', { name: 'Hài lòng', exact: true })
    .check()
  for (const name of ['Góp ý', 'Trước khi gửi']) {
    await second.getByRole('button', { name: 'Tiếp tục' }).click()
    await second.getByRole('heading', { name }).waitFor()
  }
  await second.getByRole('button', { name: 'Gửi phiếu' }).click()
  await heading(second, 'Cảm ơn Ông/Bà')
  await second.context().close()
  const stored = await until('the whole answer', async () => {
    const rows = await world.sql<
      { complete: boolean; answers: Record<string, unknown> }[]
    >`select complete, answers from survey_answer`
    return rows.length === 1 && rows[0]?.complete ? rows[0].answers : null
  })
  expect(stored).toEqual({
    P_TYPE: 'firm',
    P_SIZE: 'under_10',
    WHOM: 'departments',
    DEPARTMENTS: [String(world.units.SXD)],
    [`D_OVERALL@${world.units.SXD}`]: '4',
  })
})

it('an interviewer takes cases along on a tablet, asks without a network and sends when there is one again', async () => {
  await office.bringToFront()
  await tab('Đối tượng')
  await office.getByText('Tạo tài khoản điều tra viên').click()
  await office.getByLabel('Họ tên').fill('Lê Thị Hỏi')
  await office.getByLabel('Thư điện tử').fill('hoi@thu.example')
  await button('Tạo tài khoản').click()
  const password = await office.getByRole('alert').or(office.getByRole('status')).locator('code').innerText()
  await office.getByLabel('Nhiều nhất').fill(String(SAMPLE))
  await button('Giao…').click()
  await confirmed('Giao')
  await office.getByText(`Đã đổi ${SAMPLE - 1} đối tượng.`).waitFor()

  const tablet = await browser.newContext({ viewport: { width: 768, height: 1024 }, reducedMotion: 'reduce' })
  const page = await tablet.newPage()
  await page.goto(`${server.url}/phong-van`)
  await page.getByLabel('Thư điện tử').fill('hoi@thu.example')
  await page.getByLabel('Mật khẩu').fill(password)
  await page.keyboard.press('Enter')
  await page.getByLabel('Tên máy').fill('Máy số 1')
  await button('Tải danh sách về máy', page).click()
  const one = await silentCase()
  await page.getByRole('searchbox').fill(one.code)
  await button(new RegExp(one.code), page).waitFor()
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
  await tablet.setOffline(true)
  await page.reload()
  await page.getByRole('searchbox').fill(one.code)
  await button(new RegExp(one.code), page).click()
  await button('Bắt đầu phỏng vấn', page).click()
  await page
    .getByRole('group', { name: /nhóm cơ quan nào/ })
    .getByLabel('Sở, ban, ngành của tỉnh')
    .check()
  await button('Tiếp tục', page).click()
  await page.getByLabel('Sở Xây dựng').check()
  await button('Tiếp tục', page).click()
  await heading(page, 'Đánh giá Sở Xây dựng')
  for (const name of ['Góp ý', 'Trước khi kết thúc phỏng vấn']) {
    await button('Tiếp tục', page).click()
    await heading(page, name)
  }
  await button('Kết thúc phỏng vấn', page).click()
  await page.getByText('Phiếu đã xong và nằm trên máy này.').waitFor()
  await button('Về danh sách', page).click()
  await page.getByText('1 phiếu đã xong, chưa gửi').waitFor()
  await tablet.setOffline(false)
  await button('Gửi và cập nhật danh sách', page).click()
  await page.getByText('Không có gì chưa gửi.').waitFor()
  await tablet.close()
  const [stored] = await world.sql`select mode, complete, answers from survey_answer where case_id = ${one.id}`
  expect(stored).toMatchObject({
    mode: 'interviewer',
    complete: true,
    answers: { WHOM: 'departments', DEPARTMENTS: [String(world.units.SXD)] },
  })
})

/** A case that nobody has answered for yet. */
async function silentCase() {
  const answered = await world.sql<{ case_id: number }[]>`select case_id::int from survey_answer`
  const one = (await casesOf(world, campaignId)).find(({ id }) => !answered.some(({ case_id: done }) => done === id))
  if (one === undefined) throw new Error('more cases are needed')
  return one
}

it('others answer too; closed and weighed, the survey shows sub-indicators under the names of the edition', async () => {
  const cases = await casesOf(world, campaignId)
  const answered = await world.sql<{ case_id: number }[]>`select case_id::int from survey_answer`
  const silent = cases.filter(({ id }) => !answered.some((one) => one.case_id === id))
  for (const [at, { token }] of silent.slice(0, OTHERS).entries()) {
    const body = surveyBody(token, {
      questionnaire: { code: 'ddci-tinh', version: 1 },
      complete: true,
      answers: said(at),
      itemMs: {},
    })
    const reply = await fetch(`${server.url}/api/survey-answers`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(reply.status, await reply.text()).toBe(201)
  }
  await office.bringToFront()
  await tab('Tổng quan')
  await office.reload()
  await button('Đóng ngay…').click()
  await confirmed('Đóng')
  await office.getByText('Không nhận thêm câu trả lời.', { exact: false }).waitFor()
  await office.goto(`${server.url}/khao-sat/${campaignId}/trong-so`)
  await office.getByRole('group', { name: 'Thuộc tính tạo lớp không trả lời' }).getByLabel('Ngành').check()
  await button('Lưu cách tính').click()
  await office.getByText('Đã lưu và tính lại.').waitFor()
  await office.goto(`${server.url}/khao-sat/${campaignId}/ket-qua`)
  await office.getByText(`${OTHERS + 2} trên ${SAMPLE} đối tượng đã mời`).waitFor()
  const table = office.getByRole('table', { name: /^DDCI sở, ban, ngành/ })
  for (const [row, from] of [
    ['Điểm DDCI (mẫu của Lắng Nghe)', 'tính từ 5/5 thành phần'],
    ['Chất lượng dịch vụ công', 'tính từ 4/4 thành phần'],
    ['Chi phí không chính thức', 'tính từ 2/2 thành phần'],
  ] as const) {
    const words = await table.getByRole('row', { name: row }).first().innerText()
    expect(words).toContain(from)
    expect(words).toMatch(/\d,\d+ \(\d+,\d+–\d+,\d+\), 52 phiếu\s+hiệu dụng \d+ phiếu\s+\d+,\d+–\d+,\d+/)
  }
  await office.getByRole('heading', { level: 3, name: 'Sở Xây dựng' }).waitFor()
})

const OTHERS = 52
const AGREED = ['POLICY_CLEAR', 'POLICY_SAME', 'POLICY_DONE', 'SERVICE_TIME', 'SERVICE_VISITS', 'SERVICE_SKILL', 'SERVICE_ONLINE', 'FAIR_INFO', 'FAIR_EQUAL', 'LEAD_ACTS', 'LEAD_ANSWERS', 'LEAD_DIALOGUE', 'COST_PAY', 'COST_HARASS'] // prettier-ignore
/** What the firm at a place says of the Department of Construction, question by question. */
const said = (at: number) => ({
  WHOM: 'departments',
  DEPARTMENTS: [String(world.units.SXD)],
  ...Object.fromEntries(
    AGREED.map((item, i) => [`D_${item}@${world.units.SXD}`, String(1 + (((i % 3) * at + at) % 4))]),
  ),
  [`D_OVERALL@${world.units.SXD}`]: String(1 + (at % 5)),
})

async function opened(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${server.url}/s`)
  await page.getByRole('textbox').fill(codes[0] ?? '')
  await page.keyboard.press('Enter')
  return page
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 }).waitFor()

/** Presses Tab until what has the focus, or its group, is named so. */
async function keyboardTo(page: Page, name: string): Promise<void> {
  await page.getByText(name).first().waitFor()
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab')
    const there = await page.evaluate<string>(`(() => {
      const at = document.activeElement
      const label = at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent
      return (at.closest('fieldset')?.querySelector('legend')?.textContent ?? '') + '|' + label
    })()`)
    if (there.includes(name)) return
  }
  throw new Error(`no way by Tab to ${name}`)
}
