import { createServer } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext } from 'playwright-core'
import { launchBrowser } from '../support/chromium.ts'
import { type Benchmark, type Measurement, quantile } from '../support/benchmark.ts'
import { startNodeServer } from '../support/node-server.ts'
import { SLOW, type Visit, visit } from '../support/phone.ts'
import { slowLine } from '../support/slow-line.ts'
import { startWorkerd } from '../support/workerd.ts'
import { ratingWorld, type RatingWorld } from '../e2e/rating-world.ts'
import { benchDatabase } from './support/database.ts'

const KIB = 1024

/**
 * The rating page on a cheap phone (150 ms round trip, 1.6 Mbit/s, processor four times slower): from the navigation until
 * the first tap is on the device and on the screen. First visits with nothing kept, on Node and workerd; later visits from
 * the service worker. Beside each: the same questions as one plain document without script, opened and tapped alike.
 * `--runs N` (default 15); the figures are medians.
 */
export const benchmark: Benchmark = async ({ number, progress }) => {
  const runs = number('runs', 15)
  const database = await benchDatabase()
  const world = await ratingWorld(database.ownerUrl)
  const node = await startNodeServer({ url: database.url, ownerUrl: database.ownerUrl })
  const workerd = await startWorkerd({ url: database.url })
  const browser = await launchBrowser()
  const plain = await plainPage(browser, `${node.url}/r/${await world.newAsk()}`)
  try {
    const measured: Measurement[] = []
    for (const [name, server] of [
      ['Node', node],
      ['workerd', workerd],
    ] as const) {
      progress(`first visits on ${name}`)
      const pages: Visit[] = []
      const plains: Visit[] = []
      // In turn, so that both see the same machine; the first pair warms the server and is dropped.
      for (let run = 0; run <= runs; run += 1) {
        pages.push(await first(browser, `${server.url}/r/${await world.newAsk()}`, true))
        plains.push(await first(browser, plain.url, false))
      }
      measured.push(...firstFigures(name, pages.slice(1), plains.slice(1)))
    }
    progress('later visits')
    measured.push(...(await laterFigures(browser, world, node.url, plain.url, runs)))
    return measured
  } finally {
    await browser.close()
    await plain.stop()
    await Promise.all([node.stop(), workerd.stop()])
    await world.stop()
    await database.drop()
  }
}

const phone = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true, locale: 'vi-VN' })

async function first(browser: Browser, url: string, untilSaved: boolean): Promise<Visit> {
  const context = await phone(browser)
  try {
    return await visit(context, url, { untilSaved })
  } finally {
    await context.close()
  }
}

function firstFigures(name: string, pages: readonly Visit[], plains: readonly Visit[]): Measurement[] {
  const bytes = (visits: readonly Visit[]) => visits.map((one) => Object.values(one.bytes).reduce((a, b) => a + b, 0))
  const [typical] = pages
  const parts = Object.entries(typical?.bytes ?? {}).map(([path, size]) => `${path} ${(size / KIB).toFixed(1)}`)
  return [
    timed(`first visit on ${name}: first tap handled`, pages, plains, (one) => one.handledMs),
    timed(`first visit on ${name}: that tap acknowledged by the server`, pages, plains, (one) => one.savedMs),
    {
      name: `first visit on ${name}: over the line until then, heads included`,
      unit: 'KiB',
      value: median(bytes(pages)) / KIB,
      baseline: { name: 'plain document', value: median(bytes(plains)) / KIB },
      note: parts.join(', '),
    },
  ]
}

/** The line is a real one here, not the browser's emulation, which would leave the service worker out. */
async function laterFigures(
  browser: Browser,
  world: RatingWorld,
  serverUrl: string,
  plainUrl: string,
  runs: number,
): Promise<Measurement[]> {
  const lines = await Promise.all([serverUrl, plainUrl].map((url) => slowLine(url, { ...SLOW, setUpRoundTrips: 0 })))
  const [page, plain] = lines.map((line) => line.url)
  const same: Visit[] = []
  const other: Visit[] = []
  const plains: Visit[] = []
  try {
    for (let run = 0; run <= runs; run += 1) {
      const context = await phone(browser)
      const begun = `${page}/r/${await world.newAsk()}`
      await settle(context, begun)
      const slow = { cached: true, line: 'its own', untilSaved: false } as const
      same.push(await visit(context, begun, slow))
      other.push(await visit(context, `${page}/r/${await world.newAsk()}`, slow))
      plains.push(await visit(context, `${plain}/`, slow))
      await context.close()
    }
  } finally {
    await Promise.all(lines.map((line) => line.stop()))
  }
  const handled = (one: Visit): number => one.handledMs
  return [
    timed('later visit, the same link: first tap handled', same.slice(1), plains.slice(1), handled),
    timed('later visit, another link: first tap handled', other.slice(1), plains.slice(1), handled),
  ]
}

/** A first visit that was answered, and after which the service worker has kept the page. */
async function settle(context: BrowserContext, url: string): Promise<void> {
  const page = await context.newPage()
  await page.goto(url)
  await page.getByText('Hài lòng', { exact: true }).tap()
  await page.getByRole('status').getByText('Đã lưu.').waitFor()
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
  await page.close()
}

function timed(
  name: string,
  visits: readonly Visit[],
  plains: readonly Visit[],
  of: (one: Visit) => number | null,
): Measurement {
  const values = visits.map((one) => of(one) ?? Number.NaN).toSorted((a, b) => a - b)
  const note = `n ${values.length}, ${Math.round(values[0] ?? 0)} to ${Math.round(values.at(-1) ?? 0)}`
  return {
    name,
    unit: 'ms',
    value: median(values),
    baseline: { name: 'plain document', value: median(plains.map((one) => one.handledMs)) },
    note,
  }
}

const median = (values: readonly number[]): number =>
  quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  )

/** The page's first screen as one document with its style and no script, on a server of its own. */
async function plainPage(browser: Browser, url: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const page = await browser.newPage()
  await page.goto(url)
  await page.getByText('Rất hài lòng', { exact: true }).waitFor()
  const { style, body } = await page.evaluate<{ style: string; body: string }>(`({
    style: [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)).join(''),
    body: document.body.innerHTML,
  })`)
  await page.close()
  const head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
  const html = `<!doctype html><html lang="vi" data-plain>${head}<style>${style}</style>${body}</html>`
  const zipped = gzipSync(html)
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip', 'cache-control': 'no-store' })
    response.end(zipped)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
