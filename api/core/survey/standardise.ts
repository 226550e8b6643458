import { OptionsError } from '../analysis/method.ts'
import { DataError } from '../table/data-error.ts'
import { type Table, texts } from '../table/table.ts'
import { calibrate } from './calibrate.ts'
import type { Design } from './design.ts'
import type { StandardiseSpec } from './spec.ts'

/** Name of the column in which the cells are written; no file has it, since headers are trimmed. */
const cellColumn = ' by × over'

/**
 * A design in which every group of `over` has the same mix of `by`: post-stratified to weights of the group × share of the
 * level in the given population, so that variances know it. Rows without a value in a column of `present` lose their weight
 * beforehand, because an answer that is missing must not change the mix of those given. Combinations without anyone in the
 * sample are left out.
 * Source: R survey `svystandardize`; Korn & Graubard, Analysis of Health Surveys (1999), 5.2.
 * @throws OptionsError `level_without_total`; DataError `missing_column` `missing_value` `no_positive_weight`
 */
export function standardise(table: Table, design: Design, spec: StandardiseSpec): Design {
  const present = (spec.present ?? []).map((column) => texts(table, column))
  const weight = design.weight.map((w, row) => (present.every((cells) => cells[row] !== null) ? w : 0))
  const by = complete(table, weight, spec.by)
  const over = [spec.over ?? []].flat().map((column) => complete(table, weight, column))
  const key = (row: number) => JSON.stringify(over.map((cells) => cells[row]))
  const whole = Object.values(spec.population).reduce((sum, size) => sum + size, 0)
  const groups = new Map<string, number>()
  const cells = table.rows.map((_, row) => (weight[row]! > 0 ? `${key(row)} ${by[row]}` : ''))
  const targets = new Map<string, { level: string; group: string }>()
  table.rows.forEach((_, row) => {
    if (!(weight[row]! > 0)) return
    const [group, level] = [key(row), by[row]!]
    if (!Object.hasOwn(spec.population, level))
      throw new OptionsError([{ path: `standardise.population.${level}`, code: 'level_without_total' }])
    groups.set(group, (groups.get(group) ?? 0) + weight[row]!)
    targets.set(cells[row]!, { level, group })
  })
  if (groups.size === 0) throw new DataError(table.file, [{ code: 'no_positive_weight', line: null, column: null }])
  const margin = Object.fromEntries(
    [...targets].map(([cell, { level, group }]) => [cell, (spec.population[level]! / whole) * groups.get(group)!]),
  )
  const joint = {
    ...table,
    columns: [...table.columns, cellColumn],
    rows: table.rows.map((row, i) => ({ ...row, cells: [...row.cells, cells[i]!] })),
  }
  return calibrate(joint, { ...design, weight }, { method: 'post-stratify', margins: { [cellColumn]: margin } })
}

function complete(table: Table, weight: Float64Array, column: string): (string | null)[] {
  const cells = texts(table, column)
  const lacking = table.rows.filter((_, row) => weight[row]! > 0 && cells[row] === null)
  if (lacking.length > 0)
    throw new DataError(
      table.file,
      lacking.map(({ line }) => ({ code: 'missing_value', line, column })),
    )
  return cells
}
