import { complementary, type CubeCell, type CubeEquation } from '../disclosure/complementary.ts'
import { MIN_SHOW } from '../disclosure/thresholds.ts'
import { periodsCovering, type CalendarPeriod } from '../time/period.ts'
import { UnitTree, type Scope, type TreeUnit } from './unit-tree.ts'

export type { Scope, TreeUnit } from './unit-tree.ts'

/** Valid answers of one item in a month (YYYY-MM-01) at the unit that the item rates, optionally of one part (a field). */
export interface MonthCount {
  readonly unitId: number
  readonly month: string
  readonly n: number
  readonly part?: string
}
export type HiddenReason = 'too_few' | 'complementary' | null
export interface Visibility {
  /** Why a figure is hidden, or null. */
  reason: (scope: Scope, period: CalendarPeriod, part?: string) => HiddenReason
}
type Hidden = ReadonlyMap<string, 'too_few' | 'complementary'>

/**
 * Decides for one item, over the whole tree of units and all periods of a calendar year together, which figures may be
 * shown, so that no door shows what another door's figures would complete: province = Σ units, unit with children = itself
 * + Σ children, quarter = Σ months, year = Σ quarters.
 *
 * Parts (fields, PAPI groups) are decided afterwards and never cost a whole figure: unit = Σ parts and part of the province = Σ
 * that part of its units, for each quarter by itself. A quarter has parts only where its months are shown, since a month may be
 * of one part alone; a year's part is shown only if those of its quarters are; a month has no parts. So nothing comes back by
 * subtraction over time.
 */
export function itemVisibility(
  units: readonly TreeUnit[],
  period: CalendarPeriod,
  counts: readonly MonthCount[],
  minimum = MIN_SHOW,
): Visibility {
  const periods = periodsCovering(period)
  const tree = new UnitTree(units)
  const sums = sumUp(tree, periods, counts)
  const n = (id: string) => sums.get(id) ?? 0
  const parts = [...new Set(counts.flatMap((count) => count.part ?? []))]
  const wholes = hideIn(
    wholeCells(tree, periods, n),
    [...treeEquations(tree, periods), ...timeEquations(tree, periods)],
    minimum,
  )
  const partsIn = once((key: string): Hidden => {
    const one = periods.find((each) => key === periodKey(each))
    if (one === undefined || one.kind === 'month') return new Map()
    const inner = periods.filter(
      (each) =>
        each.kind === (one.kind === 'year' ? 'quarter' : 'month') &&
        each.start >= one.start &&
        each.endExclusive <= one.endExclusive,
    )
    const before = (scope: Scope, part: string) =>
      one.kind === 'year'
        ? inner.some(
            (quarter) =>
              n(cellId(scope, quarter, part)) > 0 && partsIn(periodKey(quarter)).has(cellId(scope, quarter, part)),
          )
        : inner.some((month) => n(cellId(scope, month)) > 0 && wholes.has(cellId(scope, month)))
    return hideIn(partCells(tree, one, parts, n, wholes, before), partEquations(tree, one, parts), minimum)
  })
  return {
    reason: (scope, one, part) => {
      const id = cellId(scope, one, part)
      if (part === undefined) return wholes.get(id) ?? (n(id) > 0 ? null : 'too_few')
      if (n(id) < minimum) return 'too_few'
      return one.kind === 'month' ? 'complementary' : (partsIn(periodKey(one)).get(id) ?? null)
    },
  }
}

/** Counts are first summed by unit and part, then once for each period and total, so that names are made once each. */
function sumUp(tree: UnitTree, periods: CalendarPeriod[], counts: readonly MonthCount[]): Map<string, number> {
  const months = periods.filter((one) => one.kind === 'month')
  const monthAt = new Map(months.map((one, at) => [one.start, at]))
  const spans = periods.map((one) => months.flatMap((month, at) => (isWithin(month, one) ? [at] : [])))
  const byScope = new Map<Scope, Map<string | undefined, number[]>>()
  const add = (scope: Scope, part: string | undefined, at: number, n: number) => {
    const of = byScope.get(scope) ?? new Map<string | undefined, number[]>()
    byScope.set(scope, of)
    const sum = of.get(part) ?? months.map(() => 0)
    of.set(part, sum)
    sum[at] = (sum[at] ?? 0) + n
  }
  const scopesOf = new Map<number, Scope[]>()
  for (const { unitId, month, n, part } of counts) {
    const at = monthAt.get(month)
    if (at === undefined) continue
    const scopes = scopesOf.get(unitId) ?? tree.scopesOf(unitId)
    scopesOf.set(unitId, scopes)
    for (const scope of scopes) {
      add(scope, undefined, at, n)
      if (part !== undefined) add(scope, part, at, n)
    }
  }
  const sums = new Map<string, number>()
  for (const [scope, of] of byScope) {
    for (const [part, byMonth] of of) {
      periods.forEach((one, k) => {
        const sum = (spans[k] ?? []).reduce((total, at) => total + (byMonth[at] ?? 0), 0)
        if (sum > 0) sums.set(cellId(scope, one, part), sum)
      })
    }
  }
  return sums
}

