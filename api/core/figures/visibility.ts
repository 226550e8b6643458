import { hiddenCells, type NumberedEquation } from '../disclosure/cube.ts'
import { MIN_SHOW } from '../disclosure/thresholds.ts'
import { periodsCovering, type CalendarPeriod } from '../time/period.ts'
import { scopesOfUnits, type NumberedScopes } from './numbered-scopes.ts'
import type { Scope, TreeUnit } from './unit-tree.ts'

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
  /** The parts that answers go into. */
  parts: readonly string[]
}

/**
 * Decides for one item, over the whole tree of units and all periods of a calendar year together, which figures may be
 * shown, so that no door shows what another door's figures would complete: province = Σ units, unit with children = itself
 * + Σ children, quarter = Σ months, year = Σ quarters.
 *
 * Parts (fields, PAPI groups) are decided afterwards and never cost a whole figure: unit = Σ parts and part of the province = Σ
 * that part of its units, for each quarter by itself. A quarter has parts only where its months are shown, since a month may be
 * of one part alone; a year's part is shown only if those of its quarters are; a month has no parts. So nothing comes back by
 * subtraction over time.
 *
 * @param known parts decided before for the same units, minimum and year: taken where their counts are the same
 */
export function itemVisibility(
  units: readonly TreeUnit[],
  period: CalendarPeriod,
  counts: readonly MonthCount[],
  minimum = MIN_SHOW,
  known?: KnownParts,
): Visibility {
  const scopes = scopesOfUnits(units)
  const year = calendarOf(period)
  const { wholes, parts, partNames } = sumUp(scopes, year, counts)
  const size = year.periods.length
  const wholeHidden = hiddenCells(
    {
      n: wholes,
      worth: (cell) => WORTH[year.periods[cell % size]!.kind] * (scopes.province === Math.floor(cell / size) ? 20 : 1),
      equations: wholeEquations(scopes, year),
    },
    minimum,
  )
  /** Parts of one period: the cell of a scope's whole is followed by those of its parts. */
  const partsOf = once((at: number): Uint8Array => {
    const inner = year.inside[at]!
    const isYear = year.periods[at]!.kind === 'year'
    const step = partNames.length + 1
    const n = new Int32Array(scopes.names.length * step)
    for (let scope = 0; scope < scopes.names.length; scope += 1) {
      n[scope * step] = wholes[scope * size + at]!
      for (let part = 0; part < partNames.length; part += 1)
        n[scope * step + 1 + part] = parts[part]![scope * size + at]!
    }
    const isHidden = (cell: number) => {
      const [scope, part] = [Math.floor(cell / step), (cell % step) - 1]
      const here = scope * size
      if (part < 0) return wholeHidden[here + at] === 1
      // a unit's only part is its whole, which is decided already
      if (n[cell] === n[scope * step]) return false
      if (isYear) return inner.some((quarter) => parts[part]![here + quarter]! > 0 && partsOf(quarter)[cell] === 1)
      return inner.some((month) => wholeHidden[here + month] === 1)
    }
    const outside = n.map((answers, cell) => (answers > 0 && isHidden(cell) ? 1 : 0))
    const before = known?.get(at)
    if (before && isSame(before.n, n) && isSame(before.outside, outside)) return before.hidden
    const worth = (cell: number) =>
      cell % step === 0 ? Infinity : scopes.province === Math.floor(cell / step) ? 20 : 1
    const equations = partEquations(scopes, partNames.length)
    const hidden = hiddenCells({ n, worth, isHidden: (cell) => outside[cell] === 1, equations }, minimum)
    known?.set(at, { n, outside, hidden })
    return hidden
  })
  return {
    parts: partNames,
    reason: (scope, one, part) => {
      const at = year.indexOf(one)
      const scopeAt = scopes.indexOf.get(scope)
      const partAt = part === undefined ? -1 : partNames.indexOf(part)
      if (at < 0 || scopeAt === undefined || (part !== undefined && partAt < 0)) return 'too_few'
      const n = (part === undefined ? wholes : parts[partAt]!)[scopeAt * size + at]!
      if (n < minimum) return 'too_few'
      if (part === undefined) return wholeHidden[scopeAt * size + at] === 1 ? 'complementary' : null
      if (one.kind === 'month') return 'complementary'
      return partsOf(at)[scopeAt * (partNames.length + 1) + 1 + partAt] === 1 ? 'complementary' : null
    },
  }
}

