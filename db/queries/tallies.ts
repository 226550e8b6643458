import { sql, type Kysely, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'
import { columnsOf } from './columns.ts'
import { CLASSES, COUNTS } from './marks.ts'
import { replaceRows } from './tally-columns.ts'
import { rebuildSums } from './tally-sums.ts'

/** What must be counted anew: everything of one unit and procedure in one month. */
export interface Cell {
  unitId: number
  month: string
  procedureId: number
}

const CELL = columnsOf({ unit_id: 'int', month: 'date', procedure_id: 'int' })

/** Notes in the caller's transaction that cells have changed. */
export async function appendChanges(trx: Transaction<DB>, tenantId: number, cells: readonly Cell[]): Promise<void> {
  if (cells.length === 0) return
  const rows = cells.map(({ unitId, month, procedureId }) => ({ unit_id: unitId, month, procedure_id: procedureId }))
  await sql`
    insert into tally_change (tenant_id, ${CELL.names})
    select ${tenantId}, ${CELL.values} from ${CELL.from(rows)}`.execute(trx)
}

const CELL_KEY = ['unit_id', 'month', 'procedure_id']
const CLASS_NAMES = ['item', 'main', 'event', 'lateness', 'applicant', 'stream', 'counted']
const COLUMNS = sql.raw('c0, c1, c2, c3, c4, c5, c6, c7, c8, na')

/** Takes the job's row for this transaction; false when another server runs the job now. A row lock, because Hyperdrive has no advisory ones. */
export async function takeJob(db: Kysely<DB> | Transaction<DB>, name: string): Promise<boolean> {
  return (
    (await db.selectFrom('job').select('name').where('name', '=', name).forUpdate().skipLocked().executeTakeFirst()) !==
    undefined
  )
}

/**
 * Rebuilds up to `limit` waiting cells from rows, with the sums they are part of, and forgets their changes. Must run in a repeatable-read transaction:
 * rows and changes are then of one moment, and a change that is committed meanwhile stays for the next run.
 * @returns the cells that were rebuilt
 */
export async function rebuildWaitingCells(trx: Transaction<DB>, tenantId: number, limit: number): Promise<Cell[]> {
  const { rows: cells } = await sql<Cell>`
    with cell as materialized (
      select unit_id, month, procedure_id from tally_change where tenant_id = ${tenantId}
      group by unit_id, month, procedure_id order by min(id) limit ${limit}
    ), forgotten as (
      delete from tally_change c using cell where c.tenant_id = ${tenantId}
        and c.unit_id = cell.unit_id and c.month = cell.month and c.procedure_id = cell.procedure_id
    ), fresh as materialized (
      select cell.unit_id, cell.month, cell.procedure_id, m.* from cell cross join lateral (
        select ${CLASSES}, ${COUNTS} from mark m
        where m.tenant_id = ${tenantId} and m.unit_id = cell.unit_id and m.procedure_id = cell.procedure_id
          and m.day >= cell.month and m.day < (cell.month + interval '1 month')::date
        group by ${CLASSES}) m
    ), ${replaceRows(tenantId, 'tally', { cell: CELL_KEY, key: [...CELL_KEY, ...CLASS_NAMES] })}
    select unit_id as "unitId", month::text as month, procedure_id as "procedureId" from cell`.execute(trx)
  await rebuildSums(trx, tenantId, cells)
  return cells
}

/** Counts of one item and its classes, summed as asked. */
export interface TallyRow {
  unitId: number
  procedureId: number
  month: string
  item: string
  main: boolean
  event: string
  lateness: number
  applicant: string
  counts: number[]
  na: number
}
/** Which tallies to read. Months are first days, `toMonth` inclusive. */
export interface TallyQuery {
  fromMonth: string
  toMonth: string
  /** Only these units; null: all. */
  unitIds: number[] | null
  /** Only these procedures; null: all. */
  procedureIds?: number[] | null
  /** Only these items; null: all. */
  items?: string[] | null
  /** Only marks that count towards a province's total. */
  mainOnly?: boolean
  /** Only these events; null: all. */
  events?: string[] | null
  /**
   * Default: answers about dossiers. Those of another stream are never mixed in: figures divide by register counts, and a
   * counter decides itself to whom it gives a walk-in slip.
   */
  stream?: 'dossier' | 'walk_in'
  /** Which dimensions stay apart; all others are summed and answer 0, '' or false. */
  by: readonly ('unit' | 'procedure' | 'month' | 'event' | 'lateness' | 'applicant')[]
}

/**
 * Reads tallies together with the cells that are not rebuilt yet, counted from rows, in one statement: the page shows
 * what was committed before it was asked.
 */
export async function readTallies(trx: Transaction<DB>, tenantId: number, query: TallyQuery): Promise<TallyRow[]> {
  const { fromMonth, toMonth, unitIds, procedureIds = null, items = null, events = null, mainOnly = false, by } = query
  const stream = query.stream ?? 'dossier'
  const keep = (dimension: TallyQuery['by'][number], column: string, otherwise: string) =>
    by.includes(dimension) ? column : otherwise
  const dimensions = sql.raw(
    [
      `${keep('unit', 'unit_id', '0')} as "unitId"`,
      `${keep('procedure', 'procedure_id', '0')} as "procedureId"`,
      `${keep('month', 'month::text', "''")} as month`,
      `${keep('event', 'event', "''")} as event`,
      `${keep('lateness', 'lateness', '0')} as lateness`,
      `${keep('applicant', 'applicant', "''")} as applicant`,
    ].join(', '),
  )
  const units = unitIds === null ? sql`` : sql`and unit_id in (${sql.join(unitIds.length > 0 ? unitIds : [-1])})`
  const procedures =
    procedureIds === null
      ? sql``
      : sql`and procedure_id in (${sql.join(procedureIds.length > 0 ? procedureIds : [-1])})`
  const itemsIn = items === null ? sql`` : sql`and item in (${sql.join(items)})`
  const main = mainOnly ? sql`and main` : sql``
  const eventsIn = events === null ? sql`` : sql`and event in (${sql.join(events)})`
  const { rows } = await sql<Record<string, string | number | boolean>>`
    with waiting as materialized (
      select distinct unit_id, month, procedure_id from tally_change
      where tenant_id = ${tenantId} and month between ${fromMonth}::date and ${toMonth}::date ${units} ${procedures}
    ), counted as (
      select unit_id, month, procedure_id, item, main, event, lateness, applicant, ${COLUMNS} from tally t
      where tenant_id = ${tenantId} and month between ${fromMonth}::date and ${toMonth}::date and counted and stream = ${stream} ${units} ${procedures} ${itemsIn} ${eventsIn} ${main}
        and (t.unit_id, t.month, t.procedure_id) not in (select unit_id, month, procedure_id from waiting)
      union all
      select w.unit_id, w.month, w.procedure_id, m.item, m.main, m.event, m.lateness, m.applicant, ${COLUMNS} from waiting w cross join lateral (
        select ${CLASSES}, ${COUNTS} from mark m
        where m.tenant_id = ${tenantId} and m.unit_id = w.unit_id and m.procedure_id = w.procedure_id
          and m.day >= w.month and m.day < (w.month + interval '1 month')::date and m.counted and m.stream = ${stream} ${itemsIn} ${eventsIn} ${main}
        group by ${CLASSES}) m
    )
    select ${dimensions}, item, main,
      sum(c0)::int as c0, sum(c1)::int as c1, sum(c2)::int as c2, sum(c3)::int as c3, sum(c4)::int as c4,
      sum(c5)::int as c5, sum(c6)::int as c6, sum(c7)::int as c7, sum(c8)::int as c8, sum(na)::int as na
    from counted group by 1, 2, 3, 4, 5, 6, item, main`.execute(trx)
  return rows.map((row) => ({
    unitId: row.unitId as number,
    procedureId: row.procedureId as number,
    month: row.month as string,
    item: row.item as string,
    main: row.main as boolean,
    event: row.event as string,
    lateness: row.lateness as number,
    applicant: row.applicant as string,
    counts: [0, 1, 2, 3, 4, 5, 6, 7, 8].map((k) => row[`c${k}`] as number),
    na: row.na as number,
  }))
}

/** Months with finished dossiers, in order, and how many of these were answered. */
export async function answeredByMonth(
  trx: Transaction<DB>,
  tenantId: number,
): Promise<{ month: string; answered: number }[]> {
  const { rows } = await sql<{ month: string; answered: number }>`
    with waiting as (select month, 0 as answered from tally_change where tenant_id = ${tenantId})
    select month::text as month, sum(answered)::int as answered from (
      select month, c2 as answered from tally_sum where tenant_id = ${tenantId} and item = '@ask' and main
      union all select month, answered from waiting) m
    group by month order by month limit 1200`.execute(trx)
  return rows
}
