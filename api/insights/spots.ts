import type { Transaction } from 'kysely'
import { readSpotTotals } from '../../db/queries/tally-spot-totals.ts'
import { readSpots } from '../../db/queries/tally-spots.ts'
import { procedureStates, type ProcedureStates, type Reading } from '../../db/queries/tally-states.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { CalendarPeriod } from '../core/time/period.ts'
import { memory, rememberedParts } from '../indices/remember.ts'
import { monthsOf, type PageScope } from '../indices/scope.ts'
import { addUp, basisOf, type ItemSpot, type ProcedureSpots, type Spots } from './add-up.ts'

/** What is looked at. */
export interface SpotSpan {
  period: CalendarPeriod
  reading: Reading
  /** Names the counts; null: they have no name yet. */
  states: ProcedureStates | null
}

/** A period, and what its counts are called. */
export async function spotSpan(
  trx: Transaction<DB>,
  tenantId: number,
  period: CalendarPeriod,
  reading: Reading,
): Promise<SpotSpan> {
  return { period, reading, states: await procedureStates(trx, tenantId, monthsOf(period), reading) }
}

/** Spots of some units. */
export async function spotsOfUnits(
  trx: Transaction<DB>,
  tenantId: number,
  page: Pick<PageScope, 'units'>,
  unitIds: readonly number[],
  { period, reading }: SpotSpan,
): Promise<Spots> {
  const rows = await readSpots(trx, tenantId, { ...monthsOf(period), unitIds, procedureIds: null, reading })
  return addUp(rows, page.units, period)
}

const provinceSpots = memory<ProcedureSpots>(3000)
/** So many procedures are read at once: of a large province a year's rows of all would fill the memory. */
const AT_ONCE = 20
const NONE: ProcedureSpots = new Map()

/**
 * Spots of all units at the given procedures. A procedure's are kept while its counts are the same; otherwise they are what the tally
 * job has made of just these counts, or added up here.
 */
export async function spotsOfProvince(
  trx: Transaction<DB>,
  tenantId: number,
  page: Pick<PageScope, 'units'>,
  procedureIds: readonly number[],
  span: SpotSpan,
): Promise<Spots> {
  const { period, states } = span
  const basis = basisOf(page.units)
  const name = `${tenantId} ${period.from} ${period.to} ${basis}`
  const parts = await rememberedParts(
    provinceSpots,
    procedureIds.map((part) => ({ part, key: states === null ? null : `${name} ${part} ${states.of(part)}` })),
    async (missing) => {
      const found = new Map(states === null ? [] : await keptSpots(trx, tenantId, span, basis, missing, states))
      const left = missing.filter((id) => !found.has(id))
      for (let at = 0; at < left.length; at += AT_ONCE) {
        const only = left.slice(at, at + AT_ONCE)
        const query = { ...monthsOf(period), unitIds: null, procedureIds: only, reading: span.reading }
        const spots = addUp(await readSpots(trx, tenantId, query), page.units, period)
        for (const id of only) found.set(id, spots.get(id) ?? NONE)
      }
      return missing.map((id) => found.get(id) ?? NONE)
    },
  )
  return new Map(procedureIds.map((id, at) => [id, parts[at] ?? NONE]))
}

async function keptSpots(
  trx: Transaction<DB>,
  tenantId: number,
  { period }: SpotSpan,
  basis: string,
  procedureIds: readonly number[],
  states: ProcedureStates,
): Promise<[number, ProcedureSpots][]> {
  const totals = await readSpotTotals(trx, tenantId, monthsOf(period), basis, procedureIds)
  return totals
    .filter(({ procedureId, state }) => state === states.of(procedureId))
    .map(({ procedureId, spots }) => [procedureId, fromText(spots)])
}

/** The text of a procedure's spots in a table. */
export function toText(spots: ProcedureSpots | undefined): string {
  return JSON.stringify([...(spots ?? NONE).values()])
}

function fromText(text: string): ProcedureSpots {
  return new Map((JSON.parse(text) as ItemSpot[]).map((spot) => [spot.item, spot]))
}
