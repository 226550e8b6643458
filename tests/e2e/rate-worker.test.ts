import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createApp } from '../../api/app.ts'
import { type Door, listen } from '../../api/node/listen.ts'
import { createServices } from '../../api/services.ts'
import { createDatabase, type Database } from '../../db/client.ts'
import { launchBrowser } from '../support/chromium.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { testSettings } from '../support/settings.ts'
import { until } from '../support/until.ts'
import { ratingWorld, type RatingWorld } from './rating-world.ts'

const built = resolve(import.meta.dirname, '../../dist/client')
const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-builds-'))
let database: TestDatabase
let db: Database
let world: RatingWorld
let door: Door
let browser: Browser
/** Every request that reached the application. */
const asked: string[] = []

beforeAll(async () => {
  database = await testDatabase()
  world = await ratingWorld(database.ownerUrl)
  db = createDatabase(database.url, { max: 4 })
  door = await listen({ host: '127.0.0.1', port: 0, trustProxy: false })
  browser = await launchBrowser()
})
beforeEach(() => deploy(built))

afterAll(async () => {
  await browser?.close()
  await door?.close()
  await db?.close()
  await world?.stop()
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

/** Puts a build behind the door, as a restart with new files does. */
function deploy(dist: string): void {
  const services = createServices(db, { ...testSettings, SURFACE: 'full' }, { log: () => undefined })
  const app = createApp(() => services)
  const counted = Object.assign(Object.create(app) as typeof app, {
    fetch: (request: Request) => {
      asked.push(`${request.method} ${new URL(request.url).pathname}`)
      return app.fetch(request)
    },
  })
  door.open(counted, { dist, citizenOnly: false })
}

/** The present build with another script under another name; the old script is gone. */
function nextBuild(): string {
  const dist = join(folder, 'next')
  cpSync(built, dist, { recursive: true })
  const old = readdirSync(join(dist, 'assets')).find((file) => /^rate-[\w-]{8}\.js$/.test(file)) ?? ''
  const change = (file: string, edit: (text: string) => string): void =>
    writeFileSync(join(dist, file), edit(readFileSync(join(dist, file), 'utf8')))
  change(`assets/${old}`, (text) => `${text}\ndocument.documentElement.dataset.build = 'next'`)
  renameSync(join(dist, 'assets', old), join(dist, 'assets/rate-next.js'))
  change('rate.html', (text) => text.replace(old, 'rate-next.js'))
  change('rate-worker.js', (text) => text.replace(old, 'rate-next.js').replace(/BUILD="\w+"/, 'BUILD="next"'))
  return dist
}

const phone = (): Promise<BrowserContext> =>
  browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true, reducedMotion: 'reduce' })
const overall = (page: Page) => page.getByRole('group', { name: /^Nhìn chung/ })
const choice = (page: Page, name: string) => overall(page).getByRole('radio', { name, exact: true })
const tap = (page: Page, name: string) => overall(page).getByText(name, { exact: true }).tap()
const cacheNames = (page: Page) => page.evaluate<string[]>('caches.keys()')

