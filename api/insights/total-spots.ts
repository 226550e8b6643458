import type { Transaction } from 'kysely'
import { allProcedures } from '../../db/queries/dossiers.ts'
import { keepSpotTotals, spotTotalStates, type SpotTotal } from '../../db/queries/tally-spot-totals.ts'
import { readSpots } from '../../db/queries/tally-spots.ts'
import { procedureStates, talliedYears, type ProcedureStates } from '../../db/queries/tally-states.ts'
import type { Cell } from '../../db/queries/tallies.ts'
import { allUnits } from '../../db/queries/units.ts'
import type { DB } from '../../db/schema/tables.ts'
import { calendarPeriod, periodsCovering, type CalendarPeriod } from '../core/time/period.ts'
import { memory } from '../indices/remember.ts'
import { monthsOf, type PageScope } from '../indices/scope.ts'
import { addUp, basisOf } from './add-up.ts'
import { toText } from './spots.ts'

/** A round of the job adds up so many procedures; a page adds up the others itself. */
const PER_ROUND = 40
/** So many are read at once: a year of all units at a procedure can be a megabyte. */
const AT_ONCE = 10
/** Years of which everything is added up, under the name of their counts. */
const complete = memory<true>(100)

/**
 * Adds up what pages compare of all units: after counting the procedures that were counted, otherwise some of those that are left.
 *
 * @param cells that this transaction has rebuilt
 * @returns whether some are left
 */
export async function totalSpots(trx: Transaction<DB>, tenantId: number, cells: readonly Cell[]): Promise<boolean> {
  const units = (await allUnits(trx, tenantId)).map((row) => ({ id: row.id, kind: row.kind, parentId: row.parent_id }))
  const basis = basisOf(units)
  const byYear = Map.groupBy(cells, ({ month }) => Number(month.slice(0, 4)))
  let areLeft = false
  for (const { year, version, number } of await talliedYears(trx, tenantId)) {
    const nameAt = (count: number) => `${tenantId} ${year} ${version} ${count} ${basis}`
    const counted = byYear.get(year) ?? []
    if (counted.length === 0 && complete.get(nameAt(number))) continue
    const periods = periodsOf(year)
    const ids = [...new Set(counted.map(({ procedureId }) => procedureId))]
    const wasComplete = complete.get(nameAt(number - 1)) && ids.length <= PER_ROUND
    if (counted.length > 0) {
      const months = new Set(counted.map(({ month }) => month))
      const touched = periods.filter((period) => [...months].some((month) => contains(period, month)))
      await keep(trx, tenantId, units, basis, ids.slice(0, PER_ROUND), touched)
    } else if (cells.length === 0) {
      const due = await dueIn(trx, tenantId, year, basis, periods)
      if (due.length > 0) {
        await keep(trx, tenantId, units, basis, due.slice(0, PER_ROUND), periods)
        return true
      }
    }
    if (wasComplete || cells.length === 0) complete.set(nameAt(number), true)
    else areLeft = true
  }
  return areLeft
}

/** Procedures that are not added up on their present counts in some period. */
async function dueIn(
  trx: Transaction<DB>,
  tenantId: number,
  year: number,
  basis: string,
  periods: readonly CalendarPeriod[],
): Promise<number[]> {
  const kept = await spotTotalStates(trx, tenantId, year, basis)
  const key = (span: { fromMonth: string; toMonth: string }, id: number) => `${span.fromMonth} ${span.toMonth} ${id}`
  const stateOf = new Map(kept.map((total) => [key(total, total.procedureId), total.state]))
  const procedures = await allProcedures(trx, tenantId)
  const due = new Set<number>()
  for (const period of periods) {
    const span = monthsOf(period)
    const states = await procedureStates(trx, tenantId, span, 'counted')
    for (const { id } of procedures) if (stateOf.get(key(span, id)) !== states?.of(id)) due.add(id)
  }
  return [...due]
}

async function keep(
  trx: Transaction<DB>,
  tenantId: number,
  units: PageScope['units'],
  basis: string,
  procedureIds: readonly number[],
  periods: readonly CalendarPeriod[],
): Promise<void> {
  const spans: { period: CalendarPeriod; states: ProcedureStates | null }[] = []
  for (const period of periods)
    spans.push({ period, states: await procedureStates(trx, tenantId, monthsOf(period), 'counted') })
  for (let at = 0; at < procedureIds.length; at += AT_ONCE) {
    const only = procedureIds.slice(at, at + AT_ONCE)
    await keepSpotTotals(trx, tenantId, basis, await totalsOf(trx, tenantId, units, only, spans))
  }
}

async function totalsOf(
  trx: Transaction<DB>,
  tenantId: number,
  units: PageScope['units'],
  procedureIds: readonly number[],
  spans: readonly { period: CalendarPeriod; states: ProcedureStates | null }[],
): Promise<SpotTotal[]> {
  const [first] = spans
  if (first === undefined) return []
  const query = { ...monthsOf(first.period), unitIds: null, procedureIds, reading: 'counted' as const }
  const rows = await readSpots(trx, tenantId, query)
  return spans.flatMap(({ period, states }) => {
    if (states === null) return []
    const spots = addUp(rows, units, period)
    return procedureIds.map((procedureId) => ({
      ...monthsOf(period),
      procedureId,
      state: states.of(procedureId),
      spots: toText(spots.get(procedureId)),
    }))
  })
}

function periodsOf(year: number): CalendarPeriod[] {
  const period = calendarPeriod(`${year}-01`, `${year}-12`)
  return period === null ? [] : periodsCovering(period)
}

function contains(period: CalendarPeriod, month: string): boolean {
  return period.start <= month && month < period.endExclusive
}
