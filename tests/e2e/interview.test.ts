import { resolve } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAccount } from '../../api/accounts/create.ts'
import { createApp } from '../../api/app.ts'
import { assignInterviewer } from '../../api/campaigns/cases.ts'
import { type Door, listen } from '../../api/node/listen.ts'
import { createServices } from '../../api/services.ts'
import { createDatabase, type Database } from '../../db/client.ts'
import { FRAME_DESIGN, openWorldCampaign, type OpenCase } from '../support/campaign.ts'
import { launchBrowser } from '../support/chromium.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { testSettings } from '../support/settings.ts'
import { until } from '../support/until.ts'
import { buildWorld, type World } from '../support/world.ts'
import { wcagFaults } from './axe.ts'
import { everyKind } from './every-kind.ts'
import { publish } from './survey-world.ts'

/** An interviewer's tablet, offline for days, against the real server. */
let database: TestDatabase
let world: World
let db: Database
let door: Door
/** Cuts connections after the server has stored what came, before its reply has gone out. */
let isCut = false
let browser: Browser
let tablet: BrowserContext
let cases: OpenCase[]
const binh = { email: 'binh@thu.example', password: 'mat-khau-thu-nghiem' }
const an = { email: 'an@thu.example', password: 'mat-khau-thu-nghiem' }

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  await publish(world, everyKind)
  const allocation = { kind: 'proportional' as const, total: 8, minimum: 2 }
  const campaign = await openWorldCampaign(world, {
    input: {
      questionnaire: { code: everyKind.code, version: 1 },
      design: { ...FRAME_DESIGN, allocation, contactsToInterviewers: true },
    },
  })
  cases = campaign.cases
  const { services, tenant } = world
  const account = { tenantId: tenant.id, name: 'Lê Văn An', role: 'interviewer' as const, ...an }
  const { userId } = await createAccount(services, account)
  await createAccount(services, { tenantId: tenant.id, name: 'Trần Bình', role: 'interviewer', ...binh })
  const by = { tenantId: tenant.id, actor: 'test' }
  await assignInterviewer(services, by, campaign.id, userId, { cases: cases.map(({ id }) => id) })
  db = createDatabase(database.url, { max: 4 })
  const app = createApp(() => createServices(db, { ...testSettings, SURFACE: 'full' }, { log: () => undefined }))
  const cutting = Object.assign(Object.create(app) as typeof app, {
    fetch: async (request: Request) => {
      const reply = await app.fetch(request)
      const isBatch = request.method === 'POST' && new URL(request.url).pathname === '/api/interviews'
      return isBatch && isCut ? new Response(new ReadableStream({ start: (out) => out.error() }), reply) : reply
    },
  })
  door = await listen({ host: '127.0.0.1', port: 0, trustProxy: false })
  door.open(cutting, { dist: resolve(import.meta.dirname, '../../dist/client'), citizenOnly: false })
  browser = await launchBrowser()
  tablet = await browser.newContext({ viewport: { width: 768, height: 1024 }, hasTouch: true, reducedMotion: 'reduce' })
})

afterAll(async () => {
  await browser?.close()
  await door?.close()
  await db?.close()
  await world?.stop()
  await database?.drop()
})

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 }).waitFor()
const row = (page: Page, one: OpenCase) => page.getByRole('button', { name: one.code })
const kept = (page: Page) =>
  page.locator('[role=status]:not(.visually-hidden)').getByText('Đã lưu trên máy này.').waitFor()
async function signIn(page: Page, who: { email: string; password: string }): Promise<void> {
  await page.getByLabel('Thư điện tử').fill(who.email)
  await page.getByLabel('Mật khẩu').fill(who.password)
  await page.keyboard.press('Enter')
}
const SYNC = 'Gửi và cập nhật danh sách'

async function open(): Promise<Page> {
  const page = await tablet.newPage()
  await page.goto(`${door.origin}/phong-van`)
  return page
}

