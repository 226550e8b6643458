import postgres from 'postgres'
import { createAccount } from '../../api/accounts/create.ts'
import { runJob } from '../../api/jobs/run.ts'
import { createServices } from '../../api/services.ts'
import { createDatabase } from '../../db/client.ts'
import { quantile, type Benchmark, type Measurement } from '../support/benchmark.ts'
import { startNodeServer } from '../support/node-server.ts'
import { testSettings } from '../support/settings.ts'
import { submission } from '../support/submission.ts'
import { until } from '../support/until.ts'
import { benchDatabase } from './support/database.ts'
import type { HttpLoad, LoadResult } from './support/http-load.ts'
import { nameOf, PAGES, p95, spread, targetMs, unitsToVisit, visitor, type Page } from './support/page-visits.ts'
import { plainCounts } from './support/plain-pages.ts'
import { fillProvince, findProvince, openAsksOf } from './support/province.ts'
import { processorSeconds } from './support/processor-time.ts'
import { rebuildRate } from './support/rebuild-rate.ts'
import { tableSizes } from './support/table-sizes.ts'
import { inChild } from './support/worker.ts'

const WHO = { email: `quan.tri.${process.pid}.${Date.now()}@bch.example`, password: 'mat-khau-do-toc-do' }
const STEADY = { perSecond: 200, connections: 16 }
interface Visit {
  ms: number
  /** Processor time of the front door and the database together; 0 where it was not asked. */
  processorMs: number
}
type Times = Map<Page, Visit[]>

/**
 * Pages of the office through HTTP on Node, signed in, in a province of `--responses N` answers over three years (default
 * 100 thousand): with everything kept from the visit before; right after an answer has arrived; right after its cell has
 * been counted anew; and while answers keep arriving at 200/s. Beside each, the same counts by plain SQL over the answers'
 * rows (`--plain N` times), and the processor time of a visit. Then sizes, how fast cells are rebuilt, and how far counting lags.
 * `--visits N` for each page and case.
 * `--keep DIR` fills a directory once and measures it again later; `--visits 0` only fills it and tells its sizes.
 */
