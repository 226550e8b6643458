import type postgres from 'postgres'
import { runJob } from '../../../api/jobs/run.ts'
import type { Services } from '../../../api/services.ts'
import { CLASSES, COUNTS } from '../../../db/queries/marks.ts'
import type { Measurement } from '../../support/benchmark.ts'
import { LAST_MONTH } from './province.ts'

const CELLS = 2000
const CLASS_NAMES = 'item, main, event, lateness, applicant, stream, counted'
const COUNT_NAMES = 'c0, c1, c2, c3, c4, c5, c6, c7, c8, na'

/**
 * Cells a second that the tally job rebuilds, sums and versions included, beside one plain `insert … select … group by` of the same cells
 * into a table like it.
 */
export async function rebuildRate(services: Services, sql: postgres.Sql, tenantId: number): Promise<Measurement[]> {
  const cells = await sql<{ unit_id: number; month: string; procedure_id: number; n: number }[]>`
    select unit_id, month::text, procedure_id, sum(c0 + c1 + c2 + c3 + c4)::int as n from tally
    where tenant_id = ${tenantId} and item = 'OVERALL' and month = ${`${LAST_MONTH}-01`}::date
    group by 1, 2, 3 order by md5(unit_id || ' ' || procedure_id) limit ${CELLS}`
  await sql`select set_config('app.tenant', ${String(tenantId)}, false)`
  await sql`create temp table bench_cell (unit_id int, month date, procedure_id int)`
  await sql`insert into bench_cell select * from unnest(${cells.map((c) => c.unit_id)}::int[],
    ${cells.map((c) => c.month)}::date[], ${cells.map((c) => c.procedure_id)}::int[])`
  await sql`analyze bench_cell`
  // a run that was cut off leaves it in a kept directory
  await sql`drop table if exists bench_tally`
  await sql`create table bench_tally (like tally including all)`
  const names = sql.unsafe(`tenant_id, unit_id, month, procedure_id, ${CLASS_NAMES}, ${COUNT_NAMES}`)
  const plain = await seconds(
    () => sql`
      insert into bench_tally (${names})
      select ${tenantId}, c.unit_id, c.month, c.procedure_id, ${sql.unsafe(text(CLASSES))}, ${sql.unsafe(text(COUNTS))}
      from bench_cell c join mark m on m.tenant_id = ${tenantId} and m.unit_id = c.unit_id and m.procedure_id = c.procedure_id
        and m.day >= c.month and m.day < (c.month + interval '1 month')::date
      group by c.unit_id, c.month, c.procedure_id, ${sql.unsafe(text(CLASSES))}`,
  )
  await sql`
    insert into tally_change (tenant_id, unit_id, month, procedure_id)
    select ${tenantId}, unit_id, month, procedure_id from bench_cell`
  const ours = await seconds(() => runJob(services, 'tally'))
  const [left] = await sql`select count(*)::int as n from tally_change`
  if (left?.['n'] !== 0) throw new Error('not all cells were rebuilt')
  await sql`drop table bench_tally, bench_cell`
  const answers = Math.round(cells.reduce((sum, { n }) => sum + n, 0) / Math.max(1, cells.length))
  return [
    {
      name: 'cells rebuilt',
      unit: '/s',
      value: cells.length / ours,
      baseline: { name: 'plain insert … select … group by', value: cells.length / plain },
      note: `${cells.length} cells of the last month, ${answers} answers each on average`,
    },
  ]
}

/** The words of a fragment without parameters. */
function text(fragment: { toOperationNode(): { sqlFragments: readonly string[] } }): string {
  return fragment.toOperationNode().sqlFragments.join('')
}

async function seconds(work: () => PromiseLike<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}