/** Nothing of WCAG 2.2 AA broken, and nothing off to the side on a phone, a desk and the tablet. */
async function accessible(page: Page, state: string): Promise<void> {
  expect(await wcagFaults(page), state).toEqual([])
  for (const width of [360, 1366, 768]) {
    await page.setViewportSize({ width, height: 1024 })
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
    expect(overflow, `${state}, ${width}: sideways`).toBeLessThanOrEqual(0)
  }
}

/** Presses Tab until what has the focus is named so. */
async function reach(page: Page, name: string | RegExp): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate<string>(`(() => {
      const at = document.activeElement
      // the page itself has every name in it
      if (at === document.body) return ''
      const label = at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent
      return (at.closest('fieldset')?.querySelector('legend')?.textContent ?? '') + '|' + label
    })()`)
    if (typeof name === 'string' ? at.includes(name) : name.test(at)) return
  }
  throw new Error(`no way by Tab to ${String(name)}`)
}
async function key(page: Page, name: string | RegExp, pressed = 'Enter'): Promise<void> {
  await reach(page, name)
  await page.keyboard.press(pressed)
}

const answers = () => world.sql`
  select c.id::int as case, a.answers, a.complete, a.revision, a.standing, a.mode, a.device_seq
  from survey_answer a join survey_case c on c.tenant_id = a.tenant_id and c.id = a.case_id order by a.device_seq`
const apart = async () => (await world.sql`select answers from survey_private`).map((one) => one['answers'])

