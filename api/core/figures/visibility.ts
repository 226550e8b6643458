import { complementary, type CubeCell, type CubeEquation } from '../disclosure/complementary.ts'
import { MIN_SHOW } from '../disclosure/thresholds.ts'
import { periodsCovering, type CalendarPeriod } from '../time/period.ts'

/** A unit in the tree; a parent outside the list is the province. */
export interface TreeUnit {
  readonly id: number
  readonly parentId: number | null
}
/** Valid answers of one item at a unit in a month (YYYY-MM-01), optionally of one field. */
export interface MonthCount {
  readonly unitId: number
  readonly month: string
  readonly n: number
  readonly field?: string
}
/** What a page may ask about: the province, a unit with everything below it, a unit alone, or a field of these. */
export type Scope = 'province' | `tree:${number}` | `unit:${number}`

export interface Visibility {
  /** Why a figure is hidden, or null. */
  reason: (scope: Scope, period: CalendarPeriod, field?: string) => 'too_few' | 'complementary' | null
}

/**
 * Decides for one item, over the whole tree of units and all periods of a calendar year together, which figures may be
 * shown, so that no door shows what another door's figures would complete: province = Σ units, unit with children = itself
 * + Σ children, quarter = Σ months, year = Σ quarters, and each of them = Σ fields where fields are given.
 */
export function itemVisibility(
  units: readonly TreeUnit[],
  period: CalendarPeriod,
  counts: readonly MonthCount[],
  minimum = MIN_SHOW,
): Visibility {
  const periods = periodsCovering(period)
  const tree = new Tree(units)
  const sums = new Map<string, number>()
  const fieldsOf = new Map<string, Set<string>>()
  for (const count of counts) {
    for (const scope of tree.scopesOf(count.unitId)) {
      for (const one of periods) {
        if (count.month < one.start || count.month >= one.endExclusive) continue
        const id = cellId(scope, one)
        if (count.field !== undefined) {
          const fieldId = cellId(scope, one, count.field)
          sums.set(fieldId, (sums.get(fieldId) ?? 0) + count.n)
          const known = fieldsOf.get(scope) ?? new Set<string>()
          fieldsOf.set(scope, known.add(count.field))
        }
        sums.set(id, (sums.get(id) ?? 0) + count.n)
      }
    }
  }
  const equations = [...equationsOfTree(tree, periods, fieldsOf), ...equationsOfTime(tree, periods, fieldsOf)]
  const ids = new Set([...sums.keys(), ...equations.flatMap((equation) => [equation.total, ...equation.parts])])
  const cells: CubeCell[] = [...ids].map((id) => ({ id, n: sums.get(id) ?? 0 }))
  const hidden = complementary(cells, equations, minimum)
  return {
    reason: (scope, one, field) =>
      hidden.get(cellId(scope, one, field)) ?? (ids.has(cellId(scope, one, field)) ? null : 'too_few'),
  }
}

function equationsOfTree(
  tree: Tree,
  periods: CalendarPeriod[],
  fieldsOf: ReadonlyMap<string, ReadonlySet<string>>,
): CubeEquation[] {
  return periods.flatMap((period) => [
    ...tree.totals().flatMap(({ total, parts }) => [
      { total: cellId(total, period), parts: parts.map((part) => cellId(part, period)) },
      ...[...(fieldsOf.get(total) ?? [])].map((field) => ({
        total: cellId(total, period, field),
        parts: parts.map((part) => cellId(part, period, field)),
      })),
    ]),
    ...[...fieldsOf].map(([scope, fields]) => ({
      total: cellId(scope as Scope, period),
      parts: [...fields].map((field) => cellId(scope as Scope, period, field)),
    })),
  ])
}

function equationsOfTime(
  tree: Tree,
  periods: CalendarPeriod[],
  fieldsOf: ReadonlyMap<string, ReadonlySet<string>>,
): CubeEquation[] {
  const within = (outer: CalendarPeriod, kind: CalendarPeriod['kind']) =>
    periods.filter(
      (inner) => inner.kind === kind && inner.start >= outer.start && inner.endExclusive <= outer.endExclusive,
    )
  const coarse = periods.filter((period) => period.kind !== 'month')
  return tree.scopes().flatMap((scope) =>
    [undefined, ...(fieldsOf.get(scope) ?? [])].flatMap((field) =>
      coarse.map((outer) => ({
        total: cellId(scope, outer, field),
        parts: within(outer, outer.kind === 'year' ? 'quarter' : 'month').map((inner) => cellId(scope, inner, field)),
      })),
    ),
  )
}

function cellId(scope: Scope, period: CalendarPeriod, field?: string): string {
  return field === undefined ? `${scope}|${period.from}|${period.to}` : `${scope}|${period.from}|${period.to}|${field}`
}

/** The units as scopes: a unit with children is shown as a tree of itself and them. */
class Tree {
  private readonly children = new Map<number, number[]>()
  private readonly roots: number[] = []
  private readonly parent = new Map<number, number | null>()

  constructor(units: readonly TreeUnit[]) {
    const known = new Set(units.map((unit) => unit.id))
    for (const { id, parentId } of units) {
      const inside = parentId !== null && known.has(parentId)
      this.parent.set(id, inside ? parentId : null)
      if (inside) this.children.set(parentId, [...(this.children.get(parentId) ?? []), id])
      else this.roots.push(id)
    }
  }

  /** The scopes a unit's own answers are part of. */
  scopesOf(id: number): Scope[] {
    const scopes: Scope[] = ['province', `unit:${id}`]
    for (let at: number | null = id; at !== null; at = this.parent.get(at) ?? null)
      if (this.children.has(at)) scopes.push(`tree:${at}`)
    return scopes
  }

  /** How a unit is shown: with its children where it has any. */
  shown(id: number): Scope {
    return this.children.has(id) ? `tree:${id}` : `unit:${id}`
  }

  totals(): { total: Scope; parts: Scope[] }[] {
    return [
      { total: 'province', parts: this.roots.map((id) => this.shown(id)) },
      ...[...this.children].map(([id, below]) => ({
        total: `tree:${id}` as Scope,
        parts: [`unit:${id}` as Scope, ...below.map((child) => this.shown(child))],
      })),
    ]
  }

  scopes(): Scope[] {
    return [
      'province',
      ...[...this.parent.keys()].flatMap((id) =>
        this.children.has(id) ? [`unit:${id}` as Scope, `tree:${id}` as Scope] : [`unit:${id}` as Scope],
      ),
    ]
  }
}
