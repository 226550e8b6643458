import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callersOf } from '../api/callers.ts'
import { answers, publishing, type Run } from '../api/publications-world.ts'
import { launchBrowser } from '../support/chromium.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { startNodeServer, type NodeServer } from '../support/node-server.ts'
import { buildWorld, type World } from '../support/world.ts'
import { wcagFaults } from './axe.ts'

const WIDTHS = [360, 768, 1366] as const
let database: TestDatabase
let world: World
let server: NodeServer
let browser: Browser
let door: ReturnType<typeof publishing>
let first: Run

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  door = publishing(world, await callersOf(world))
  server = await startNodeServer(database)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
  await world.stop()
  await database.drop()
})

/** Opens a page as a reader without JavaScript, and notes every request it makes. */
async function read(
  path: string,
  options: { width?: number; scripts?: boolean } = {},
): Promise<{ page: Page; context: BrowserContext; requests: string[]; status: number }> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 768, height: 800 },
    javaScriptEnabled: options.scripts ?? false,
  })
  const page = await context.newPage()
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  const response = await page.goto(`${server.url}${path}`)
  return { page, context, requests, status: response?.status() ?? 0 }
}

const textOf = async (path: string): Promise<string> => {
  const { page, context } = await read(path)
  const text = await page.locator('main').innerText()
  await context.close()
  return text
}

describe('before anything is published', () => {
  test('the page says so, in both languages', async () => {
    const { page, context, status } = await read('/cong-khai')
    expect(status).toBe(404)
    expect(await page.locator('h1').innerText()).toBe('Chưa công bố')
    await context.close()
    expect(await textOf('/cong-khai?lang=en')).toContain('Nothing published yet')
  })
})

