import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { type NodeServer, startNodeServer } from '../support/node-server.ts'
import { scanShown } from '../support/printed.ts'
import { slipCode } from '../support/survey.ts'
import { buildWorld, type World } from '../support/world.ts'
import { wcagFaults } from './axe.ts'

/** Paper slips on the real server: printed in the office, and the code that is typed from them. */
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
/** Parts of slips that do not hold what stands in them. */
const CLIPPED = `[...document.querySelectorAll('.slip, .slip p')].flatMap((part) =>
  part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1 ? [part.className] : [])`
const focused = (page: Page) => page.evaluate<string>('document.activeElement.id')

/** A picture to be looked at, where a folder for them is named. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['SLIP_PICTURES']
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

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
    await field.fill('ABCD-2345')
    await page.getByRole('button', { name: 'Mở phiếu' }).click()
    await page.getByRole('alert').getByText('Mã chỉ có các chữ C F H').waitFor()
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

  it('says what else to do in a browser without scripts', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${server.url}/r`)
    expect(await page.locator('main noscript p').innerText()).toContain('hoặc nhờ nhân viên tại quầy')
    expect(await page.getByText('Đang mở').isVisible()).toBe(false)
    await shot(page, 'r-without-scripts')
    await context.close()
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

describe('the office page', () => {
  async function openOffice(): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
    const page = await context.newPage()
    await page.goto(`${server.url}/`)
    await page.getByLabel('Thư điện tử').fill(world.administrator.email)
    await page.getByLabel('Mật khẩu').fill(world.administrator.password)
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Phiếu giấy' }).click()
    await page.getByRole('heading', { level: 1, name: 'Phiếu giấy' }).waitFor()
    return page
  }
  const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
  /** Follows a link that opens a document for printing. */
  async function opened(page: Page, link: Locator): Promise<Page> {
    const [paper] = await Promise.all([page.waitForEvent('popup'), link.click()])
    await paper.waitForLoadState()
    return paper
  }
  /** What comes out of a printer by the document's own page size, and what a phone reads there. */
  async function onPaper(page: Page, name: string) {
    const folder = process.env['SLIP_PICTURES']
    const pdf = await page.pdf({ preferCSSPageSize: true, ...(folder ? { path: `${folder}/${name}.pdf` } : {}) })
    const boxes = pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)
    await page.emulateMedia({ media: 'print' })
    const links: string[] = []
    for (const figure of await page.locator('.qr').all()) links.push(await scanShown(figure))
    return {
      pages: [...boxes].map(([, ...sides]) => sides.map((points) => Math.round((Number(points) / 72) * 25.4))),
      clipped: await page.evaluate<string[]>(CLIPPED),
      links,
    }
  }
  it('prints the slips of one counter that are chosen, whose code opens the form at /r; printed again it is the same', async () => {
    const made = await world.asks(3, { ma_don_vi: 'MC-B' })
    const page = await openOffice()
    const many = part(page, 'Phiếu của hồ sơ đã xong')
    await many.getByLabel('Nơi tiếp nhận').selectOption('Bộ phận Một cửa phường Phố Hiến')
    await many.getByLabel('Việc đã xong').selectOption('Từ chối')
    await many.getByRole('button', { name: 'Liệt kê phiếu' }).click()
    await many.getByText('Không có phiếu nào chờ trả lời').waitFor()
    expect(await wcagFaults(page)).toEqual([])
    await many.getByLabel('Nơi tiếp nhận').selectOption('Bộ phận Một cửa xã Tiền Hải')
    await many.getByLabel('Việc đã xong').selectOption('Trả kết quả và từ chối')
    await many.getByRole('button', { name: 'Liệt kê phiếu' }).click()
    const rows = many.getByRole('row').filter({ has: page.getByRole('checkbox') })
    await page.getByRole('link', { name: 'In 3 phiếu đã chọn' }).waitFor()
    await rows
      .nth(1)
      .getByRole('checkbox', { name: `Chọn hồ sơ ${made[1]!.code}` })
      .press('Space')
    await page.getByRole('link', { name: 'In 2 phiếu đã chọn' }).waitFor()
    expect(await wcagFaults(page)).toEqual([])
    expect(await page.locator('main').innerText()).not.toMatch(/[2-9CFHJKMNPRTVX]{4}-[2-9CFHJKMNPRTVX]{4}|\/r\//)
    await shot(page, 'office-1366')
    const paper = await opened(page, page.getByRole('link', { name: 'In 2 phiếu đã chọn' }))
    const codes = await paper.locator('.code').allInnerTexts()
    expect(await onPaper(paper, 'a4')).toEqual({
      pages: [[210, 297]],
      clipped: [],
      links: [made[0]!, made[2]!].map(({ token }) => `${server.url}/r/${token}`),
    })
    const printedAlready = async () => (await rows.allInnerTexts()).map((row) => row.endsWith('Đã in'))
    expect(await printedAlready()).toEqual([true, false, true])
    await many.getByRole('button', { name: 'Liệt kê phiếu' }).click()
    await page.getByRole('link', { name: 'In 1 phiếu đã chọn' }).waitFor()
    expect(await printedAlready()).toEqual([true, false, true])

    const dossier = made[0]!.code
    const again = part(page, 'In lại phiếu của một hồ sơ')
    await again.getByLabel('Mã hồ sơ').fill('KHÔNG CÓ')
    await again.getByRole('button', { name: 'Chuẩn bị phiếu' }).click()
    await again.getByText('Không có phiếu nào của mã này').waitFor()
    await again.getByLabel('Mã hồ sơ').fill(dossier)
    await again.getByLabel('Khổ giấy').selectOption('Cuộn 58 mm')
    await again.getByRole('button', { name: 'Chuẩn bị phiếu' }).click()
    const single = await opened(page, again.getByRole('link'))
    const code = await single.locator('.code').innerText()
    expect(code).toBe(codes[0])
    const { pages, ...receipt } = await onPaper(single, 'receipt58')
    expect(pages.map(([widthMm]) => widthMm)).toEqual([58])
    expect(receipt).toEqual({ clipped: [], links: [`${server.url}/r/${made[0]!.token}`] })

    const citizen = await (await phone()).newPage()
    await citizen.goto(`${server.url}/r`)
    await citizen.getByLabel('Mã phiếu').fill(code)
    await citizen.keyboard.press('Enter')
    await citizen.getByText('Bộ phận Một cửa xã Tiền Hải').waitFor()
    await citizen.getByRole('group', { name: /^Nhìn chung/ }).waitFor()
    for (const width of [360, 768]) {
      await page.setViewportSize({ width, height: 800 })
      expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
      await shot(page, `office-${width}`)
    }
    await citizen.context().close()
    await page.context().close()
  })

  it('makes a slip for somebody turned away, which asks about the visit and nothing of a dossier', async () => {
    const page = await openOffice()
    const walkIn = part(page, 'Phiếu cho người bị từ chối tiếp nhận')
    await walkIn.getByLabel('Đơn vị từ chối').selectOption('Bộ phận Một cửa phường Phố Hiến')
    await walkIn.getByLabel('Mã thủ tục').fill('9.999999')
    await walkIn.getByRole('button', { name: 'Tạo phiếu' }).click()
    await walkIn.getByRole('alert').getByText('Không có thủ tục nào mang mã này.').waitFor()
    expect(await wcagFaults(page)).toEqual([])
    await walkIn.getByLabel('Mã thủ tục').fill('2.000815')
    await walkIn.getByRole('button', { name: 'Tạo phiếu' }).click()
    await walkIn.getByText('Đã tạo phiếu: Bộ phận Một cửa phường Phố Hiến').waitFor()
    expect(await wcagFaults(page)).toEqual([])
    const paper = await opened(page, walkIn.getByRole('link', { name: 'Cuộn 80 mm' }))
    const said = await paper.locator('.slip').innerText()
    expect(said).toContain('lần đến làm việc vừa qua')
    expect(said).not.toContain('lần giải quyết hồ sơ')
    const { pages, clipped } = await onPaper(paper, 'walk-in80')
    expect([pages.map(([widthMm]) => widthMm), clipped]).toEqual([[80], []])

    // pressing again is the same slip; the next person at the same counter gets another
    const slip = () => walkIn.getByRole('link', { name: 'Cuộn 80 mm' }).getAttribute('href')
    const first = await slip()
    await walkIn.getByLabel('Mã thủ tục').press('Enter')
    expect(await slip()).toBe(first)
    await walkIn.getByRole('button', { name: 'Làm phiếu cho người tiếp theo' }).click()
    await walkIn.getByText('Đã tạo phiếu').waitFor({ state: 'detached' })
    await walkIn.getByRole('button', { name: 'Tạo phiếu' }).click()
    await walkIn.getByText('Đã tạo phiếu: Bộ phận Một cửa phường Phố Hiến').waitFor()
    expect(await slip()).not.toBe(first)
    await shot(page, 'walk-in-next')
    await page.context().close()
  })
})
