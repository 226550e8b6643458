import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ratedCampaign } from '../support/answered-campaign.ts'
import { firms, openWorldCampaign } from '../support/campaign.ts'
import { launchBrowser } from '../support/chromium.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { type NodeServer, startNodeServer } from '../support/node-server.ts'
import { buildWorld, type World } from '../support/world.ts'
import { wcagFaults } from './axe.ts'

/** What an administrator sees of a campaign's answers, on the real server. */
let database: TestDatabase
let world: World
let server: NodeServer
let browser: Browser
let page: Page
let campaignId: number

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  campaignId = (await ratedCampaign(world)).id
  server = await startNodeServer({ url: database.url, ownerUrl: database.ownerUrl })
  browser = await launchBrowser()
  page = await signedIn()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await world?.stop()
  await database?.drop()
})

async function signedIn(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
  const opened = await context.newPage()
  await opened.goto(`${server.url}/`)
  await opened.getByLabel('Thư điện tử').fill(world.administrator.email)
  await opened.getByLabel('Mật khẩu').fill(world.administrator.password)
  await opened.keyboard.press('Enter')
  await opened.getByRole('button', { name: 'Đăng xuất' }).waitFor()
  return opened
}

async function accessible(): Promise<void> {
  await page.evaluate('document.querySelectorAll("main details").forEach((one) => { one.open = true })')
  expect(await wcagFaults(page)).toEqual([])
}

/** Nothing wider than a phone's screen but tables, which scroll by themselves. */
async function fitsPhone(): Promise<void> {
  await page.setViewportSize({ width: 360, height: 740 })
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
  await page.setViewportSize({ width: 1366, height: 768 })
}

const part = (name: string) =>
  page.getByRole('navigation', { name: 'Các phần kết quả' }).getByRole('link', { name, exact: true }).click()
const heading = (name: string) => page.getByRole('heading', { level: 1, name: `${name}: Khảo sát DDCI thử` }).waitFor()

it('sub-indicators stand with interval, band and number of answers, as a whole and by unit', async () => {
  await page.goto(`${server.url}/khao-sat/${campaignId}/ket-qua`)
  await heading('Kết quả')
  await page.getByText('Ước lượng nội bộ, không phải PAPI/PCI chính thức.').waitFor()
  await page.getByText('60 trên 80 đối tượng đã mời').waitFor()
  const table = page.getByRole('table').first()
  await table.waitFor()
  expect(await table.getByRole('row').count()).toBe(1 + 6 + 14)
  await page.getByRole('heading', { level: 3, name: 'Sở Xây dựng' }).waitFor()
  await accessible()
  await fitsPhone()
  await page.getByLabel('Giả định về tự chọn').selectOption('0.1')
  await page.getByRole('button', { name: 'Xem' }).click()
  await page.getByText('tương quan đến 0,10', { exact: false }).waitFor()
})

it('every question tells what is missing and why', async () => {
  await part('Từng câu hỏi')
  await heading('Kết quả từng câu hỏi')
  await page
    .getByText('Được hỏi 72: trả lời 48, không biết hoặc không trả lời 24, bỏ qua 0.', { exact: false })
    .waitFor()
  // the campaign is open
  const bribes = page.locator('#D_COST_PAY')
  await bribes.getByText('kết quả có khi đợt khảo sát đã đóng', { exact: false }).waitFor()
  expect(await bribes.getByText(/Được hỏi|%/).count()).toBe(0)
  await accessible()
  await fitsPhone()
})

it('classes and margins are set, and what they cost is shown', async () => {
  await part('Trọng số')
  await heading('Trọng số')
  await page.getByRole('group', { name: 'Thuộc tính tạo lớp không trả lời' }).getByLabel('Ngành').check()
  await page.getByRole('group', { name: 'Tổng biên lấy từ danh sách gốc' }).getByLabel('Ngành').check()
  await page.getByLabel('Trần trọng số, bao nhiêu lần trung bình').fill('5')
  await accessible()
  await page.getByRole('button', { name: 'Lưu cách tính' }).click()
  await page.getByRole('table', { name: 'Tổng biên trước và sau điều chỉnh' }).waitFor()
  await accessible()
  await fitsPhone()
})

it('a rule keeps answers out, says how many, shows the index with and without, and is taken back', async () => {
  await part('Chất lượng phiếu')
  await heading('Chất lượng phiếu')
  await page.getByText('8 phiếu có dấu hiệu này ở ngưỡng đang đặt').first().waitFor()
  await page.getByRole('checkbox', { name: 'Quá nhanh', exact: true }).check()
  await page.getByRole('button', { name: 'Lưu quy tắc' }).click()
  await page.getByText('đang loại 8 phiếu', { exact: false }).waitFor()
  await page.getByText('52 trên 80 đối tượng đã mời').waitFor()
  await accessible()
  await fitsPhone()
  await page.getByRole('checkbox', { name: 'Quá nhanh', exact: true }).uncheck()
  await page.getByRole('button', { name: 'Lưu quy tắc' }).click()
  await page.getByText('60 trên 80 đối tượng đã mời').waitFor()
})

it('the same in English, and for a campaign that nobody has answered', async () => {
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { level: 1, name: 'Data quality: Khảo sát DDCI thử' }).waitFor()
  await accessible()
  const { id } = await openWorldCampaign(world, { lines: firms(40) })
  for (const [address, name] of [
    ['ket-qua', 'Results'],
    ['cau-hoi', 'Results by question'],
    ['trong-so', 'Weights'],
    ['chat-luong', 'Data quality'],
  ] as const) {
    await page.goto(`${server.url}/khao-sat/${id}/${address}`)
    await page.getByRole('heading', { level: 1, name: `${name}: ` }).waitFor()
    await page.getByText('No complete answer yet.').waitFor()
    await accessible()
  }
})