/** Parts of a period that were decided: their counts, what was hidden from outside, and what was found. */
export type KnownParts = Map<number, { n: Int32Array; outside: Int32Array; hidden: Uint8Array }>

function isSame(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at])
}

/** What a reader would miss most: the province, then a unit's quarter, which is what pages open with. */
const WORTH = { month: 0.5, quarter: 3, year: 1 } as const

/** The periods of a calendar year by number. */
interface Calendar {
  readonly periods: readonly CalendarPeriod[]
  /** For each period the numbers of the months that make it up. */
  readonly months: readonly (readonly number[])[]
  /** For each quarter its months, for the year its quarters. */
  readonly inside: readonly (readonly number[])[]
  /** −1 for a period of another year. */
  readonly indexOf: (period: CalendarPeriod) => number
}

function calendarOf(period: CalendarPeriod): Calendar {
  const periods = periodsCovering(period)
  const places = new Map(periods.map(({ from, to }, at) => [from + to, at]))
  const within = (kind: CalendarPeriod['kind'], outer: CalendarPeriod) =>
    periods.flatMap((one, at) =>
      one.kind === kind && one.start >= outer.start && one.endExclusive <= outer.endExclusive ? [at] : [],
    )
  return {
    periods,
    months: periods.map((one) => within('month', one)),
    inside: periods.map((one) => (one.kind === 'month' ? [] : within(one.kind === 'year' ? 'quarter' : 'month', one))),
    indexOf: ({ from, to }) => places.get(from + to) ?? -1,
  }
}

/** Counts of every scope and period, `scope × period` in one array: wholes, and the same for each part. */
function sumUp(
  scopes: NumberedScopes,
  year: Calendar,
  counts: readonly MonthCount[],
): { wholes: Int32Array; parts: Int32Array[]; partNames: string[] } {
  const size = year.periods.length
  const make = () => new Int32Array(scopes.names.length * size)
  const wholes = make()
  const byPart = new Map<string, Int32Array>()
  const monthAt = new Map(year.periods.flatMap((one, at) => (one.kind === 'month' ? [[one.start, at] as const] : [])))
  for (const { unitId, month, n, part } of counts) {
    const at = monthAt.get(month)
    if (at === undefined) continue
    let ofPart = part === undefined ? undefined : byPart.get(part)
    if (part !== undefined && ofPart === undefined) byPart.set(part, (ofPart = make()))
    for (const scope of scopes.ofUnit(unitId)) {
      wholes[scope * size + at]! += n
      if (ofPart) ofPart[scope * size + at]! += n
    }
  }
  const parts = [...byPart.values()]
  for (const sums of [wholes, ...parts])
    year.periods.forEach((one, at) => {
      if (one.kind === 'month') return
      for (let here = at; here < sums.length; here += size)
        for (const month of year.months[at]!) sums[here]! += sums[here - at + month]!
    })
  return { wholes, parts, partNames: [...byPart.keys()] }
}

/** Province = Σ units for each period, then quarter = Σ months and year = Σ quarters for each scope. */
function wholeEquations(scopes: NumberedScopes, year: Calendar): NumberedEquation[] {
  const size = year.periods.length
  const tree = year.periods.flatMap((_, at) =>
    scopes.totals.map(({ total, parts }) => ({
      total: total * size + at,
      parts: parts.map((scope) => scope * size + at),
    })),
  )
  const time = scopes.names.flatMap((_, scope) =>
    year.inside.flatMap((inner, at) =>
      inner.length === 0 ? [] : [{ total: scope * size + at, parts: inner.map((one) => scope * size + one) }],
    ),
  )
  return [...tree, ...time]
}

/** Part of a total = Σ that part of its units, for each part; then whole = Σ parts for each scope. */
function partEquations(scopes: NumberedScopes, count: number): NumberedEquation[] {
  const step = count + 1
  const each = Array.from({ length: count }, (_, part) => part + 1)
  return [
    ...each.flatMap((part) =>
      scopes.totals.map(({ total, parts }) => ({
        total: total * step + part,
        parts: parts.map((scope) => scope * step + part),
      })),
    ),
    ...scopes.names.map((_, scope) => ({ total: scope * step, parts: each.map((part) => scope * step + part) })),
  ]
}

function once<Value>(make: (key: number) => Value): (key: number) => Value {
  const made = new Map<number, Value>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}
