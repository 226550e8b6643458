import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { type NodeServer, startNodeServer } from '../support/node-server.ts'
import { slipCode } from '../support/survey.ts'
import { buildWorld, type World } from '../support/world.ts'
import { wcagFaults } from './axe.ts'

/** Paper slips on the real server: the code that is typed from them. */
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

const phone = (): Promise<BrowserContext> =>
  browser.newContext({ viewport: { width: 360, height: 740 }, reducedMotion: 'reduce' })
const focused = (page: Page) => page.evaluate<string>('document.activeElement.id')

describe('a code typed at /r', () => {
  it.each([
    ['as printed', (code: string) => `${code.slice(0, 4)}-${code.slice(4)}`],
    ['without a hyphen, in small letters', (code: string) => code.toLowerCase()],
  ])('%s opens the form of its slip, by keyboard alone', async (_how, typed) => {
    const [ask] = await world.asks(1)
    const code = await slipCode(world, ask!.token)
    const page = await (await phone()).newPage()
    await page.goto(`${server.url}/r`)
    await page.getByRole('heading', { level: 1, name: 'Mở phiếu đánh giá' }).waitFor()
    for (let i = 0; i < 5 && (await focused(page)) !== 'code'; i += 1) await page.keyboard.press('Tab')
    await page.keyboard.type(typed(code))
    await page.keyboard.press('Enter')
    await page.getByRole('group', { name: /^Nhìn chung/ }).waitFor()
    expect(page.url()).toBe(`${server.url}/r/${typed(code).replace('-', '').toUpperCase()}`)
    await page.context().close()
  })

  it('that cannot be one is said at the field; one that nobody has is said on its page, which leads back', async () => {
    const page = await (await phone()).newPage()
    await page.goto(`${server.url}/r`)
    const field = page.getByLabel('Mã phiếu')
    await field.fill('ABC')
    await page.getByRole('button', { name: 'Mở phiếu' }).click()
    await page.getByRole('alert').getByText('Mã gồm 8 chữ và số').waitFor()
    expect([await focused(page), await field.getAttribute('aria-invalid')]).toEqual(['code', 'true'])
    expect(await wcagFaults(page)).toEqual([])
    await field.fill('2222-2222')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Không tìm thấy phiếu' }).waitFor()
    expect(await wcagFaults(page)).toEqual([])
    await page.getByRole('link', { name: 'Nhập lại mã trên phiếu giấy' }).click()
    await field.waitFor()
    await page.context().close()
  })

  it('has withdrawing one link away and back, in both languages; /r/ with nothing behind it is the same page', async () => {
    const page = await (await phone()).newPage()
    await page.goto(`${server.url}/r/`)
    await page.getByLabel('Mã phiếu').waitFor()
    expect(page.url()).toBe(`${server.url}/r`)
    expect(await wcagFaults(page)).toEqual([])
    await page.getByRole('link', { name: 'Có mã rút phiếu' }).click()
    await page.getByRole('heading', { name: 'Rút phiếu đánh giá' }).waitFor()
    await page.getByRole('link', { name: 'Có phiếu giấy' }).click()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Open a rating form' }).waitFor()
    await page.getByRole('button', { name: 'Open the form' }).click()
    await page.getByText('A code has 8 letters and digits').waitFor()
    expect(await page.getAttribute('html', 'lang')).toBe('en')
    await page.context().close()
  })
})
