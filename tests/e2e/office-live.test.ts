import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { submitResponse } from '../../api/responses/submit.ts'
import { launchBrowser } from '../support/chromium.ts'
import { counted } from '../support/counted.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { type NodeServer, startNodeServer } from '../support/node-server.ts'
import { buildWorld, csvOf, type World } from '../support/world.ts'
import { wcagFaults } from './axe.ts'

/** The main job in the office, on the real server: a list goes in, people answer, the unit sees where it is weak. */
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

const ANSWERS = 60

/** Answers of people who are all content, but at one unit most were not told a date. */
async function answer(unit: string, told: (i: number) => boolean): Promise<void> {
  const asks = await world.asks(ANSWERS, { ma_don_vi: unit })
  const now = new Date()
  for (const [i, { token }] of asks.entries()) {
    const given = { OVERALL: '4', Q_DEADLINE_GIVEN: told(i) ? 'yes' : 'no' }
    await submitResponse(
      world.services,
      {
        id: randomUUID(),
        revision: 1,
        token,
        instrument: { code: 'dossier-rating', version: 1 },
        answers: given,
        complete: false,
        respondent: 'self',
        language: 'vi',
        startedAt: now,
        sentAt: now,
        itemMs: {},
      },
      null,
    )
  }
}

async function signedIn(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
  await page.goto(`${server.url}/`)
  await page.getByLabel('Thư điện tử').fill(world.administrator.email)
  await page.getByLabel('Mật khẩu').fill('không phải mật khẩu này')
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await page.getByText('Thư điện tử hoặc mật khẩu không đúng.').waitFor()
  await page.getByLabel('Mật khẩu').fill(world.administrator.password)
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await page.getByRole('button', { name: 'Đăng xuất' }).waitFor()
  return page
}

it('takes a list in, shows the weak spot that its people tell of, and keeps the settings', async () => {
  await answer('MC-A', (i) => i % 3 === 0)
  await answer('MC-B', (i) => i % 20 !== 0)
  await counted(world.sql)
  const page = await signedIn()
  const go = (name: string) =>
    page.getByRole('navigation', { name: 'Các trang chính' }).getByRole('link', { name }).click()

  await go('Nhập hồ sơ')
  const good = world.line()
  const bad = { ...world.line(), ngay_hen_tra: '31/02/2026', ho_ten: 'Nguyễn Văn A' }
  await page.getByLabel('Tệp hồ sơ').setInputFiles({
    name: 'thang-11.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(csvOf([good, bad])),
  })
  await page.getByRole('button', { name: 'Nhập tệp' }).click()
  await page.getByText('Đã đọc 2 dòng, nhận 1 dòng, từ chối 1 dòng.').waitFor()
  expect(await page.getByRole('row', { name: /^3 / }).innerText()).toContain('Không phải ngày hợp lệ.')
  await page.getByText('Các cột không đọc và không lưu: ho_ten.').waitFor()
  expect(await wcagFaults(page)).toEqual([])

  await go('Giấy mời')
  await page.getByRole('rowheader', { name: good['ma_ho_so'] ?? '' }).waitFor()
  expect(await wcagFaults(page)).toEqual([])

  await go('Đơn vị')
  await page.getByRole('link', { name: 'Bộ phận Một cửa phường Phố Hiến' }).click()
  const spot = page.getByRole('region', { name: 'Điểm yếu' }).getByRole('article').first()
  await spot.waitFor()
  expect(await spot.innerText()).toMatch(
    /Ở thủ tục Chứng thực bản sao từ bản chính, 33% người trả lời cho biết được hẹn rõ ngày trả kết quả \(khoảng 23–46%, 60 phiếu\)\. Phần còn lại của tỉnh là 95%\./,
  )
  await spot.getByText('Xem số phiếu').click()
  expect(await spot.getByRole('row').allInnerTexts()).toContain('Có\t20')
  await page.locator('.overview-figure').getByText('100%', { exact: true }).waitFor()
  await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true })')
  expect(await wcagFaults(page)).toEqual([])

  await go('Cài đặt')
  await page.getByLabel('Khi tiếp nhận hồ sơ').check()
  await page.getByRole('button', { name: 'Lưu' }).click()
  await page.getByText('Đã lưu.').waitFor()
  await page.reload()
  await page.getByLabel('Khi tiếp nhận hồ sơ').waitFor()
  expect(await page.getByLabel('Khi tiếp nhận hồ sơ').isChecked()).toBe(true)

  await page.getByRole('button', { name: 'Đăng xuất' }).click()
  await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor()
  await page.goto(`${server.url}/cai-dat`)
  await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor()
  await page.close()
})
