import { eachItem, type SpotYear } from '../../db/queries/tally-spots.ts'
import { MIN_POINT } from '../core/disclosure/thresholds.ts'
import type { CalendarPeriod } from '../core/time/period.ts'
import { innerPeriods, leavesFew, type InnerPeriods } from '../core/weak-spots/leaves-few.ts'
import { treeName } from '../indices/hidden.ts'
import type { PageScope } from '../indices/scope.ts'

/** Raised when the same rows would be added up to something else, so that nothing made by the old rules is shown. */
const RULES = 1

/** Names all that sums of all units rest on beside the counts. */
export function basisOf(units: PageScope['units']): string {
  return `${RULES} ${treeName(units)}`
}

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

/** Adds up rows of units over the months of a period. */
export function addUp(rows: readonly SpotYear[], units: PageScope['units'], period: CalendarPeriod): Spots {
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
  /** Valid answers by month of the period. */
  valid: number[]
  kinds: Map<string, KindSpot>
}

function addUnit(sums: Map<string, ItemSum>, row: SpotYear, kind: string, months: readonly string[]): void {
  const ofUnit = new Map<string, { counts: number[]; valid: number }>()
  for (const [at, month] of months.entries()) {
    const text = row.months[month.slice(5, 7)]
    if (text !== undefined)
      eachItem(text, (item, counts) => {
        const own = getOr(ofUnit, item, () => ({ counts: zeros(), valid: 0 }))
        const sum = getOr(sums, item, () => ({ na: 0, valid: months.map(() => 0), kinds: new Map() }))
        let valid = 0
        for (let k = 1; k < counts.length; k += 1) {
          const count = counts[k] ?? 0
          own.counts[k - 1] = (own.counts[k - 1] ?? 0) + count
          valid += count
        }
        own.valid += valid
        sum.na += counts[0] ?? 0
        sum.valid[at] = (sum.valid[at] ?? 0) + valid
      })
  }
  for (const [item, { counts, valid }] of ofUnit) {
    const kinds = sums.get(item)?.kinds
    if (kinds === undefined) continue
    const part = getOr(kinds, kind, () => ({ kind, counts: zeros(), unseen: 0 }))
    add(part.counts, counts)
    if (valid < MIN_POINT) part.unseen += valid
  }
}

function toSpot(item: string, sum: ItemSum, inner: InnerPeriods): ItemSpot {
  const kinds = [...sum.kinds.values()]
  const counts = zeros()
  for (const part of kinds) add(counts, part.counts)
  const valid = new Map(inner.months.map((month, at) => [month, sum.valid[at] ?? 0]))
  return { item, counts, na: sum.na, leavesFew: leavesFew(inner, valid), kinds }
}

/** A count for each option. */
export function zeros(): number[] {
  return [0, 0, 0, 0, 0, 0, 0, 0, 0]
}

/** Adds counts, or takes them away. */
export function add(sum: number[], counts: readonly number[], sign: 1 | -1 = 1): void {
  for (let k = 0; k < counts.length; k += 1) sum[k] = (sum[k] ?? 0) + sign * (counts[k] ?? 0)
}

function getOr<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
