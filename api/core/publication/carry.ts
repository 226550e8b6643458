import { complementary, type CubeCell, type CubeEquation } from '../disclosure/complementary.ts'
import { periodsCovering, type CalendarPeriod } from '../time/period.ts'
import { FAMILIES, type FamilyCode } from './family.ts'
import type { InputCell, RegisterCounts } from './inputs.ts'
import type { PublicScope } from './scopes.ts'

/** A public cell refreshes when its answers have changed by at least this many since the cell was last published. */
export const MIN_REFRESH = 5

/** What the public was last shown for a period: cells by `cellKey`, and the run. */
export interface Shown {
  readonly run: number
  /** The run was taken back, so its values must not be carried on. */
  readonly withdrawn: boolean
  readonly cells: ReadonlyMap<string, InputCell>
  readonly register: readonly RegisterCounts[]
}
export interface CarryInput {
  readonly scopes: readonly PublicScope[]
  /** Counted now. */
  readonly fresh: readonly InputCell[]
  readonly period: CalendarPeriod
  /** By `YYYY-MM/YYYY-MM`, for every period of the calendar year of which a run was published, this one included. */
  readonly shown: ReadonlyMap<string, Shown>
}

export function cellKey(cell: Pick<InputCell, 'unit' | 'family'>): string {
  return `${cell.unit}:${cell.family}`
}
export function periodKey(period: { from: string; to: string }): string {
  return `${period.from}/${period.to}`
}

/**
 * Decides for each cell whether today's counts are published, the last ones carried on, or none shown, so that nobody can
 * subtract one edition from another and see fewer than `MIN_REFRESH` answers: in the cell itself, in a total and its parts
 * (the increments are a cube like the figures are), or in a period and those it consists of.
 *
 * Not covered: small sums that arise only by mixing several periods' editions at once.
 */
export function carryCells(input: CarryInput): InputCell[] {
  const last = input.shown.get(periodKey(input.period)) ?? null
  const held = new Set<string>()
  for (const family of FAMILIES) {
    const cells = new Map(input.fresh.filter((cell) => cell.family === family.code).map((cell) => [cell.unit, cell]))
    for (const name of countNames(family.items, family.code)) {
      const blocked = [...cells.values()].filter((cell) => blockedByTime(input, cell, name))
      if (last === null && blocked.length === 0) continue
      for (const unit of heldUnits(input.scopes, cells, last, name, new Set(blocked.map((cell) => cell.unit)))) {
        held.add(cellKey({ unit, family: family.code }))
      }
    }
  }
  return input.fresh.map((cell) => {
    if (!held.has(cellKey(cell))) return cell
    const before = last?.cells.get(cellKey(cell))
    if (last === null || before === undefined) return { ...cell, withheld: true }
    return { ...before, source: before.source ?? last.run, withheld: before.withheld || last.withdrawn }
  })
}

/**
 * Stages of asking as they are published: a unit whose answers are carried on has the stages of then, or the response rate
 * would tell of each new answer.
 */
export function carryRegister(
  fresh: readonly RegisterCounts[],
  cells: readonly InputCell[],
  last: Shown | undefined,
): RegisterCounts[] {
  const held = new Set(
    cells.filter((cell) => cell.family === 'overall' && cell.source !== null).map(({ unit }) => unit),
  )
  const before = new Map(last?.register.map((counts) => [counts.unit, counts]))
  return fresh.map((counts) => (held.has(counts.unit) ? (before.get(counts.unit) ?? counts) : counts))
}

/** Units whose counts of one item must not be refreshed. */
function heldUnits(
  scopes: readonly PublicScope[],
  cells: ReadonlyMap<number, InputCell>,
  last: Shown | null,
  name: string,
  blocked: ReadonlySet<number>,
): number[] {
  const changes = new Map(
    [...cells].map(([unit, cell]) => [
      unit,
      minus(countsOf(cell, name), countsOf(last?.cells.get(cellKey(cell)), name)),
    ]),
  )
  const cubeCells: CubeCell[] = []
  const equations: CubeEquation[] = []
  for (const { unit, scope, parts } of scopes) {
    const change = changes.get(unit)
    if (change === undefined) continue
    const size = sizeOf(change)
    cubeCells.push({ id: String(unit), n: blocked.has(unit) ? Math.min(Math.max(size, 1), MIN_REFRESH - 1) : size })
    const published = parts.filter((part) => changes.has(part))
    if (published.length === 0) continue
    const total = { total: String(unit), parts: published.map(String) }
    if (scope === 'province') {
      equations.push(total)
      continue
    }
    // the unit's own answers are on no page, but the rest of its total
    const rest = published.reduce((left, part) => minus(left, changes.get(part) ?? []), change)
    cubeCells.push({ id: `${unit}:own`, n: sizeOf(rest) })
    equations.push({ ...total, parts: [...total.parts, `${unit}:own`] })
  }
  const hidden = complementary(cubeCells, equations, MIN_REFRESH)
  // an unchanged cell stays as it is either way
  return [...changes].flatMap(([unit, change]) =>
    hidden.has(String(unit)) && (sizeOf(change) > 0 || blocked.has(unit)) ? [unit] : [],
  )
}

/** True when today's counts and what is shown of the other periods of the year leave a remainder of a few answers. */
function blockedByTime(input: CarryInput, cell: InputCell, name: string): boolean {
  const own = periodKey(input.period)
  const shownOf = (period: CalendarPeriod) => {
    if (periodKey(period) === own) return countsOf(cell, name)
    const found = input.shown.get(periodKey(period))?.cells.get(cellKey(cell))
    return found === undefined ? null : countsOf(found, name)
  }
  return timeEquations(input.period)
    .filter(({ outer, inner }) => [outer, ...inner].some((period) => periodKey(period) === own))
    .some(({ outer, inner }) => {
      const total = shownOf(outer)
      if (total === null) return false
      // a period of which nothing was published is part of the remainder
      const rest = inner.reduce<readonly number[]>((left, period) => minus(left, shownOf(period) ?? []), total)
      const size = sizeOf(rest)
      return size > 0 && size < MIN_REFRESH
    })
}

function timeEquations(period: CalendarPeriod): { outer: CalendarPeriod; inner: CalendarPeriod[] }[] {
  const periods = periodsCovering(period)
  return periods
    .filter((outer) => outer.kind !== 'month')
    .flatMap((outer) =>
      (outer.kind === 'year' ? (['quarter', 'month'] as const) : (['month'] as const)).map((kind) => ({
        outer,
        inner: periods.filter(
          (inner) => inner.kind === kind && inner.start >= outer.start && inner.endExclusive <= outer.endExclusive,
        ),
      })),
    )
}

/** What of a family is compared: its items, and how the overall answers fall on dossiers in time. */
function countNames(items: readonly string[], family: FamilyCode): string[] {
  return family === 'overall' ? [...items, NOT_LATE] : [...items]
}
const NOT_LATE = '@notLate'

/** Option counts without "không nhớ", which is in no public figure. */
function countsOf(cell: InputCell | undefined, name: string): readonly number[] {
  if (cell === undefined) return []
  return name === NOT_LATE ? cell.overallNotLate : (cell.items[name] ?? []).slice(0, 9)
}

function minus(a: readonly number[], b: readonly number[]): number[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, k) => (a[k] ?? 0) - (b[k] ?? 0))
}

/** Answers that came (or went) on balance; at least 1 when anything moved. */
function sizeOf(change: readonly number[]): number {
  if (change.every((count) => count === 0)) return 0
  return Math.max(1, Math.abs(change.reduce((sum, count) => sum + count, 0)))
}
