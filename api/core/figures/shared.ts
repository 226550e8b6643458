import { MIN_SHOW } from '../disclosure/thresholds.ts'
import { periodsCovering, type CalendarPeriod } from '../time/period.ts'

/** Valid answers of the overall item at a unit in a month, by procedure; `main` at the unit that decides. */
export interface SharedCount {
  readonly unitId: number
  readonly procedureId: number
  readonly main: boolean
  readonly n: number
}
/** The same put together: what decides about units that take dossiers in for others. */
export interface SharedMonth {
  /** By the unit that decides: how many answers, and the procedures that they are of. */
  readonly own: ReadonlyMap<number, { readonly n: number; readonly procedures: ReadonlySet<number> }>
  /** By the unit that took them in for others: the procedures of its answers. */
  readonly taken: ReadonlyMap<number, ReadonlySet<number>>
}

/** Puts a month's counts together. */
export function sharedMonth(counts: readonly SharedCount[]): SharedMonth {
  const own = new Map<number, { n: number; procedures: Set<number> }>()
  const taken = new Map<number, Set<number>>()
  for (const { unitId, procedureId, main, n } of counts) {
    if (n === 0) continue
    if (!main) entry(taken, unitId, () => new Set<number>()).add(procedureId)
    else {
      const unit = entry(own, unitId, () => ({ n: 0, procedures: new Set<number>() }))
      unit.n += n
      unit.procedures.add(procedureId)
    }
  }
  return { own, taken }
}

/**
 * Whether the overall figure of a unit that takes dossiers in for others must be hidden. Its answers are the others' too, so
 * beside their figures it would give away a small one of theirs: it is hidden where any unit that decides one of its
 * procedures has 1–9 answers in the same period. So that subtraction over time does not bring it back, the months of a
 * quarter are hidden together, and a year with any of its quarters.
 *
 * @param months by first day
 */
export function sharedFigures(
  months: ReadonlyMap<string, SharedMonth>,
): (unitId: number, period: CalendarPeriod) => boolean {
  const inside = ({ start, endExclusive }: CalendarPeriod) =>
    [...months].flatMap(([month, counts]) => (month >= start && month < endExclusive ? [counts] : []))
  const asked = new Map<string, (unitId: number) => boolean>()
  const together = new Map<string, readonly ((unitId: number) => boolean)[]>()
  const nameOf = ({ start, endExclusive }: CalendarPeriod) => start + endExclusive
  const ask = (one: CalendarPeriod) => entry(asked, nameOf(one), () => besideSmall(inside(one)))
  return (unitId, period) =>
    entry(together, nameOf(period), () => togetherWith(period).map(ask)).some((isBeside) => isBeside(unitId))
}

/** Whether a unit has taken in answers of a procedure for which another unit with 1–9 answers decides, in some months together. */
function besideSmall(months: readonly SharedMonth[]): (unitId: number) => boolean {
  const answers = new Map<number, number>()
  for (const { own } of months) for (const [unitId, { n }] of own) answers.set(unitId, (answers.get(unitId) ?? 0) + n)
  const smallOf = new Map<number, Set<number>>()
  for (const { own } of months)
    for (const [unitId, { procedures }] of own)
      if ((answers.get(unitId) ?? 0) < MIN_SHOW)
        for (const procedure of procedures) entry(smallOf, procedure, () => new Set<number>()).add(unitId)
  const isBeside = (unitId: number, procedure: number) => {
    const units = smallOf.get(procedure)
    return units !== undefined && (units.size > 1 || !units.has(unitId))
  }
  return (unitId) =>
    months.some(({ taken }) => [...(taken.get(unitId) ?? [])].some((procedure) => isBeside(unitId, procedure)))
}

/** The months of a quarter are hidden together, and a year with its quarters. */
function togetherWith(period: CalendarPeriod): CalendarPeriod[] {
  const covering = periodsCovering(period)
  const contains = (outer: CalendarPeriod, inner: CalendarPeriod) =>
    outer.start <= inner.start && inner.endExclusive <= outer.endExclusive
  if (period.kind !== 'month') return covering.filter((one) => one.kind !== 'month' && contains(period, one))
  const quarter = covering.find((one) => one.kind === 'quarter' && contains(one, period))
  return covering.filter((one) => one.kind === 'month' && quarter !== undefined && contains(quarter, one))
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = map.get(key) ?? make()
  map.set(key, value)
  return value
}
