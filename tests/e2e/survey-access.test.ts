import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenCase } from '../support/campaign.ts'
import { launchBrowser } from '../support/chromium.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { type NodeServer, startNodeServer } from '../support/node-server.ts'
import { wcagFaults } from './axe.ts'
import { everyKind } from './every-kind.ts'
import { surveyWorld, type SurveyWorld } from './survey-world.ts'

let database: TestDatabase
let survey: SurveyWorld
let server: NodeServer
let browser: Browser

beforeAll(async () => {
  database = await testDatabase('reference')
  survey = await surveyWorld(database)
  server = await startNodeServer(database)
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await survey?.stop()
  await database?.drop()
})

const looks: [name: string, options: BrowserContextOptions][] = [
  ['phone, light', { viewport: { width: 360, height: 740 }, colorScheme: 'light' }],
  ['phone, dark', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }],
  ['200 % zoom of a small window', { viewport: { width: 320, height: 360 }, colorScheme: 'light' }],
  ['tablet, forced colours', { viewport: { width: 768, height: 1024 }, forcedColors: 'active' }],
  ['office screen, dark', { viewport: { width: 1366, height: 768 }, colorScheme: 'dark' }],
]

/** Nothing of WCAG 2.2 AA broken, and nothing to be reached only by scrolling sideways. */
async function expectSound(page: Page, state: string): Promise<void> {
  expect(await wcagFaults(page), state).toEqual([])
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
  expect(overflow, `${state}: sideways`).toBeLessThanOrEqual(0)
}

/** A case of a campaign that has ended, is to begin, or has all it wants of a group. */
async function refusedCase(change: string): Promise<OpenCase> {
  const questionnaire = { code: everyKind.code, version: 1 }
  const [one] = await survey.open({ input: { questionnaire } })
  await survey.world.sql.unsafe(
    `update campaign set ${change} where id = (select campaign_id from survey_case where id = ${one!.id})`,
  )
  return one!
}

