import { sql, type Transaction } from 'kysely'
import { readTallies } from '../../db/queries/tallies.ts'
import { eachItem, readOverall, readSpots, type SpotYear } from '../../db/queries/tally-spots.ts'
import { readSums } from '../../db/queries/tally-sums.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { World } from '../support/world.ts'

/** Counts by everything that is counted apart, as text, so that two tellings of them can be compared. */
export type Counts = ReadonlyMap<string, string>

const EVER = { fromMonth: '2000-01-01', toMonth: '2100-12-01' }
const DIMENSIONS = ['unit', 'procedure', 'month', 'event', 'lateness', 'applicant'] as const
const KEY = sql.raw(`concat_ws(' ', unit_id, procedure_id, month, event, lateness, applicant, item, main)`)
const MARKS = sql.raw(
  [0, 1, 2, 3, 4, 5, 6, 7, 8].map((k) => `count(*) filter (where value = ${k})`).join(', ') +
    ', count(*) filter (where value is null)',
)
const SUMS = sql.raw(['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'na'].map((c) => `sum(${c})`).join(', '))

/** As pages read them: the table, and the cells that wait counted from rows. */
export async function asPagesRead(trx: Transaction<DB>, tenantId: number): Promise<Counts> {
  const rows = await readTallies(trx, tenantId, { ...EVER, unitIds: null, by: [...DIMENSIONS] })
  return new Map(
    rows.map((row) => [
      [
        row.unitId,
        row.procedureId,
        row.month,
        row.event,
        row.lateness,
        row.applicant,
        row.item,
        row.main ? 't' : 'f',
      ].join(' '),
      [...row.counts, row.na].join(' '),
    ]),
  )
}

/** The sums that unit pages read: with the months that wait, under the names of `sumsRecounted`. */
export async function sumsAsRead(trx: Transaction<DB>, tenantId: number): Promise<Counts> {
  const sums = await readSums(trx, tenantId, {
    ...EVER,
    unitIds: null,
    by: ['unit', 'month', 'field', 'group', 'lateness'],
  })
  const spots = await readSpots(trx, tenantId, { ...EVER, unitIds: null, procedureIds: null, reading: 'live' })
  const months = [...new Set(sums.map((row) => row.month))]
  const overall = await Promise.all(months.map((month) => readOverall(trx, tenantId, month, 'live')))
  const text = (row: { counts: number[]; na: number }) => [...row.counts, row.na].join(' ')
  return new Map([
    ...sums.map((row): [string, string] => [
      ['sum', row.unitId, row.month, row.item, row.main, row.field, row.papiGroup, row.lateness].join('|'),
      text(row),
    ]),
    ...spots.flatMap((row) => Object.entries(row.months).flatMap(([month, items]) => spotsOf(row, month, items))),
    ...overall.flatMap((rows, at) =>
      rows.map(({ unitId, procedureId, main, n }): [string, string] => [
        ['overall', unitId, months[at], main, procedureId].join('|'),
        String(n),
      ]),
    ),
  ])
}

function spotsOf({ unitId, year, procedureId }: SpotYear, month: string, items: string): [string, string][] {
  const told: [string, string][] = []
  eachItem(items, (item, [na = 0, ...counts]) => {
    const all = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((k) => counts[k] ?? 0)
    told.push([['spot', unitId, `${year}-${month}-01`, item, procedureId].join('|'), [...all, na].join(' ')])
  })
  return told
}

/** The same sums, counted anew from every answer, invitation and dossier. */
export async function sumsRecounted(trx: Transaction<DB>, tenantId: number): Promise<Counts> {
  const { rows } = await sql<{ key: string; counts: string }>`
    with m as (
      select m.*, date_trunc('month', day)::date as month, p.field, coalesce(p.papi_group, '') as papi_group
      from mark m join procedure p on p.tenant_id = m.tenant_id and p.id = m.procedure_id
      where m.tenant_id = ${tenantId} and counted and stream = 'dossier'
        and event in ('returned', 'refused', case when item = '@received' then 'received' end)
    )
    select concat_ws('|', 'sum', unit_id, month, item, case when main then 'true' else 'false' end,
      case when item in ('OVERALL', '@received') then field else '' end,
      case when item ~ '^Q_|^@' then papi_group else '' end,
      case when item in ('OVERALL', '@outcome') then lateness else 0 end) as key, concat_ws(' ', ${MARKS}) as counts
    from m group by 1
    union all
    select concat_ws('|', 'spot', unit_id, month, item, procedure_id), concat_ws(' ', ${MARKS})
    from m where item !~ '^@|[*]' and main group by 1
    union all
    select concat_ws('|', 'overall', unit_id, month, case when main then 'true' else 'false' end, procedure_id),
      count(value)::text
    from m where item = 'OVERALL' group by 1 having count(value) > 0`.execute(trx)
  return new Map(rows.map((row) => [row.key, row.counts]))
}

/** Counted anew from every answer, invitation and dossier. */
export async function recount(trx: Transaction<DB>, tenantId: number): Promise<Counts> {
  const { rows } = await sql<{ key: string; counts: string }>`
    select ${KEY} as key, concat_ws(' ', ${MARKS}) as counts
    from (select *, date_trunc('month', day)::date as month from mark where tenant_id = ${tenantId} and counted) m
    group by 1`.execute(trx)
  return new Map(rows.map((row) => [row.key, row.counts]))
}

/** The table alone, whatever waits. */
export async function tableAlone(trx: Transaction<DB>, tenantId: number): Promise<Counts> {
  const { rows } = await sql<{ key: string; counts: string }>`
    select ${KEY} as key, concat_ws(' ', ${SUMS}) as counts from tally where tenant_id = ${tenantId} and counted
    group by 1`.execute(trx)
  return new Map(rows.map((row) => [row.key, row.counts]))
}

/** Two tellings of the same moment. */
export function atOneMoment<T>(
  { services, tenant }: Pick<World, 'services' | 'tenant'>,
  work: (trx: Transaction<DB>) => Promise<T>,
): Promise<T> {
  return services.db.withTenant(tenant.id, work, { isolation: 'repeatable read' })
}

/**
 * Answers that are counted where their dossier is not, or in other classes: a correction that did not reach them. Links
 * that were cut do not count.
 */
export async function strays({ sql: owner }: Pick<World, 'sql'>): Promise<number> {
  const [row] = await owner`
    select count(*)::int as n from ask a
    join dossier d on d.tenant_id = a.tenant_id and d.id = a.dossier_id
    left join response r on r.tenant_id = a.tenant_id and r.asked_on = a.asked_on and r.id = a.response_id
    where (a.responsible_unit_id, a.receiving_unit_id, a.procedure_id, a.applicant, a.lateness)
        is distinct from (d.responsible_unit_id, d.receiving_unit_id, d.procedure_id, d.applicant, d.lateness)
      or (a.state in ('partial', 'complete') and r.id is null)
      or (r.id is not null and (r.responsible_unit_id, r.receiving_unit_id, r.procedure_id, r.applicant, r.lateness)
        is distinct from (d.responsible_unit_id, d.receiving_unit_id, d.procedure_id, d.applicant, d.lateness))`
  return row!['n'] as number
}
