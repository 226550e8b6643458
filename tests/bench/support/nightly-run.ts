import postgres from 'postgres'
import { createDatabase } from '../../../db/client.ts'
import type { IndexDefinition } from '../../../api/core/index/definition.ts'
import { REGISTER_CODES } from '../../../api/core/index/run/register.ts'
import { calendarPeriod } from '../../../api/core/time/period.ts'
import { allShipped } from '../../../api/indices/editions/edition.ts'
import { makeRuns } from '../../../api/indices/runs/make.ts'
import { createServices } from '../../../api/services.ts'
import type { BenchmarkOptions, Measurement } from '../../support/benchmark.ts'
import { testSettings } from '../../support/settings.ts'
import { benchDatabase } from './database.ts'
import { ownProcessorSeconds } from './processor-time.ts'
import { fillProvince } from './province.ts'

/** Units of a large province: 20 departments, their centre, and communes of which most have a one-stop shop. */
const PROVINCE = { communes: 290, shops: 189, years: 1 }

/**
 * A province's night: twelve months of a million answers read, weighed to the register, linearised by unit and day, scored
 * under every shipped edition that they can fill and stored. Beside it what plain SQL does of it: means of single items and their linearised
 * errors by unit and month, without weights, covariances, composites or suppression.
 */
export async function nightlyRun(options: BenchmarkOptions): Promise<Measurement[]> {
  const responses = options.number('responses', 1_000_000)
  const database = await benchDatabase()
  try {
    const { tenantId } = await fillProvince(database.ownerUrl, responses, options.progress, PROVINCE)
    const db = createDatabase(database.url, { max: 4 })
    try {
      const services = createServices(
        db,
        { ...testSettings, SURFACE: 'full' },
        { log: () => undefined, now: () => new Date('2026-01-10T20:00:00Z') },
      )
      const months = Array.from({ length: 12 }, (_, k) => `2025-${String(k + 1).padStart(2, '0')}`)
      const periods = months.map((month) => calendarPeriod(month, month)).filter((period) => period !== null)
      const editions = allShipped().filter(({ definition }) => isAsked(definition))
      const nights: { seconds: number; own: number; server: number | null; runs: number }[] = []
      for (let night = 0; night < options.number('nights', 2); night += 1) {
        options.progress('the night')
        await forgetRuns(database.ownerUrl)
        const before = { at: performance.now(), own: ownProcessorSeconds(), server: database.processorSeconds() }
        const runs = await makeRuns(services, { tenantId, actor: 'bench', nightly: true }, periods, editions)
        const server = database.processorSeconds()
        nights.push({
          seconds: (performance.now() - before.at) / 1000,
          own: ownProcessorSeconds() - before.own,
          server: server === null || before.server === null ? null : server - before.server,
          runs: runs.length,
        })
      }
      const best = nights.reduce((quickest, night) => (night.seconds < quickest.seconds ? night : quickest))
      options.progress('plain SQL')
      const plainSeconds = await plainSql(database.ownerUrl, tenantId)
      return [
        {
          name: `nightly run, ${responses} responses, 500 units, 12 months, ${editions.length} shipped editions`,
          unit: 's',
          value: best.seconds,
          baseline: { name: 'single items in plain SQL', value: plainSeconds },
          note: `quickest of ${nights.length}; ${best.runs} runs stored with inputs and scores; processor time ${best.own.toFixed(1)} s here and ${best.server?.toFixed(1) ?? '?'} s in PostgreSQL`,
        },
        { name: 'nightly run, peak memory of the process', unit: 'MB', value: process.resourceUsage().maxRSS / 1024 },
      ]
    } finally {
      await db.close()
    }
  } finally {
    await database.drop()
  }
}

/** Shipped editions that ratings or the register can fill; the others wait for imported figures, and no night makes them. */
function isAsked({ indicators }: IndexDefinition): boolean {
  return indicators.some(({ from }) => {
    if (from === undefined) return false
    return 'hard' in from ? REGISTER_CODES.has(from.hard) : from.instrument === 'dossier-rating'
  })
}

/** As if it were the first night: nothing is there that could stay as it is. */
async function forgetRuns(ownerUrl: string): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined })
  try {
    await sql`truncate index_input, index_score, index_run`
    await sql`checkpoint`
  } finally {
    await sql.end()
  }
}

async function plainSql(ownerUrl: string, tenantId: number): Promise<number> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined })
  try {
    await sql`select set_config('app.tenant', ${String(tenantId)}, false)`
    const startedMs = performance.now()
    const rows = await sql`
      with answer as (
        select responsible_unit_id as unit, date_trunc('month', asked_on) as month, asked_on as day, m.key as item, m.value::float8 as y
        from response r cross join lateral jsonb_each_text(r.marks) m
        where r.tenant_id = ${tenantId} and m.value <> 'na'
      ), mean as (
        select unit, month, item, count(*) as n, avg(y) as est from answer group by 1, 2, 3
      ), cluster as (
        select a.unit, a.month, a.item, a.day, sum((a.y - m.est) / m.n) as z
        from answer a join mean m using (unit, month, item) group by 1, 2, 3, 4
      )
      select unit, month, item, count(*) as clusters, sqrt(count(*) * var_samp(z)) as se from cluster group by 1, 2, 3`
    if (rows.length === 0) throw new Error('no estimates')
    return (performance.now() - startedMs) / 1000
  } finally {
    await sql.end()
  }
}
