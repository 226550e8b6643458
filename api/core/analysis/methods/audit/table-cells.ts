import type { TotalEquation } from '../../../disclosure/feasible-intervals.ts'
import { DataError, type DataFault } from '../../../table/data-error.ts'
import type { Table } from '../../../table/table.ts'
import { OptionsError } from '../../method.ts'
import { completeTexts, measures } from '../cells.ts'

/** Which label stands for the sum of which others, for each dimension. */
export type Hierarchy = Readonly<Record<string, Readonly<Record<string, string>>>>

/** A cell of a published table. */
export interface PublishedCell {
  readonly line: number
  /** One for each dimension. */
  readonly labels: readonly string[]
  /** As the file has it; may be missing where it is hidden. */
  readonly value: number | null
  readonly hidden: boolean
}

/**
 * Cells of a table in long form.
 * @throws DataError `missing_value` `not_true_or_false` `duplicate_row`
 */
export function publishedCells(
  table: Table,
  { dimensions, value, hidden }: { dimensions: readonly string[]; value: string; hidden: string },
): PublishedCell[] {
  const labels = dimensions.map((name) => completeTexts(table, name))
  const values = measures(table, value)
  const marks = measures(table, hidden)
  const seen = new Set<string>()
  const faults: DataFault[] = []
  const cells = table.rows.map(({ line }, i) => {
    const own = labels.map((column) => column[i]!)
    const mark = marks[i] ?? 0
    if (mark !== 0 && mark !== 1) faults.push({ code: 'not_true_or_false', line, column: hidden })
    if (mark === 0 && values[i] === null) faults.push({ code: 'missing_value', line, column: value })
    if (seen.has(JSON.stringify(own))) faults.push({ code: 'duplicate_row', line, column: null })
    seen.add(JSON.stringify(own))
    return { line, labels: own, value: values[i] ?? null, hidden: mark === 1 }
  })
  if (faults.length > 0) throw new DataError(table.file, faults)
  return cells
}

/**
 * Every total in the file that is the sum of other cells of the file along one dimension, all else equal.
 * @param parents of the labels of each dimension; where a dimension has none, `total` is the sum of all its other labels
 * @throws OptionsError `unknown_dimension` `circular`
 */
export function totalEquations(
  cells: readonly PublishedCell[],
  dimensions: readonly string[],
  total: string,
  hierarchy: Hierarchy,
): TotalEquation[] {
  const strange = Object.keys(hierarchy).filter((name) => !dimensions.includes(name))
  if (strange.length > 0)
    throw new OptionsError(strange.map((name) => ({ path: `hierarchy.${name}`, code: 'unknown_dimension' })))
  return dimensions.flatMap((name, d) => {
    const parents = hierarchy[name]
    if (parents !== undefined) refuseCircles(name, parents)
    const parentOf = (label: string) =>
      parents === undefined ? (label === total ? null : total) : (parents[label] ?? null)
    const place = (labels: readonly string[], label: string) => JSON.stringify(labels.with(d, label))
    const totals = new Map(cells.map(({ labels }, i) => [JSON.stringify(labels), i]))
    const parts = new Map<number, number[]>()
    cells.forEach(({ labels }, i) => {
      const parent = parentOf(labels[d]!)
      const at = parent === null ? undefined : totals.get(place(labels, parent))
      if (at !== undefined) parts.set(at, [...(parts.get(at) ?? []), i])
    })
    return [...parts].map(([at, list]) => ({ total: at, parts: list }))
  })
}

function refuseCircles(dimension: string, parents: Readonly<Record<string, string>>): void {
  for (const start of Object.keys(parents)) {
    const passed = new Set<string>()
    for (
      let at: string | undefined = start;
      at !== undefined;
      at = Object.hasOwn(parents, at) ? parents[at] : undefined
    ) {
      if (passed.has(at)) throw new OptionsError([{ path: `hierarchy.${dimension}`, code: 'circular' }])
      passed.add(at)
    }
  }
}

/**
 * Totals over each dimension that everyone is taken to know although the file has no rows for them: cells with their
 * values, and their equations.
 */
export function shownMargins(cells: readonly PublishedCell[], dimensions: readonly string[]) {
  const values: number[] = []
  const equations = dimensions.flatMap((_, d) => {
    const lines = Map.groupBy(cells.keys(), (i) => JSON.stringify(cells[i]!.labels.toSpliced(d, 1)))
    return [...lines.values()].map((parts): TotalEquation => {
      values.push(parts.reduce((sum, i) => sum + (cells[i]!.value ?? 0), 0))
      return { total: cells.length + values.length - 1, parts }
    })
  })
  return { values, equations }
}