describe('a published run', () => {
  beforeAll(async () => {
    await door.rate('MC-A', answers(40, 30), { T3: '2' })
    await door.rate('MC-B', answers(35, 20))
    await door.rate('SXD', answers(4, 2))
    await door.rate('SNV', answers(12, 6))
    first = await door.release()
  })

  test('is read without JavaScript: list, unit, number, interval, response rate, method, run', async () => {
    const { page, context } = await read('/cong-khai')
    await page.getByRole('link', { name: 'Bộ phận Một cửa xã Tiền Hải' }).click()
    const text = await page.locator('main').innerText()
    expect(await page.locator('h1').innerText()).toBe('Bộ phận Một cửa xã Tiền Hải')
    for (const part of [
      'Ước lượng nội bộ, không phải PAPI/PCI chính thức.',
      'người được mời đã trả lời',
      'Điều không đo ở đây',
      'khoảng dao động 95%',
      first.inputsSha256,
    ]) {
      expect(text).toContain(part)
    }
    expect(await page.locator('main dl').innerText()).toContain(String(first.id))
    await context.close()
  })

  test('shows few answers to nobody, and says how many are missing', async () => {
    const text = await textOf(`/cong-khai/${world.units.SXD}`)
    expect(text).toContain('Chưa đủ phiếu')
    expect(text).toContain('Cần thêm khoảng 6 phiếu')
    expect(text).not.toMatch(/50\s?%/)
    // the rate of a few invited people has its interval, as its data have
    expect(await textOf(`/cong-khai/${world.units.SNV}`)).toMatch(/–100\s?% trong số 12 người được mời đã trả lời/)
  })

  test('asks nobody else for anything, sets no cookie and runs no script', async () => {
    const { page, context, requests } = await read(`/cong-khai/${world.units['MC-A']}`, { scripts: true })
    await page.waitForLoadState('networkidle')
    expect(requests.filter((url) => !url.startsWith(server.url) && !url.startsWith('data:'))).toEqual([])
    expect(requests.map((url) => new URL(url).pathname)).toContain('/cong-khai/style.css')
    expect(await context.cookies()).toEqual([])
    expect(await page.locator('script, [style], form').count()).toBe(0)
    expect(await page.evaluate('getComputedStyle(document.querySelector(".figure, .main")).borderRadius')).toBe('8px')
    await context.close()
    const { headers } = await fetch(`${server.url}/cong-khai/${world.units['MC-A']}`)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).not.toContain('script-src')
    expect(headers.get('cache-control')).toBe('public, max-age=60')
    expect(headers.getSetCookie()).toEqual([])
  })

  test('is complete in English, and keeps the language from page to page', async () => {
    const { page, context } = await read('/cong-khai?lang=en')
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await page.getByRole('link', { name: /Whole province/ }).click()
    expect(page.url()).toContain('lang=en')
    expect(await page.locator('main').innerText()).toContain('Internal estimates, not official PAPI or PCI results.')
    await page.getByRole('link', { name: 'Tiếng Việt' }).click()
    expect(await page.locator('html').getAttribute('lang')).toBe('vi')
    await context.close()
  })

  test('an address that names nothing published is not found, and hostile ones change nothing', async () => {
    for (const path of ['/cong-khai/999999', '/cong-khai/abc', '/cong-khai/1e9', '/cong-khai/%3Cscript%3E']) {
      const { page, context, status } = await read(path)
      expect(status, path).toBe(404)
      expect(await page.locator('h1').innerText()).toBe('Không có trang này')
      await context.close()
    }
    for (const query of ['?run=x', '?run=999', `?run=${'9'.repeat(30)}`]) {
      expect((await fetch(`${server.url}/cong-khai${query}`)).status, query).toBe(404)
    }
    expect((await fetch(`${server.url}/cong-khai`, { method: 'POST' })).status).toBe(405)
  })

  test('names that look like markup stay text', async () => {
    await world.sql`
      update publication_unit set name = '<img src=x onerror=alert(1)>"&' where run_id = ${first.id} and unit_id = ${world.units.SNV}`
    const { page, context } = await read(`/cong-khai/${world.units.SNV}`)
    expect(await page.locator('h1').innerText()).toBe('<img src=x onerror=alert(1)>"&')
    expect(await page.locator('img').count()).toBe(0)
    await context.close()
  })

  for (const width of WIDTHS) {
    test(`holds to WCAG 2.2 AA and to the screen at ${width} px`, async () => {
      const paths = ['/cong-khai', `/cong-khai/${world.units['MC-A']}`, `/cong-khai/${world.units['33']}?lang=en`]
      for (const path of paths) {
        const { page, context } = await read(path, { width, scripts: true })
        expect(await wcagFaults(page), path).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(width)
        await context.close()
      }
    })
  }

  test('holds in the dark as well', async () => {
    const context = await browser.newContext({ colorScheme: 'dark', viewport: { width: 768, height: 800 } })
    const page = await context.newPage()
    await page.goto(`${server.url}/cong-khai/${world.units['MC-A']}`)
    expect(await wcagFaults(page)).toEqual([])
    await context.close()
  })

  test('once withdrawn says so above its numbers, and stays', async () => {
    await door.withdraw(first.id, 'wrong_data')
    const text = await textOf(`/cong-khai/${world.units['MC-A']}`)
    expect(text).toContain('Đợt công bố này đã được rút')
    expect(text).toContain('dữ liệu đầu vào có sai sót')
    expect(text.indexOf('đã được rút')).toBeLessThan(text.indexOf('75%'))
  })

  test('withdrawn because it gives somebody away shows no number any more', async () => {
    await door.rate('MC-A', answers(10, 0))
    const second = await door.release()
    await door.withdraw(second.id, 'privacy')
    const { page, context } = await read(`/cong-khai/${world.units['MC-A']}?run=${second.id}`)
    expect(await page.locator('main').innerText()).toContain('Các con số không còn được hiện.')
    expect(await page.locator('.value, .bar').count()).toBe(0)
    await context.close()
    const shown = (await (await door.publicUnit(world.units['MC-A'], second.id)).json()) as { figures: unknown[] }
    expect(shown.figures).toEqual([])
  })

  test('tells of all that were withdrawn in one line, and leads from a replaced run to the newer one', async () => {
    await door.rate('MC-B', answers(10, 5))
    const third = await door.release()
    const { page, context } = await read(`/cong-khai/${world.units['MC-A']}`)
    const note = page.locator('.note p')
    expect(await note.count()).toBe(1)
    expect(await note.innerText()).toMatch(/^2 đợt công bố .* đã được rút, .* có thể làm lộ câu trả lời/)
    await note.getByRole('link', { name: 'Xem đợt đã rút' }).click()
    expect(await page.locator('.withdrawn').count()).toBe(1)
    const fourth = await door.release()
    await page.goto(`${server.url}/cong-khai/${world.units['MC-A']}?run=${third.id}`)
    await page.getByRole('link', { name: 'Xem đợt mới hơn' }).click()
    expect(page.url()).toContain(`run=${fourth.id}`)
    await context.close()
  })
})