it('an interviewer downloads the cases, interviews for days without a network, and everything is stored once', async () => {
  let page = await tablet.newPage()
  const cdp = await tablet.newCDPSession(page)
  await cdp.send('Network.enable')
  let bytes = 0
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  await page.goto(`${door.origin}/phong-van`)
  await heading(page, 'Đăng nhập để phỏng vấn')
  await page.waitForLoadState('networkidle')
  expect(bytes).toBeGreaterThan(10_000)
  expect(bytes).toBeLessThanOrEqual(70_000)
  await accessible(page, 'signed out')
  await signIn(page, { ...an, password: 'sai-mat-khau' })
  await page.getByText('Thư điện tử hoặc mật khẩu không đúng.').waitFor()
  await signIn(page, an)
  await heading(page, 'Chuẩn bị máy này')
  await accessible(page, 'unprepared')
  await page.getByLabel('Tên máy').fill('Máy số 7')
  await button(page, 'Tải danh sách về máy').tap()
  await row(page, cases[0]!).waitFor()
  expect(await page.getByRole('listitem').filter({ hasText: 'Chưa hỏi' }).count()).toBe(cases.length)
  await row(page, cases[0]!)
    .getByText(/Công ty Sao Mai/)
    .waitFor()
  await accessible(page, 'the list')
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')

  // for days without a network
  await tablet.setOffline(true)
  await page.getByText('Máy không có mạng.').waitFor()
  await page.reload()
  await row(page, cases[0]!).waitFor()
  await accessible(page, 'the list without a network')

  // one by keyboard, cut off in the middle
  const [first, second, third] = cases as [OpenCase, OpenCase, OpenCase]
  await key(page, first.code)
  await heading(page, /Công ty Sao Mai/)
  await accessible(page, 'the beginning')
  await key(page, 'Bắt đầu phỏng vấn')
  await heading(page, 'Về doanh nghiệp')
  await reach(page, /^Loại hình/)
  await page.keyboard.press('ArrowDown')
  await key(page, /Kê khai thuế/, 'Space')
  await reach(page, 'Có bao nhiêu lao động?')
  await page.keyboard.type('25')
  await key(page, 'Tiếp tục')
  await heading(page, 'Nhận xét')
  await kept(page)
  await page.reload()
  await heading(page, 'Nhận xét')
  await accessible(page, 'under way')
  await page.close()
  page = await open()
  await row(page, first).getByText('Đang hỏi dở').waitFor()
  await key(page, first.code)
  await key(page, 'Hỏi tiếp (3 câu đã trả lời)')
  await heading(page, 'Về doanh nghiệp')
  for (const part of ['Nhận xét', 'Chi phí', 'Các sở đã làm việc', 'Góp ý', 'Trước khi kết thúc phỏng vấn']) {
    await key(page, 'Tiếp tục')
    await heading(page, part)
    if (part === 'Chi phí') {
      await reach(page, /^Có phải trả thêm/)
      await page.keyboard.press('Space')
    }
  }
  await accessible(page, 'the look back')
  await key(page, 'Kết thúc phỏng vấn')
  await page.getByText('Phiếu đã xong và nằm trên máy này.').waitFor()
  await accessible(page, 'finished')

  // one by touch
  await button(page, 'Về danh sách').tap()
  await row(page, second).tap()
  await button(page, 'Bắt đầu phỏng vấn').tap()
  await page
    .getByRole('group', { name: /^Loại hình/ })
    .getByText('Loại khác')
    .tap()
  for (let part = 0; part < 5; part += 1) await button(page, 'Tiếp tục').tap()
  await button(page, 'Kết thúc phỏng vấn').tap()
  await page.getByText('Phiếu đã xong và nằm trên máy này.').waitFor()

  // and a visit in vain
  await button(page, 'Về danh sách').tap()
  await row(page, third).tap()
  await page.getByText('Không gặp được').tap()
  await button(page, 'Ghi kết quả').tap()
  await page.getByText('Đã ghi trên máy: Không gặp được.').waitFor()
  await page.close()
  page = await open()
  await page.getByText('2 phiếu đã xong, chưa gửi').waitFor()
  await page.getByText('1 lần đến chưa gửi kết quả').waitFor()
  expect(await answers()).toEqual([])

  // back online: the reply of the first sync is cut off after the server has stored it
  isCut = true
  await tablet.setOffline(false)
  await button(page, SYNC).tap()
  await until('the first sync', async () => ((await answers()).length === 2 ? true : null))
  await page.getByText('Chưa kết nối được với máy chủ.').waitFor()
  await page.getByText('2 phiếu đã xong, chưa gửi').waitFor()
  isCut = false
  await button(page, SYNC).dblclick()
  await page.getByText('Đã gửi 3 mục').waitFor()
  await page.getByText('Không có gì chưa gửi.').waitFor()
  await row(page, first).getByText('Đã gửi', { exact: true }).waitFor()
  await row(page, third).getByText('Chưa hỏi · Không gặp được').waitFor()
  await accessible(page, 'sent')
  const once = { complete: true, revision: 1, standing: 'main', mode: 'interviewer' }
  expect((await answers()).map((one) => ({ ...one }))).toEqual([
    { ...once, case: first.id, device_seq: 1, answers: { KIND: 'other', USED: ['tax'], WORKERS: 25 } },
    { ...once, case: second.id, device_seq: 2, answers: { KIND: 'other' } },
  ])
  expect(await apart()).toEqual([{ PAID: 'yes' }])
  const receipts = await world.sql`select seq, outcome, disposition from survey_receipt order by seq`
  expect(receipts.map((one) => ({ ...one }))).toEqual([
    { seq: 1, outcome: 'stored', disposition: null },
    { seq: 2, outcome: 'stored', disposition: null },
    { seq: 3, outcome: 'noted', disposition: 'noncontact' },
  ])
  expect(await page.evaluate<string>(ON_TABLET)).not.toContain('PAID')

  // the sign-in ends while an interview is under way: it stays, and is sent after signing in again
  await row(page, third).tap()
  await button(page, 'Bắt đầu phỏng vấn').tap()
  await page
    .getByRole('group', { name: /^Loại hình/ })
    .getByText('Công ty TNHH')
    .tap()
  await kept(page)
  await world.sql`delete from "session"`
  await button(page, 'Về danh sách').tap()
  await button(page, SYNC).tap()
  await page.getByText('Phiên đăng nhập đã hết.').waitFor()
  await page.getByText('1 phiếu đang hỏi dở').waitFor()
  await accessible(page, 'the sign-in has expired')
  await page.getByLabel('Mật khẩu').fill(an.password)
  await button(page, 'Đăng nhập').tap()
  await page.getByText('Đã gửi 1 mục').waitFor()
  expect((await answers()).at(-1)).toMatchObject({ case: third.id, complete: false, answers: { KIND: 'ltd' } })

  // whoever signs out with something unsent is told what stays; another person does not see it, and it is found again
  await page.getByText('Không có gì chưa gửi.').waitFor()
  await row(page, third).tap()
  await button(page, 'Hỏi tiếp (1 câu đã trả lời)').tap()
  await page.getByLabel('Có bao nhiêu lao động?').fill('7')
  await kept(page)
  const tab = await open()
  await row(tab, third).tap()
  await tab.getByText('Phiếu này đang mở ở một thẻ khác').waitFor()
  await accessible(tab, 'open in another tab')
  await tab.close()
  await button(page, 'Về danh sách').tap()
  await page.getByText('Máy số 7').click()
  await button(page, 'Đăng xuất').tap()
  await page.getByRole('dialog', { name: 'Đăng xuất khi còn phiếu chưa gửi?' }).waitFor()
  await accessible(page, 'signing out')
  await button(page, 'Vẫn đăng xuất').tap()
  await heading(page, 'Đăng nhập để phỏng vấn')
  await page.getByText(`Máy này còn phiếu chưa gửi của ${an.email}.`).waitFor()
  expect(await page.evaluate<string>(ON_TABLET)).not.toContain(first.code)
  await until('the end of the session', async () =>
    (await world.sql`select 1 from "session"`).length === 0 ? true : null,
  )
  await signIn(page, binh)
  await button(page, 'Tải danh sách về máy').tap()
  await page.getByText('Chưa có đối tượng nào được giao.').waitFor()
  await page.getByText(`Máy này còn phiếu chưa gửi của ${an.email}.`).waitFor()
  await accessible(page, 'another person')
  await page.getByText('Máy của Trần Bình').click()
  await button(page, 'Đăng xuất').tap()
  await signIn(page, an)
  await button(page, 'Tải danh sách về máy').tap()
  await row(page, third).getByText('Đang hỏi dở').waitFor()
  await row(page, first).getByText('Đã gửi', { exact: true }).waitFor()
  expect((await answers()).at(-1)).toMatchObject({ case: third.id, revision: 2, answers: { KIND: 'ltd', WORKERS: 7 } })
  const devices = await world.sql`select label, last_seq from survey_device order by last_seq`
  expect(devices.map((one) => ({ ...one }))).toEqual([
    { label: 'Máy của Trần Bình', last_seq: 0 },
    { label: 'Máy số 7', last_seq: 5 },
  ])
  await page.close()
}, 120_000)

it('whoever is signed in at the office goes from there to the page for interviews without a second password', async () => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(`${door.origin}/dang-nhap`)
  await signIn(page, an)
  await heading(page, 'Công việc điều tra')
  expect(await page.getByRole('navigation').getByRole('link').allInnerTexts()).toEqual(['Phỏng vấn'])
  expect(await wcagFaults(page)).toEqual([])
  await page.getByRole('link', { name: 'Mở trang phỏng vấn' }).click()
  await heading(page, 'Chuẩn bị máy này')
  await context.close()
})

/** Everything in the tablet's database, as text. */
const ON_TABLET = `new Promise((done, failed) => {
  const opening = indexedDB.open('lang-nghe-interviews')
  opening.onerror = () => failed(opening.error)
  opening.onsuccess = async () => {
    const db = opening.result
    const trx = db.transaction([...db.objectStoreNames])
    const all = await Promise.all([...db.objectStoreNames].map((name) => new Promise((got) => {
      const request = trx.objectStore(name).getAll()
      request.onsuccess = () => got(name === 'campaigns' ? [] : request.result)
    })))
    db.close()
    done(JSON.stringify(all))
  }
})`