function isWithin(inner: CalendarPeriod, outer: CalendarPeriod): boolean {
  return inner.start >= outer.start && inner.endExclusive <= outer.endExclusive
}

/** Hides what must be; sums of figures without answers say nothing, and everybody knows that those are empty. */
function hideIn(cells: CubeCell[], equations: CubeEquation[], minimum: number): Hidden {
  const filled = cells.filter((cell) => cell.n > 0)
  const known = new Set(filled.map((cell) => cell.id))
  const tied = equations.flatMap(({ total, parts }) => {
    const below = parts.filter((part) => known.has(part))
    return known.has(total) && below.length > 0 ? [{ total, parts: below }] : []
  })
  return complementary(filled, tied, minimum)
}

/** What a reader would miss most: the province, then a unit's quarter, which is what pages open with. */
function wholeCells(tree: UnitTree, periods: CalendarPeriod[], n: (id: string) => number): CubeCell[] {
  const worth = { month: 0.5, quarter: 3, year: 1 }
  return tree.scopes().flatMap((scope) =>
    periods.map((one) => {
      const id = cellId(scope, one)
      return { id, n: n(id), worth: worth[one.kind] * (scope === 'province' ? 20 : 1) }
    }),
  )
}

function partCells(
  tree: UnitTree,
  period: CalendarPeriod,
  parts: string[],
  n: (id: string) => number,
  wholes: Hidden,
  before: (scope: Scope, part: string) => boolean,
): CubeCell[] {
  return tree.scopes().flatMap((scope) => {
    const id = cellId(scope, period)
    const whole = { id, n: n(id), worth: Infinity, hidden: wholes.has(id) }
    const inside = parts.map((part) => {
      const partId = cellId(scope, period, part)
      // a unit's only part is its whole, which is decided already
      const isWhole = n(partId) === whole.n
      return { id: partId, n: n(partId), worth: scope === 'province' ? 20 : 1, hidden: !isWhole && before(scope, part) }
    })
    return [whole, ...inside]
  })
}

function treeEquations(tree: UnitTree, periods: CalendarPeriod[], part?: string): CubeEquation[] {
  return periods.flatMap((one) =>
    tree.totals().map(({ total, parts }) => ({
      total: cellId(total, one, part),
      parts: parts.map((scope) => cellId(scope, one, part)),
    })),
  )
}

function timeEquations(tree: UnitTree, periods: CalendarPeriod[]): CubeEquation[] {
  const within = (outer: CalendarPeriod) =>
    periods.filter(
      (inner) =>
        inner.kind === (outer.kind === 'year' ? 'quarter' : 'month') &&
        inner.start >= outer.start &&
        inner.endExclusive <= outer.endExclusive,
    )
  const coarse = periods.filter((one) => one.kind !== 'month')
  return tree.scopes().flatMap((scope) =>
    coarse.map((outer) => ({
      total: cellId(scope, outer),
      parts: within(outer).map((inner) => cellId(scope, inner)),
    })),
  )
}

function partEquations(tree: UnitTree, period: CalendarPeriod, parts: string[]): CubeEquation[] {
  return [
    ...parts.flatMap((part) => treeEquations(tree, [period], part)),
    ...tree.scopes().map((scope) => ({
      total: cellId(scope, period),
      parts: parts.map((part) => cellId(scope, period, part)),
    })),
  ]
}

function periodKey({ from, to }: CalendarPeriod): string {
  return `${from}|${to}`
}

function cellId(scope: Scope, period: CalendarPeriod, part?: string): string {
  return part === undefined ? `${scope}|${periodKey(period)}` : `${scope}|${periodKey(period)}|${part}`
}

function once(make: (key: string) => Hidden): (key: string) => Hidden {
  const made = new Map<string, Hidden>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}