describe.each(looks)('%s', (_name, options) => {
  it('breaks nothing of WCAG 2.2 AA and never scrolls sideways, in any state', async () => {
    const context = await browser.newContext({ ...options, reducedMotion: 'reduce' })
    const page = await context.newPage()
    const heading = (name: string) => page.getByRole('heading', { name, level: 1 }).waitFor()
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
    const go = (one: OpenCase) => page.goto(`${server.url}/s/${one.token}`)
    const one = survey.fresh()

    await page.route('**/api/**', (route) => route.abort())
    await go(one)
    await heading('Chưa mở được phiếu')
    await expectSound(page, 'cannot be opened')
    await page.unroute('**/api/**')

    await go(one)
    await heading('Phiếu thử mọi loại câu hỏi')
    await expectSound(page, 'beginning')
    await press('Bắt đầu')
    await press('Tiếp tục')
    await page.getByRole('heading', { name: 'Có 1 câu cần xem lại' }).waitFor()
    await expectSound(page, 'a required question left out')
    await page
      .getByRole('group', { name: /^Loại hình/ })
      .getByLabel('Công ty TNHH')
      .check()
    await page.getByLabel('Kê khai thuế').check()
    await page.getByLabel('Có bao nhiêu lao động?').fill('nhiều')
    await page.getByLabel('Ngày đăng ký?').fill('2020-02-03')
    await page.locator('#q-WORKERS-error').waitFor()
    await expectSound(page, 'every field, one of them wrong')
    await page.getByLabel('Có bao nhiêu lao động?').fill('25')
    await press('Tiếp tục')
    await heading('Nhận xét')
    await expectSound(page, 'matrix and ranking, untouched')
    await page.getByRole('group', { name: 'Quy định rõ ràng.' }).getByLabel('Rất đồng ý').check()
    await press('Xếp tiếp theo: Giảm phí')
    await press('Xếp tiếp theo: Thông tin rõ')
    await expectSound(page, 'matrix and ranking, answered')
    await press('Tiếp tục')
    await heading('Chi phí')
    await page
      .getByRole('group', { name: /^Có phải trả thêm/ })
      .getByLabel('Có')
      .check()
    await expectSound(page, 'private question and list')
    await page.locator('[role=status]:not(.visually-hidden)').getByText('Đã lưu.').waitFor()

    const other = await browser.newContext({ ...options, reducedMotion: 'reduce' })
    const second = await other.newPage()
    await second.goto(`${server.url}/s/${one.token}`)
    await second.getByRole('button', { name: 'Trả lời tiếp' }).waitFor()
    await expectSound(second, 'going on elsewhere')
    await second.getByRole('button', { name: 'Trả lời tiếp' }).click()
    await second.getByText('Đã trả lời trên máy khác').waitFor()
    await expectSound(second, 'private answer of another device')
    await other.close()

    await press('Tiếp tục')
    await page.getByLabel('Sở Xây dựng').check()
    await expectSound(page, 'choice of units')
    await press('Tiếp tục')
    await heading('Về Sở Xây dựng')
    await expectSound(page, 'part about a unit')
    await press('Tiếp tục')
    await page.getByLabel('Ông/Bà góp ý gì?').fill('x'.repeat(150))
    await expectSound(page, 'words')
    await press('Tiếp tục')
    await heading('Trước khi gửi')
    await expectSound(page, 'look back')
    await press('English')
    await expectSound(page, 'in English')
    await press('Tiếng Việt')
    await page.route('**/api/survey-answers', (route) => route.abort())
    await press('Gửi phiếu')
    await heading('Phiếu đang chờ gửi')
    await page.getByRole('button', { name: 'Gửi lại ngay' }).waitFor()
    await expectSound(page, 'waiting to be sent')
    await page.unroute('**/api/survey-answers')
    await press('Gửi lại ngay')
    await heading('Cảm ơn Ông/Bà')
    await expectSound(page, 'thanks')
    await context.close()
  })

  it('breaks nothing on the pages that refuse, and says why', async () => {
    const context = await browser.newContext({ ...options, reducedMotion: 'reduce' })
    const page = await context.newPage()
    const refused = async (token: string, title: string) => {
      await page.goto(`${server.url}/s/${token}`)
      await page.getByRole('heading', { name: title, level: 1 }).waitFor()
      await expectSound(page, title)
      expect(await page.title()).toBe(`${title} - Lắng Nghe`)
    }
    await refused(`thu${'A'.repeat(22)}`, 'Không tìm thấy phiếu')
    await refused('2222-2222', 'Không tìm thấy phiếu')
    const closed = "state = 'closed', closed_at = now(), closed_by = 'test'"
    await refused((await refusedCase(closed)).token, 'Khảo sát đã kết thúc')
    const early = 'opens_on = current_date + 5, closes_on = current_date + 9'
    await refused((await refusedCase(early)).token, 'Khảo sát chưa bắt đầu')
    const done = survey.fresh()
    await survey.world.sql`update survey_case set state = 'complete', answered_at = now() where id = ${done.id}`
    await refused(done.token, 'Phiếu này đã được trả lời')
    const [full] = await survey.open({
      input: {
        questionnaire: { code: everyKind.code, version: 1 },
        quotas: ['Chế biến', 'Thương mại', 'Dịch vụ'].map((value) => ({ attribute: 'Ngành', value, most: 1 })),
      },
    })
    await survey.world.sql`
      update campaign_quota set taken = most where campaign_id = (select campaign_id from survey_case where id = ${full!.id})`
    await refused(full!.token, 'Nhóm này đã đủ số phiếu')
    await page.goto(`${server.url}/s`)
    await page.getByRole('button', { name: 'Mở phiếu' }).click()
    await page.getByText('Mã gồm 8 chữ và số').waitFor()
    await expectSound(page, 'typed code refused')
    await context.close()
  })
})
