import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { type NodeServer, startNodeServer } from '../support/node-server.ts'
import { wcagFaults } from './axe.ts'
import { ratingWorld, type RatingWorld } from './rating-world.ts'

let database: TestDatabase
let world: RatingWorld
let server: NodeServer
let browser: Browser

beforeAll(async () => {
  database = await testDatabase()
  world = await ratingWorld(database.ownerUrl)
  server = await startNodeServer({ url: database.url, ownerUrl: database.ownerUrl })
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await world?.stop()
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

it('is checked by something that finds a planted fault', async () => {
  const page = await browser.newPage()
  await page.setContent(
    '<html lang="vi"><title>x</title><main><img src="data:,"><p style="color:#ccc">mờ</p></main></html>',
  )
  expect(await wcagFaults(page)).toEqual(['color-contrast: p', 'image-alt: img'])
  await page.close()
})

describe.each(looks)('%s', (_name, options) => {
  it('breaks nothing of WCAG 2.2 AA and never scrolls sideways, in any state', async () => {
    const context = await browser.newContext({ ...options, reducedMotion: 'reduce' })
    const page = await context.newPage()
    const heading = (name: string) => page.getByRole('heading', { name }).waitFor()
    const go = (path: string) => page.goto(`${server.url}${path}`)
    const token = await world.newAsk()

    await page.route('**/api/**', (route) => route.abort())
    await go(`/r/${token}`)
    await heading('Chưa mở được phiếu')
    await expectSound(page, 'cannot be opened')
    await page.unroute('**/api/**')

    await go(`/r/${token}`)
    const overall = page.getByRole('group', { name: /^Nhìn chung/ })
    await overall.waitFor()
    await page.getByText('Mục đích, ai được xem').click()
    await expectSound(page, 'open, notice unfolded')

    await overall.getByRole('radio', { name: 'Hài lòng', exact: true }).check()
    await page.getByRole('button', { name: 'Trả lời thêm 8 câu' }).click()
    for (const fieldset of await page.locator('fieldset').all()) await fieldset.getByRole('radio').last().check()
    await page.getByLabel(/Ông\/Bà muốn góp ý/).fill('a'.repeat(1900))
    await page.getByRole('status').getByText('Đã lưu.').waitFor()
    await expectSound(page, 'all answered')

    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor()
    await expectSound(page, 'English')
    await page.getByRole('button', { name: 'Tiếng Việt' }).click()

    await context.setOffline(true)
    await page.locator('fieldset').nth(2).getByRole('radio').first().check()
    await page.getByRole('button', { name: 'Gửi lại ngay' }).waitFor()
    await expectSound(page, 'offline')
    await page.getByRole('button', { name: 'Gửi phiếu' }).click()
    await heading('Phiếu đang chờ gửi')
    await expectSound(page, 'waiting to be sent')

    await context.setOffline(false)
    await heading('Cảm ơn Ông/Bà')
    await expectSound(page, 'thanks')
    await page.getByRole('button', { name: 'Rút phiếu', exact: true }).click()
    await page.getByRole('button', { name: 'Rút phiếu này' }).waitFor()
    await expectSound(page, 'asking before withdrawal')
    await page.getByRole('button', { name: 'Xoá mã khỏi thiết bị này' }).click()
    await go(`/r/${token}`)
    await heading('Phiếu này đã được gửi')
    await expectSound(page, 'complete')

    await go('/withdraw')
    await page.getByRole('button', { name: 'Rút phiếu này' }).click()
    await page.getByText('Mã còn thiếu').waitFor()
    await expectSound(page, 'withdrawal refused')
    await go(`/r/${await world.newAsk({ expired: true })}`)
    await heading('Phiếu không còn nhận trả lời')
    await expectSound(page, 'expired')
    await go(`/r/hyn${'A'.repeat(22)}`)
    await heading('Không tìm thấy phiếu')
    await expectSound(page, 'unknown')
    await go(`/r/${await world.newAsk({ applicant: 'business', event: 'supplement_requested' })}`)
    await overall.getByRole('radio', { name: 'Rất không hài lòng' }).check()
    await page.getByRole('button', { name: 'Trả lời thêm 1 câu' }).click()
    await expectSound(page, 'business')
    await context.close()
  })
})