export const benchmark: Benchmark = async ({ number, text, progress }) => {
  const responses = number('responses', 100_000)
  const visits = number('visits', 20)
  const loadSeconds = number('seconds', 40)
  const plainRuns = number('plain', 5)
  const database = await benchDatabase(
    async (ownerUrl) => void (await fillProvince(ownerUrl, responses, progress)),
    text('keep'),
  )
  const province = await findProvince(database.ownerUrl)
  const { tenantId, provinceId } = province
  const db = createDatabase(database.url, { max: 4 })
  const sql = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined })
  const services = createServices(db, { ...testSettings, SURFACE: 'full' }, { log: () => undefined })
  if (visits === 0) {
    const sizes = await tableSizes(sql)
    await sql.end()
    await db.close()
    await database.drop()
    return sizes
  }
  await createAccount(services, { tenantId, name: 'Quản trị', role: 'administrator', ...WHO })
  const needed = PAGES.length * visits + STEADY.perSecond * loadSeconds + 500
  const secrets = await openAsksOf(database.ownerUrl, province, needed)
  const take = (count: number) => secrets.splice(0, count)
  const measured: Measurement[] = []
  progress('deciding and adding up')
  await runJob(services, 'tally')
  progress('rebuilding cells')
  measured.push(...(await rebuildRate(services, sql, tenantId)))
  const waiting = () => sql<{ n: number; age: number }[]>`
    select count(*)::int as n, coalesce(extract(epoch from clock_timestamp() - min(at)), 0)::float8 as age from tally_change`
  const server = await startNodeServer(database)
  try {
    const port = Number(new URL(server.url).port)
    const office = await visitor(server.url, WHO)
    const next = unitsToVisit(province)
    const unitOf = (page: Page) => (page.about === 'province' ? provinceId : next())
    const load = (job: Pick<HttpLoad, 'tokens' | 'connections' | 'perSecond' | 'seconds'>) =>
      inChild<HttpLoad, LoadResult>('http-load.ts', {
        door: 'responses',
        port,
        ...job,
      })
    const answer = async () => {
      const [token = ''] = take(1)
      const { status } = await fetch(`${server.url}/api/responses`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(submission(token)),
      })
      if (status !== 201) throw new Error(`an answer was not stored: ${status}`)
    }
    const counted = () => until('the cell to be counted', async () => ((await waiting())[0]?.n === 0 ? true : null))

    const used = () => 1000 * ((processorSeconds([server.pid]) ?? 0) + (database.processorSeconds() ?? 0))
    const visit = async (page: Page): Promise<Visit> => {
      const before = used()
      const ms = await office.open(page, unitOf(page))
      return { ms, processorMs: used() - before }
    }

    progress('plain SQL')
    const plain = await timesOf(PAGES, plainRuns, async (page) => ({
      ms: await plainCounts(sql, tenantId, page, unitOf(page)),
      processorMs: 0,
    }))
    progress('everything kept')
    for (const page of PAGES) for (let k = 0; k < 3; k += 1) await visit(page)
    const kept = await timesOf(PAGES, visits, visit)
    progress('after an answer, and after it was counted')
    const fresh: Times = new Map()
    const recounted: Times = new Map()
    for (const page of PAGES)
      for (let k = 0; k < visits; k += 1) {
        await answer()
        push(fresh, page, await visit(page))
        await counted()
        push(recounted, page, await visit(page))
      }
    progress(`answers at ${STEADY.perSecond}/s`)
    const lag: { n: number; age: number }[] = []
    const under: Times = new Map()
    const arriving = load({ tokens: take(STEADY.perSecond * loadSeconds), ...STEADY, seconds: loadSeconds })
    const last = performance.now() + (loadSeconds - 1) * 1000
    for (let k = 0; performance.now() < last; k += 1) {
      const page = PAGES[k % PAGES.length]
      if (page === undefined) break
      push(under, page, await visit(page))
      lag.push(...(await waiting()))
    }
    const arrived = await arriving
    for (const [name, times] of Object.entries({
      'everything kept': kept,
      'right after an answer': fresh,
      'right after it was counted': recounted,
      [`answers arriving at ${STEADY.perSecond}/s`]: under,
    }))
      for (const page of PAGES) measured.push(...figure(name, page, times, plain))
    measured.push(...lagFigures(lag, arrived))
    progress('sizes')
    measured.push(...(await tableSizes(sql)))
    return measured
  } finally {
    await server.stop()
    await sql.end()
    await db.close()
    await database.drop()
  }
}

async function timesOf(pages: readonly Page[], runs: number, open: (page: Page) => Promise<Visit>): Promise<Times> {
  const times: Times = new Map()
  for (let run = 0; run < runs; run += 1) for (const page of pages) push(times, page, await open(page))
  return times
}

function push(times: Times, page: Page, visit: Visit): void {
  times.set(page, [...(times.get(page) ?? []), visit])
}

function figure(name: string, page: Page, times: Times, plain: Times): Measurement[] {
  const visits = times.get(page) ?? []
  if (visits.length === 0) return []
  const msOf = (list: readonly Visit[]) => list.map(({ ms }) => ms)
  const own = msOf(visits)
  const processor = Math.round(visits.reduce((sum, { processorMs }) => sum + processorMs, 0) / visits.length)
  return [
    {
      name: `${name}: ${nameOf(page)}, p95`,
      unit: 'ms',
      value: p95(own),
      baseline: { name: 'plain SQL over the rows', value: p95(msOf(plain.get(page) ?? [])) },
      note: `${spread(own)}; processor ${processor} ms; aim < ${targetMs(page)}`,
    },
  ]
}

/** How far counting is behind, seen between pages, and what the senders of answers felt. */
function lagFigures(lag: readonly { n: number; age: number }[], arrived: LoadResult): Measurement[] {
  const ages = lag.map(({ age }) => age).toSorted((a, b) => a - b)
  const most = Math.max(...lag.map(({ n }) => n))
  const rate = `${(arrived.created / arrived.seconds).toFixed(0)}/s stored, ${arrived.others} refused`
  return [
    {
      name: 'lag of counting, p95',
      unit: 's',
      value: quantile(ages, 0.95),
      note: `at most ${most} changes wait; ${rate}`,
    },
    { name: 'reply to an answer meanwhile, p99', unit: 'ms', value: quantile(arrived.latenciesMs, 0.99) },
  ]
}
