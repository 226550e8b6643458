import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { forgetGuesses, guessTooOften } from '../support/guesses.ts'
import { type NodeServer, startNodeServer } from '../support/node-server.ts'
import { wcagFaults } from './axe.ts'
import { until } from '../support/until.ts'
import { ratingWorld, type RatingWorld, type StoredResponse } from './rating-world.ts'

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

/** A phone of its own: nothing is shared with other devices. */
const phone = (): Promise<BrowserContext> =>
  browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true, reducedMotion: 'reduce' })

async function open(context: BrowserContext, token: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${server.url}/r/${token}`)
  return page
}

const questions = (page: Page) => page.locator('fieldset')
const question = (page: Page, text: string | RegExp) => page.getByRole('group', { name: text })
const overall = (page: Page) => question(page, /^Nhìn chung/)
const choose = (page: Page, text: string | RegExp, option: string) =>
  question(page, text).getByRole('radio', { name: option, exact: true }).check()
const send = (page: Page) => page.getByRole('button', { name: 'Gửi phiếu' }).click()
const thanks = (page: Page) => page.getByRole('heading', { name: 'Cảm ơn Ông/Bà' }).waitFor()
/** The one response of a token once it is as wanted. */
const storedWhen = (token: string, isWanted: (response: StoredResponse) => boolean) =>
  until('the stored answer', async () => {
    const [response, second] = await world.stored(token)
    expect(second).toBeUndefined()
    return response !== undefined && isWanted(response) ? response : null
  })
/** Answers the nth of the rotating questions with its first option. */
async function answerNth(page: Page, place: number): Promise<string> {
  const radio = questions(page)
    .nth(place + 1)
    .getByRole('radio')
    .first()
  await radio.check()
  return (await radio.getAttribute('name')) ?? ''
}

describe('rating', () => {
  it('stores the overall answer at the first tap and the rest on "Gửi phiếu", with nothing preselected', async () => {
    const token = await world.newAsk()
    const context = await phone()
    const page = await open(context, token)
    await overall(page).waitFor()
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Gửi phiếu' }).count()).toBe(0)

    await overall(page).getByText('Rất hài lòng', { exact: true }).tap()
    expect(await storedWhen(token, () => true)).toMatchObject({
      revision: 1,
      complete: false,
      answers: { OVERALL: '5' },
    })

    const items = [await answerNth(page, 0), await answerNth(page, 1), await answerNth(page, 2)]
    await questions(page).nth(4).getByRole('radio', { name: 'Không nhớ / không áp dụng' }).check()
    await page.getByLabel(/Ông\/Bà muốn góp ý/).fill('Cảm ơn cán bộ 👍')
    await page.getByRole('radio', { name: 'Người thân, người được nhờ' }).check()
    await send(page)
    await thanks(page)

    const response = await storedWhen(token, (one) => one.complete)
    expect(response).toMatchObject({ respondent: 'relative', language: 'vi' })
    expect(response.answers).toMatchObject({ OVERALL: '5', COMMENT: 'Cảm ơn cán bộ 👍' })
    expect(Object.values(response.answers)).toContainEqual({ na: true })
    expect(Object.keys(response.answers)).toEqual(expect.arrayContaining(items))
    expect(Object.keys(response.item_ms).toSorted()).toEqual(Object.keys(response.answers).toSorted())
    expect(response.revision).toBeLessThan(10)
    await context.close()
  })

  it('shows the overall question whole on the first screen of a small phone', async () => {
    const page = await open(await phone(), await world.newAsk())
    await overall(page).waitFor()
    const last = await overall(page).getByText('Rất không hài lòng').boundingBox()
    expect((last?.y ?? Infinity) + (last?.height ?? 0)).toBeLessThan(740)
    await page.context().close()
  })

  it('sets no cookie, writes nothing to the device before the first answer, and asks no other host', async () => {
    const context = await phone()
    const hosts = new Set<string>()
    context.on('request', (request) => hosts.add(new URL(request.url()).host))
    const page = await open(context, await world.newAsk())
    await overall(page).waitFor()
    expect(await page.evaluate('localStorage.length')).toBe(0)
    await overall(page).getByText('Hài lòng', { exact: true }).tap()
    await page.getByRole('status').getByText('Đã lưu.').waitFor()
    expect(await context.cookies()).toEqual([])
    expect([...hosts]).toEqual([new URL(server.url).host])
    await context.close()
  })

  it('asks at most five more, and all others on request', async () => {
    const page = await open(await phone(), await world.newAsk())
    await overall(page).getByText('Bình thường').tap()
    await page.getByRole('heading', { name: 'Xin hỏi thêm 5 câu ngắn' }).waitFor()
    // The overall question, five of the rotation, and who answers.
    expect(await questions(page).count()).toBe(1 + 5 + 1)
    await page.getByRole('button', { name: 'Trả lời thêm 8 câu' }).tap()
    expect(await questions(page).count()).toBe(1 + 13 + 1)

    expect(await page.locator('#more-title:focus').count()).toBe(1)
    await page.context().close()
  })

  it('asks a business its own questions and none of a citizen’s', async () => {
    const token = await world.newAsk({ applicant: 'business' })
    const page = await open(await phone(), token)
    await overall(page).getByText('Không hài lòng', { exact: true }).tap()
    await page.getByRole('button', { name: 'Trả lời thêm 1 câu' }).tap()
    expect(await questions(page).count()).toBe(1 + 6 + 1)
    await choose(page, 'Cán bộ giải quyết công việc hiệu quả.', 'Không đồng ý')
    await choose(page, /^Hiện tượng nhũng nhiễu/, 'Đồng ý')
    await send(page)
    await thanks(page)
    expect((await storedWhen(token, (one) => one.complete)).answers).toEqual({
      OVERALL: '2',
      B_STAFF: '2',
      B_HARASS: '3',
    })
    await page.context().close()
  })

  it('speaks English throughout once chosen, and says so to the browser and the server', async () => {
    const token = await world.newAsk()
    const page = await open(await phone(), token)
    await page.getByRole('button', { name: 'English' }).tap()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await question(page, /^Overall, how satisfied/)
      .getByText('Very satisfied', { exact: true })
      .tap()
    await page.getByRole('button', { name: 'Send', exact: true }).tap()
    await page.getByRole('heading', { name: 'Thank you' }).waitFor()
    expect(await storedWhen(token, (one) => one.complete)).toMatchObject({ language: 'en', answers: { OVERALL: '5' } })
    // Only the brand and the names of units and procedures stay Vietnamese.
    const text = await page.locator('main').innerText()
    expect(text).not.toMatch(/[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i)
    await page.context().close()
  })

  it('can be done with the keyboard alone, and arrow keys never move the page away', async () => {
    const token = await world.newAsk()
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
    const page = await open(context, token)
    await overall(page).waitFor()
    const focused = () => page.evaluate<string>("document.activeElement?.name ?? ''")
    for (let step = 0; step < 10 && (await focused()) !== 'OVERALL'; step += 1) await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    expect(await focused()).toBe('OVERALL')
    await storedWhen(token, (one) => one.answers['OVERALL'] === '4')
    await page.keyboard.press('Tab')
    const second = await focused()
    expect(second).not.toBe('OVERALL')
    await page.keyboard.press('Space')
    const isSend = () => page.evaluate<boolean>("document.activeElement?.type === 'submit'")
    for (let step = 0; step < 20 && !(await isSend()); step += 1) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await thanks(page)
    expect(await page.locator('h1:focus').count()).toBe(1)
    expect(Object.keys((await storedWhen(token, (one) => one.complete)).answers)).toEqual(
      expect.arrayContaining(['OVERALL', second]),
    )
    await context.close()
  })
})

describe('a line that fails', () => {
  it('keeps what is chosen offline, counts it, and sends it when the line is back', async () => {
    const token = await world.newAsk()
    const context = await phone()
    const page = await open(context, token)
    await overall(page).getByText('Hài lòng', { exact: true }).tap()
    await storedWhen(token, () => true)
    await context.setOffline(true)
    const items = [await answerNth(page, 0), await answerNth(page, 1)]
    await page.getByRole('status').getByText('Chưa gửi: 2 câu').waitFor()
    await send(page)
    await page.getByRole('heading', { name: 'Phiếu đang chờ gửi' }).waitFor()
    expect((await world.stored(token))[0]?.complete).toBe(false)
    await context.setOffline(false)
    await thanks(page)
    const response = await storedWhen(token, (one) => one.complete)
    expect(Object.keys(response.answers).toSorted()).toEqual(['OVERALL', ...items].toSorted())
    await context.close()
  })

  it('loses nothing when the page is closed offline and opened again', async () => {
    const token = await world.newAsk()
    const context = await phone()
    const page = await open(context, token)
    await overall(page).getByText('Hài lòng', { exact: true }).tap()
    await storedWhen(token, () => true)
    await context.setOffline(true)
    const item = await answerNth(page, 0)
    await page.close()
    await context.setOffline(false)
    const again = await open(context, token)
    await overall(again).getByRole('radio', { name: 'Hài lòng', exact: true, checked: true }).waitFor()
    await storedWhen(token, (one) => one.answers[item] !== undefined)
    expect(await again.locator(`input[name="${item}"]:checked`).count()).toBe(1)
    await context.close()
  })

  it('keeps what is chosen while the server is down, and sends it by itself once it is back', async () => {
    const token = await world.newAsk()
    const context = await phone()
    const page = await open(context, token)
    await overall(page).getByText('Bình thường').tap()
    await storedWhen(token, () => true)
    await server.kill()
    const item = await answerNth(page, 0)
    await page.getByRole('status').getByText('Chưa gửi: 1 câu').waitFor()
    server = await startNodeServer({
      url: database.url,
      ownerUrl: database.ownerUrl,
      port: Number(new URL(server.url).port),
    })
    await storedWhen(token, (one) => one.answers[item] !== undefined)
    await context.close()
  })

  it('shows the begun questions from the device when they cannot be read again', async () => {
    const token = await world.newAsk()
    const context = await phone()
    const page = await open(context, token)
    await overall(page).getByText('Bình thường').tap()
    await storedWhen(token, () => true)
    await page.route('**/api/**', (route) => route.abort())
    await page.reload()
    await overall(page).getByRole('radio', { name: 'Bình thường', checked: true }).waitFor()
    const item = await answerNth(page, 0)
    const retry = page.getByRole('button', { name: 'Gửi lại ngay' })
    await retry.waitFor()
    await page.unroute('**/api/**')
    await retry.click()
    await storedWhen(token, (one) => one.answers[item] !== undefined)
    await context.close()
  })

  it('tells what to do when it cannot be opened, and opens by itself later', async () => {
    const context = await phone()
    const page = await context.newPage()
    await page.route('**/api/invitations/**', (route) => route.abort())
    await page.goto(`${server.url}/r/${await world.newAsk()}`)
    await page.getByRole('heading', { name: 'Chưa mở được phiếu' }).waitFor()
    await page.getByText('Chưa kết nối được').waitFor()
    await page.unroute('**/api/invitations/**')
    await overall(page).waitFor()
    await context.close()
  })

  it('tells when too many wrong codes were typed, or the system is busy; keeps the answer, and lets one try again', async () => {
    const token = await world.newAsk()
    const context = await phone()
    const page = await context.newPage()
    const answerWith = (path: string, status: number, code: string, headers: Record<string, string>) =>
      page.route(path, (route) =>
        route.fulfill({ status, contentType: 'application/problem+json', headers, body: JSON.stringify({ code }) }),
      )
    await guessTooOften(world.sql)
    await page.goto(`${server.url}/r/XM9RPM4X`)
    await page.getByText(/^Đã có quá nhiều mã sai được nhập. Xin thử lại sau \d+ (giây|phút|giờ)/).waitFor()
    expect(await wcagFaults(page)).toEqual([])
    await forgetGuesses(world.sql)
    await page.getByRole('button', { name: 'Thử lại' }).click()
    await page.getByRole('heading', { name: 'Không tìm thấy phiếu' }).waitFor()

    await answerWith('**/api/invitations/**', 503, 'unavailable', { 'retry-after': '60' })
    await page.goto(`${server.url}/r/${token}`)
    await page.getByText('Hệ thống đang bận hoặc tạm nghỉ').waitFor()
    await page.unroute('**/api/invitations/**')
    await page.getByRole('button', { name: 'Thử lại' }).click()
    await answerWith('**/api/responses', 503, 'unavailable', { 'retry-after': '60' })
    await overall(page).getByText('Bình thường').tap()
    await page.getByRole('status').getByText('hệ thống đang bận, sẽ tự gửi lại').waitFor()
    await page.unroute('**/api/responses')
    await page.getByRole('button', { name: 'Gửi lại ngay' }).click()
    await storedWhen(token, ({ answers }) => answers['OVERALL'] === '3')
    await context.close()
  })
})

describe('several devices', () => {
  it('continues on another device under one answer, and the other device is told when it is sent', async () => {
    const token = await world.newAsk()
    const [first, second] = [await phone(), await phone()]
    const page = await open(first, token)
    await overall(page).getByText('Hài lòng', { exact: true }).tap()
    const item = await answerNth(page, 0)
    await storedWhen(token, (one) => one.answers[item] !== undefined)

    const other = await open(second, token)
    await overall(other).getByRole('radio', { name: 'Hài lòng', exact: true, checked: true }).waitFor()
    expect(await other.locator(`input[name="${item}"]:checked`).count()).toBe(1)
    const added = await answerNth(other, 1)
    await send(other)
    await thanks(other)
    const response = await storedWhen(token, (one) => one.complete)
    expect(Object.keys(response.answers).toSorted()).toEqual(['OVERALL', item, added].toSorted())

    await answerNth(page, 2)
    await page.getByRole('heading', { name: 'Phiếu này đã được gửi' }).waitFor()
    await page.getByText('Phiếu đã được gửi từ một thiết bị khác').waitFor()
    expect(await world.stored(token)).toEqual([response])
    await first.close()
    await second.close()
  })

  it('makes one answer when two devices begin at the same time', async () => {
    const token = await world.newAsk()
    const contexts = [await phone(), await phone()]
    const pages = await Promise.all(contexts.map((context) => open(context, token)))
    await Promise.all(pages.map((page) => overall(page).waitFor()))
    await Promise.all(pages.map((page) => overall(page).getByText('Hài lòng', { exact: true }).tap()))
    const items = [await answerNth(pages[0]!, 0), await answerNth(pages[1]!, 1)]
    await storedWhen(token, (one) => items.every((item) => one.answers[item] !== undefined))
    await Promise.all(contexts.map((context) => context.close()))
  })

  it('makes one answer of two tabs of one browser', async () => {
    const token = await world.newAsk()
    const context = await phone()
    const [one, two] = [await open(context, token), await open(context, token)]
    await overall(one).getByText('Hài lòng', { exact: true }).tap()
    await overall(two).getByRole('radio', { name: 'Hài lòng', exact: true, checked: true }).waitFor()
    const items = [await answerNth(one, 0), await answerNth(two, 1)]
    await send(two)
    await thanks(two)
    await thanks(one)
    const response = await storedWhen(token, (found) => found.complete)
    expect(Object.keys(response.answers).toSorted()).toEqual(['OVERALL', ...items].toSorted())
    await context.close()
  })
})

describe('withdrawing', () => {
  async function sent(token: string): Promise<{ page: Page; code: string }> {
    const page = await open(await phone(), token)
    await overall(page).getByText('Hài lòng', { exact: true }).tap()
    await send(page)
    await thanks(page)
    return { page, code: await page.locator('.code').innerText() }
  }

  it('removes the answer at once from the page that thanks, after asking', async () => {
    const token = await world.newAsk()
    const { page } = await sent(token)
    await page.getByRole('button', { name: 'Rút phiếu', exact: true }).tap()
    await page.getByRole('button', { name: 'Rút phiếu này' }).tap()
    await page.getByRole('heading', { name: 'Đã rút phiếu' }).waitFor()
    expect(await world.stored(token)).toEqual([])
    expect(await page.evaluate('localStorage.length')).toBe(0)
    await page.reload()
    await page.getByRole('heading', { name: 'Phiếu không còn nhận trả lời' }).waitFor()
    await page.context().close()
  })

  it('removes it with the code alone on any other device, typed as people type', async () => {
    const token = await world.newAsk()
    const { page, code } = await sent(token)
    await page.context().close()
    const other = await (await phone()).newPage()
    await other.goto(`${server.url}/withdraw`)
    const withdraw = async (typed: string) => {
      await other.getByLabel('Mã rút phiếu').fill(typed)
      await other.getByRole('button', { name: 'Rút phiếu này' }).tap()
    }
    await withdraw('sai mã')
    await other.getByText('Mã còn thiếu').waitFor()
    await withdraw('K7QM-2XTP-9HWD-4RFS-8NVA')
    await other.getByText('Không có phiếu nào ứng với mã này').waitFor()
    expect(await world.stored(token)).toHaveLength(1)
    await withdraw(code.toLowerCase().replaceAll('-', ' '))
    await other.getByRole('heading', { name: 'Đã rút phiếu' }).waitFor()
    expect(await world.stored(token)).toEqual([])
    await other.context().close()
  })

  it('works with the code of the device that sent, when another one began', async () => {
    const token = await world.newAsk()
    const first = await open(await phone(), token)
    await overall(first).getByText('Hài lòng', { exact: true }).tap()
    await storedWhen(token, () => true)
    const { page, code } = await sent(token)
    expect(code.replaceAll('-', '')).toHaveLength(46)
    const other = await (await phone()).newPage()
    await other.goto(`${server.url}/withdraw`)
    await other.getByLabel('Mã rút phiếu').fill(code)
    await other.getByRole('button', { name: 'Rút phiếu này' }).tap()
    await other.getByRole('heading', { name: 'Đã rút phiếu' }).waitFor()
    expect(await world.stored(token)).toEqual([])
    for (const one of [first, page, other]) await one.context().close()
  })

  it('keeps the receipt through a reload and forgets it when told to', async () => {
    const token = await world.newAsk()
    const { page, code } = await sent(token)
    await page.reload()
    await thanks(page)
    expect(await page.locator('.code').innerText()).toBe(code)
    const kept = await page.evaluate<string>('JSON.stringify(localStorage)')
    expect(kept).toContain('\\"answers\\":{}')
    expect(kept).not.toContain('\\"OVERALL\\":\\"4')
    await page.getByRole('button', { name: 'Xoá mã khỏi thiết bị này' }).tap()
    expect(await page.evaluate('localStorage.length')).toBe(0)
    await page.reload()
    await page.getByRole('heading', { name: 'Phiếu này đã được gửi' }).waitFor()
    await page.context().close()
  })
})

describe('links that cannot be answered', () => {
  it.each([
    ['unknown', () => `hyn${'A'.repeat(22)}`, 'Không tìm thấy phiếu'],
    ['not even a token', () => 'x%00y', 'Không tìm thấy phiếu'],
    ['expired', () => world.newAsk({ expired: true }), 'Phiếu không còn nhận trả lời'],
  ])('%s: one clear page', async (_name, token, heading) => {
    const page = await open(await phone(), await token())
    await page.getByRole('heading', { name: heading }).waitFor()
    await page.context().close()
  })
})