async function open(context: BrowserContext, token: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${door.origin}/r/${token}`)
  return page
}

/** A phone on which one link has been answered, and whose browser has kept the page. */
async function answeredPhone(): Promise<{ context: BrowserContext; token: string }> {
  const context = await phone()
  const token = await world.newAsk()
  const page = await open(context, token)
  await tap(page, 'Hài lòng')
  await page.getByRole('status').getByText('Đã lưu.').waitFor()
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
  await page.close()
  return { context, token }
}

it('opens again without the network; what is tapped then is kept, and sent once the network is back', async () => {
  const { context, token } = await answeredPhone()
  await context.setOffline(true)
  const page = await open(context, token)
  await choice(page, 'Hài lòng').and(page.locator(':checked')).waitFor()
  await tap(page, 'Bình thường')
  await page.getByRole('status').getByText('Chưa gửi: 1 câu').waitFor()
  expect((await world.stored(token))[0]?.answers).toEqual({ OVERALL: '4' })
  // what a page sends while it closes outlives it, and with it the network that only this browser thinks away
  await page.close()

  const again = await open(context, token)
  await choice(again, 'Bình thường').and(again.locator(':checked')).waitFor()
  await context.setOffline(false)
  await until('the queued answer', async () => {
    const [stored] = await world.stored(token)
    return stored?.answers['OVERALL'] === '3' ? stored : null
  })
  await context.close()
})

it('says of a link that was never opened here what to do, and opens it once the network is back', async () => {
  const { context } = await answeredPhone()
  await context.setOffline(true)
  const page = await open(context, await world.newAsk())
  await page.getByRole('heading', { name: 'Chưa mở được phiếu' }).waitFor()
  await context.setOffline(false)
  await overall(page).waitFor()
  await context.close()
})

it('keeps no secret and no answer of the server: only the files of the build, the same for everybody', async () => {
  const { context, token } = await answeredPhone()
  const second = await world.newAsk()
  const page = await open(context, second)
  await tap(page, 'Bình thường')
  await page.getByRole('status').getByText('Đã lưu.').waitFor()
  expect(await page.evaluate('navigator.serviceWorker.controller !== null')).toBe(true)
  const kept = await page.evaluate<{ url: string; headers: string; text: string }[]>(`(async () => {
    const found = []
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        const response = await cache.match(request)
        found.push({ url: request.url, headers: JSON.stringify([...response.headers]), text: await response.text() })
      }
    }
    return found
  })()`)
  const paths = kept.map(({ url }) => url.replace(door.origin, '')).toSorted()
  expect(paths.map((path) => path.replace(/-[\w-]{8}\./, '.'))).toEqual([
    '/assets/icon.svg',
    '/assets/rate.css',
    '/assets/rate.js',
    '/r/',
  ])
  for (const secret of [token, second, 'Đông Hưng']) expect(JSON.stringify(kept)).not.toContain(secret)
  expect(await page.evaluate('indexedDB.databases()')).toEqual([])
  await context.close()
})

it('asks for an invitation once per opening: announced in the head at first, later by the worker; others are not touched', async () => {
  const { context, token } = await answeredPhone()
  const times = (one: string) => asked.filter((request) => request === `GET /api/invitations/${one}`).length
  expect(times(token)).toBe(1)
  const second = await world.newAsk()
  const page = await open(context, second)
  await tap(page, 'Hài lòng')
  await page.getByRole('status').getByText('Đã lưu.').waitFor()
  expect(times(second)).toBe(1)
  await page.reload()
  await choice(page, 'Hài lòng').and(page.locator(':checked')).waitFor()
  await until('the second look', () => (times(second) === 2 ? true : null))
  await page.goto(`${door.origin}/withdraw`)
  expect(await page.evaluate('navigator.serviceWorker.controller')).toBeNull()
  await context.close()
})

it('gives way to a new build only when no rating page is open, and never mixes the two', async () => {
  const { context, token } = await answeredPhone()
  const inUse = await open(context, token)
  await choice(inUse, 'Hài lòng').and(inUse.locator(':checked')).waitFor()
  const [before] = await cacheNames(inUse)

  deploy(nextBuild())
  await inUse.evaluate('navigator.serviceWorker.getRegistration().then((one) => one.update()).then(() => true)')
  await until('the new worker is ready', () =>
    inUse.evaluate<boolean | null>(
      'navigator.serviceWorker.getRegistration().then((one) => (one.waiting === null ? null : true))',
    ),
  )
  await tap(inUse, 'Rất hài lòng')
  await until('the answer of the page in use', async () =>
    (await world.stored(token))[0]?.answers['OVERALL'] === '5' ? true : null,
  )
  await inUse.reload()
  await choice(inUse, 'Rất hài lòng').and(inUse.locator(':checked')).waitFor()
  expect(await inUse.locator('html').getAttribute('data-build')).toBeNull()
  await inUse.close()

  const page = await context.newPage()
  await until('the new build', async () => {
    await page.goto(`${door.origin}/withdraw`)
    await page.goto(`${door.origin}/r/${token}`)
    return (await page.locator('html').getAttribute('data-build')) === 'next' ? true : null
  })
  await choice(page, 'Rất hài lòng').and(page.locator(':checked')).waitFor()
  await until('the old files are gone', async () => {
    const names = await cacheNames(page)
    return names.length === 1 && names[0] !== before ? true : null
  })
  await context.setOffline(true)
  await page.reload()
  await choice(page, 'Rất hài lòng').and(page.locator(':checked')).waitFor()
  await context.close()
})
