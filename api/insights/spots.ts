import type { Transaction } from 'kysely'
import { procedureStates, type ProcedureStates, type Reading } from '../../db/queries/tally-states.ts'
import { eachItem, readSpots, type SpotYear } from '../../db/queries/tally-spots.ts'
import type { DB } from '../../db/schema/tables.ts'
import { MIN_POINT } from '../core/disclosure/thresholds.ts'
import type { CalendarPeriod } from '../core/time/period.ts'
import { innerPeriods, leavesFew } from '../core/weak-spots/leaves-few.ts'
import { treeName } from '../indices/hidden.ts'
import { memory, rememberedParts } from '../indices/remember.ts'
import { monthsOf, type PageScope } from '../indices/scope.ts'

/** What units have of an item at a procedure over a period. */
export interface ItemSpot {
  item: string
  counts: readonly number[]
  na: number
  /** What other pages show of it leaves too few of its answers. */
  leavesFew: boolean
  /** The same by kind of unit. */
  kinds: readonly KindSpot[]
}
export interface KindSpot {
  kind: string
  counts: number[]
  /** Valid answers in units that have too few to show a figure. */
  unseen: number
}
/** By item. */
export type ProcedureSpots = ReadonlyMap<string, ItemSpot>
/** By procedure. */
export type Spots = ReadonlyMap<number, ProcedureSpots>

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
  return folded(rows, page, period)
}

const provinceSpots = memory<ProcedureSpots>(3000)
/** Of more procedures than this all rows of a tenant are read as quickly. */
const FEW_PROCEDURES = 100

/** Spots of all units at the given procedures. A procedure's are kept while its counts are the same. */
export async function spotsOfProvince(
  trx: Transaction<DB>,
  tenantId: number,
  page: Pick<PageScope, 'units'>,
  procedureIds: readonly number[],
  { period, reading, states }: SpotSpan,
): Promise<Spots> {
  const name = `${tenantId} ${period.from} ${period.to} ${treeName(page.units)}`
  const parts = await rememberedParts(
    provinceSpots,
    procedureIds.map((part) => ({ part, key: states === null ? null : `${name} ${part} ${states.of(part)}` })),
    async (missing) => {
      const only = missing.length > FEW_PROCEDURES ? null : missing
      const rows = await readSpots(trx, tenantId, { ...monthsOf(period), unitIds: null, procedureIds: only, reading })
      const spots = folded(rows, page, period)
      return missing.map((id) => spots.get(id) ?? NONE)
    },
  )
  return new Map(procedureIds.map((id, at) => [id, parts[at] ?? NONE]))
}

const NONE: ProcedureSpots = new Map()

/** Adds up rows of units over the months of a period. */
function folded(rows: readonly SpotYear[], { units }: Pick<PageScope, 'units'>, period: CalendarPeriod): Spots {
  const kindOf = new Map(units.map(({ id, kind }) => [id, kind]))
  const inner = innerPeriods(period)
  const year = Number(period.from.slice(0, 4))
  const ofYear = rows.filter((row) => row.year === year)
  const byProcedure = Map.groupBy(ofYear, (row) => row.procedureId)
  return new Map(
    [...byProcedure].map(([id, list]) => {
      const sums = new Map<string, ItemSum>()
      for (const row of list) addUnit(sums, row, kindOf.get(row.unitId) ?? '', inner.months)
      return [id, new Map([...sums].map(([item, sum]) => [item, toSpot(item, sum, inner)]))]
    }),
  )
}

interface ItemSum {
  na: number
  byMonth: Map<string, number>
  kinds: Map<string, KindSpot>
}

function addUnit(sums: Map<string, ItemSum>, row: SpotYear, kind: string, months: readonly string[]): void {
  const ofUnit = new Map<string, { counts: number[]; valid: number }>()
  for (const month of months)
    eachItem(row.months[month.slice(5, 7)] ?? '', (item, [na = 0, ...counts]) => {
      const own = getOr(ofUnit, item, () => ({ counts: zeros(), valid: 0 }))
      const sum = getOr(sums, item, () => ({ na: 0, byMonth: new Map(), kinds: new Map() }))
      const valid = add(own.counts, counts)
      own.valid += valid
      sum.na += na
      sum.byMonth.set(month, (sum.byMonth.get(month) ?? 0) + valid)
    })
  for (const [item, { counts, valid }] of ofUnit) {
    const kinds = sums.get(item)?.kinds
    if (kinds === undefined) continue
    const part = getOr(kinds, kind, () => ({ kind, counts: zeros(), unseen: 0 }))
    add(part.counts, counts)
    if (valid < MIN_POINT) part.unseen += valid
  }
}

function toSpot(item: string, sum: ItemSum, inner: ReturnType<typeof innerPeriods>): ItemSpot {
  const kinds = [...sum.kinds.values()]
  const counts = zeros()
  for (const part of kinds) add(counts, part.counts)
  return { item, counts, na: sum.na, leavesFew: leavesFew(inner, sum.byMonth), kinds }
}

/** A count for each option. */
export function zeros(): number[] {
  return [0, 0, 0, 0, 0, 0, 0, 0, 0]
}

/** Adds counts, or takes them away. @returns the sum of what was added */
export function add(sum: number[], counts: readonly number[], sign: 1 | -1 = 1): number {
  let all = 0
  for (let k = 0; k < counts.length; k += 1) {
    const count = sign * (counts[k] ?? 0)
    sum[k] = (sum[k] ?? 0) + count
    all += count
  }
  return all
}

function getOr<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
