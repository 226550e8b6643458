import { resolve } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { PEOPLE, startFakeOffice, UNIT } from '../support/fake-office-api.ts'
import { MIXED } from '../support/fake-indices/world.ts'
import { wcagFaults } from './axe.ts'

/** States of a unit's index page that real answers seldom make together: every kind of gap beside every kind of number. */
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

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    reducedMotion: 'reduce',
    ...options,
  })
  await context.addCookies([{ name: 'office', value: encodeURIComponent(PEOPLE.administrator), url: office.origin }])
  const page = await context.newPage()
  await page.goto(`${office.origin}${path}`)
  return page
}
const done = (page: Page) => page.context().close()
const unfold = (page: Page) =>
  page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true })')

const scores = (unit: number, index = 'papi-like-ratings') => `/don-vi/${unit}/chi-so?index=${index}`
const states: [name: string, path: string, sign: string][] = [
  ['every number', scores(UNIT.justice), 'Từ tổng điểm tới từng câu hỏi'],
  ['every kind of gap', scores(UNIT.justice, MIXED), 'có thể lấy tổng trừ đi để suy ra'],
  ['largest gaps first', `${scores(UNIT.justice)}&view=gap`, 'nơi mất nhiều điểm nhất trước'],
  ['a unit far above its peers', scores(UNIT.strong), 'Rõ ràng cao hơn'],
  ['too few answers', scores(UNIT.few), 'Chưa đủ phiếu'],
  ['intervals only', scores(UNIT.intervalOnly), 'Chưa đủ 30 phiếu: chỉ nêu khoảng'],
  ['the province, which has no peers', scores(UNIT.province), 'Toàn tỉnh không có đơn vị cùng loại'],
  ['not computed yet', scores(UNIT.noDossiers), 'Tính cho kỳ này'],
]
const looks: [name: string, options: BrowserContextOptions][] = [
  ['phone, dark', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }],
  ['office screen', {}],
  ['tablet, forced colours', { viewport: { width: 768, height: 1024 }, forcedColors: 'active' }],
]

describe.each(looks)('%s', (_name, options) => {
  it.each(states)('%s breaks nothing of WCAG 2.2 AA and never scrolls sideways', async (_state, path, sign) => {
    const page = await open(path, options)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await unfold(page)
    await page.getByText(sign).locator('visible=true').first().waitFor({ timeout: 5000 })
    expect(await wcagFaults(page)).toEqual([])
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    expect(await page.getByRole('main').innerText()).not.toMatch(/NaN|undefined|null|Infinity/)
    await done(page)
  })
})

it('says everything in English too', async () => {
  const page = await open(scores(UNIT.justice, MIXED))
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'From the total down to each question' }).waitFor()
  await unfold(page)
  // sources are quoted in the language they were published in
  const text = (await page.getByRole('main').innerText()).replaceAll(/^Source: .*$/gm, '')
  expect(text).toContain('Internal estimate')
  expect(text).not.toMatch(/phiếu|Cách tính|Ước lượng nội bộ|khoảng/)
  await done(page)
})
