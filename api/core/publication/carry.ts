import { complementary, type CubeCell, type CubeEquation } from '../disclosure/complementary.ts'
import { MIN_SHOW } from '../disclosure/thresholds.ts'
import { periodsCovering, type CalendarPeriod } from '../time/period.ts'
import { FAMILIES, type Family } from './family.ts'
import type { InputCell, RegisterCounts } from './inputs.ts'
import type { PublicScope } from './scopes.ts'

/** A public cell refreshes when its answers have changed by at least this many since the cell was last published. */
export const MIN_REFRESH = 5

/** With so many editions of its own period a run is compared, the newest first; what only older ones showed is not covered. */
export const MAX_EDITIONS = 24

/** What the public was shown of a period by one run: cells by `cellKey`. */
export interface Shown {
  readonly run: number
  /** Taken back because it gives somebody away: its numbers must not be seen again. */
  readonly privacy: boolean
  readonly cells: ReadonlyMap<string, InputCell>
  readonly register: readonly RegisterCounts[]
}
export interface CarryInput {
  readonly scopes: readonly PublicScope[]
  /** Counted now. */
  readonly fresh: readonly InputCell[]
  readonly period: CalendarPeriod
  /** Every edition of this very period that the public has seen, the newest first; at most `MAX_EDITIONS`. */
  readonly editions: readonly Shown[]
  /** The newest edition of each other period of the calendar year, by `periodKey`. */
  readonly others: ReadonlyMap<string, Shown>
  /** Runs that were taken back for whatever reason: nothing is carried on from them. */
  readonly withdrawn: ReadonlySet<number>
}

export function cellKey(cell: Pick<InputCell, 'unit' | 'family'>): string {
  return `${cell.unit}:${cell.family}`
}
export function periodKey(period: { from: string; to: string }): string {
  return `${period.from}/${period.to}`
}

/**
 * Decides for each cell whether today's counts are published, the last ones carried on, or none shown, so that nobody can
 * subtract one edition of the period from another and see fewer than `MIN_REFRESH` answers: in the cell itself, in a total and
 * its parts (the increments are a cube like the figures are), or in a period and those it consists of. What a run withdrawn for
 * privacy showed stays back until the cell may refresh.
 *
 * Not covered: small sums that arise only by mixing several periods' editions at once; editions before the last
 * `MAX_EDITIONS`; of other periods all but the newest edition; few late dossiers' answers in a total without one of its parts.
 */
export function carryCells(input: CarryInput): InputCell[] {
  const last = input.editions[0] ?? null
  const held = new Set<string>()
  for (const family of FAMILIES) {
    const cells = new Map(input.fresh.filter((cell) => cell.family === family.code).map((cell) => [cell.unit, cell]))
    const recalled = [...cells.values()].filter((cell) => isRecalled(input.editions, cell))
    for (const name of countNames(family)) {
      const inTime = [...cells.values()].filter((cell) => blockedByTime(input, cell, name))
      const blocked = new Set([...recalled, ...inTime].map((cell) => cell.unit))
      if (last === null && blocked.size === 0) continue
      for (const edition of last === null ? [null] : input.editions) {
        for (const unit of heldUnits(input.scopes, cells, edition, name, blocked)) {
          held.add(cellKey({ unit, family: family.code }))
        }
      }
    }
  }
  return input.fresh.map((cell) => {
    if (!held.has(cellKey(cell))) return cell
    const before = last?.cells.get(cellKey(cell))
    if (last === null || before === undefined || isUnseen(before)) return { ...cell, withheld: true }
    const source = before.source ?? last.run
    const privacy = isRecalled(input.editions, before)
    const isGone = input.withdrawn.has(source) || input.withdrawn.has(last.run)
    return { ...before, source, withheld: before.withheld || isGone || privacy, privacy }
  })
}

/** True for counts that a run withdrawn for privacy showed, or ones that differ from these by fewer answers than refresh a cell. */
function isRecalled(editions: readonly Shown[], cell: InputCell): boolean {
  const names = countNames(FAMILIES.find(({ code }) => code === cell.family))
  return editions.some(({ privacy, cells }) => {
    const shown = cells.get(cellKey(cell))
    if (!privacy || shown === undefined || shown.withheld) return false
    // where nobody answered there is nothing to give away
    if (names.every((name) => sizeOf(countsOf(shown, name)) === 0)) return false
    return names.every((name) => sizeOf(minus(countsOf(cell, name), countsOf(shown, name))) < MIN_REFRESH)
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

/** Withheld, and carried on from no run: counts that the public was never shown. */
function isUnseen(cell: InputCell): boolean {
  return cell.withheld && cell.source === null
}

/** Units whose counts of one item must not be refreshed beside one earlier edition. */
function heldUnits(
  scopes: readonly PublicScope[],
  cells: ReadonlyMap<number, InputCell>,
  edition: Shown | null,
  name: string,
  blocked: ReadonlySet<number>,
): number[] {
  const changes = new Map(
    [...cells].map(([unit, cell]) => {
      const shown = edition?.cells.get(cellKey(cell))
      return [unit, minus(countsOf(cell, name), countsOf(shown && isUnseen(shown) ? undefined : shown, name))]
    }),
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

/**
 * True when today's counts and what is shown of the other periods of the year leave a remainder of a few answers. Counts that
 * the public sees already add nothing.
 */
function blockedByTime(input: CarryInput, cell: InputCell, name: string): boolean {
  const own = periodKey(input.period)
  const last = input.editions[0]?.cells.get(cellKey(cell))
  if (last?.withheld === false && sizeOf(minus(countsOf(cell, name), countsOf(last, name))) === 0) return false
  const shownOf = (period: CalendarPeriod) => {
    if (periodKey(period) === own) return countsOf(cell, name)
    const found = input.others.get(periodKey(period))?.cells.get(cellKey(cell))
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

/** What of a family is compared: its items, and how the overall answers fall on dossiers in time and late ones. */
function countNames(family: Family | undefined): string[] {
  const items = [...(family?.items ?? [])]
  return family?.code === 'overall' ? [...items, NOT_LATE, LATE] : items
}
const NOT_LATE = '@notLate'
const LATE = '@late'

/**
 * Option counts without "không nhớ", which is in no public figure; those of late and of not-late dossiers only where a figure
 * tells of them (`lateSplit`).
 */
function countsOf(cell: InputCell | undefined, name: string): readonly number[] {
  if (cell === undefined) return []
  if (name === NOT_LATE) return told(cell.overallNotLate)
  if (name === LATE) return told(minus(countsOf(cell, 'OVERALL'), cell.overallNotLate))
  return (cell.items[name] ?? []).slice(0, 9)
}

function told(counts: readonly number[]): readonly number[] {
  return counts.reduce((sum, count) => sum + count, 0) < MIN_SHOW ? [] : counts
}

function minus(a: readonly number[], b: readonly number[]): number[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, k) => (a[k] ?? 0) - (b[k] ?? 0))
}

/** Answers that came (or went) on balance; at least 1 when anything moved. */
function sizeOf(change: readonly number[]): number {
  if (change.every((count) => count === 0)) return 0
  return Math.max(1, Math.abs(change.reduce((sum, count) => sum + count, 0)))
}
