import { z } from 'zod'
import { directStandardise, type GroupMean } from '../../../stats/standardise/direct.ts'
import { sum } from '../../../stats/sum.ts'
import { DataError } from '../../../table/data-error.ts'
import type { Table } from '../../../table/table.ts'
import { method, OptionsError } from '../../method.ts'
import { completeMeasures, completeTexts, measures, refuse, shareCells } from '../cells.ts'
import { columnOption, confOption, unitOption } from '../columns.ts'
import { unitRows } from './groups.ts'

const column = z.string().min(1).max(200)

export const directStandardisationMethod = method({
  name: 'direct-standardisation',
  summary: 'Means of units as they would be under a common mix of groups, with standard errors',
  options: {
    group: columnOption('group', 'the group whose mix is held fixed'),
    mean: columnOption('mean', 'mean of the unit in the group; not used when x is named'),
    se: column.optional().describe('column: standard error of that mean'),
    n: column.optional().describe('column: answers, for the crude mean, for the pooled mix, and with x'),
    x: column.optional().describe('column: favourable answers of n, in place of mean and se'),
    standard: z
      .union([z.literal('pooled'), z.record(column, z.number().min(0)), z.strictObject({ column })])
      .default('pooled')
      .describe(
        'common mix: "pooled" Σ n over all units, {"GROUP": size, …}, or {"column": C} with one size per group',
      ),
    missing: z
      .enum(['null', 'renormalise'])
      .default('null')
      .describe('a unit without one of the groups: no result, or over the other groups (another mix)'),
    conf: confOption,
    unit: unitOption,
  },
  output:
    '{ conf, standard: [{ group, share }], rows: [{ unit, groups, n, crude, est, se, lo, hi, missing }] }; est is the mean under ' +
    'the common mix, crude the one under the unit’s own, missing the groups without a value; se is null without se or x',
  source:
    'Σ π·mean, se √Σ π²se²; for a survey’s own weights and design see `estimate` with "standardise" (R svystandardize)',
  run(table, options) {
    const names = completeTexts(table, options.group)
    const cells = groupMeans(table, options, names)
    const standard = commonMix(table, options, names, cells)
    const whole = sum(standard.values())
    return {
      conf: options.conf,
      standard: [...standard].map(([group, size]) => ({ group, share: size / whole })),
      rows: unitRows(table, options.unit, [options.group]).map(({ unit, rows }) => {
        const own = rows.flatMap((row) => cells[row] ?? [])
        const sizes = own.map(({ n }) => n)
        return {
          unit,
          groups: own.length,
          n: sizes.every((n) => n !== null) ? sum(sizes) : null,
          ...directStandardise(own, standard, { renormalise: options.missing === 'renormalise', conf: options.conf }),
        }
      }),
    }
  },
})

interface Given {
  readonly mean: string
  readonly se?: string | undefined
  readonly n?: string | undefined
  readonly x?: string | undefined
  readonly standard: 'pooled' | Record<string, number> | { column: string }
}

/** One for each row; null where the unit has no value in the group. */
function groupMeans(table: Table, { mean, se, n, x }: Given, names: readonly string[]): (GroupMean | null)[] {
  if (x !== undefined) {
    if (n === undefined) throw new OptionsError([{ path: 'n', code: 'x_needs_n' }])
    return shareCells(table, x, n).map((cell, i) => {
      const share = cell.x / cell.n
      return { group: names[i]!, mean: share, se: Math.sqrt((share * (1 - share)) / cell.n), n: cell.n }
    })
  }
  const means = measures(table, mean)
  const errors = se === undefined ? null : measures(table, se)
  const sizes = n === undefined ? null : completeMeasures(table, n)
  if (errors !== null) refuse(table, se!, errors, (error) => (error >= 0 ? null : 'negative'))
  if (sizes !== null) refuse(table, n!, sizes, (size) => (size >= 0 ? null : 'negative'))
  return means.map((value, i) =>
    value === null ? null : { group: names[i]!, mean: value, se: errors?.[i] ?? null, n: sizes?.[i] ?? null },
  )
}

function commonMix(
  table: Table,
  { standard, n }: Given,
  names: readonly string[],
  cells: readonly (GroupMean | null)[],
): Map<string, number> {
  const mix = new Map<string, number>()
  if (standard === 'pooled') {
    if (n === undefined) throw new OptionsError([{ path: 'standard', code: 'pooled_needs_n' }])
    cells.forEach((cell, i) => mix.set(names[i]!, (mix.get(names[i]!) ?? 0) + (cell?.n ?? 0)))
  } else if (typeof standard['column'] === 'string') {
    const name = standard['column']
    const sizes = completeMeasures(table, name)
    refuse(table, name, sizes, (size) => (size >= 0 ? null : 'negative'))
    sizes.forEach((size, i) => {
      const known = mix.get(names[i]!) ?? size
      if (known !== size)
        throw new DataError(table.file, [{ code: 'size_varies', line: table.rows[i]!.line, column: name }])
      mix.set(names[i]!, size)
    })
  } else {
    for (const [group, size] of Object.entries(standard as Record<string, number>)) mix.set(group, size)
    const unknown = [...mix.keys()].find((group) => !names.includes(group))
    if (unknown !== undefined) throw new OptionsError([{ path: `standard.${unknown}`, code: 'no_such_group' }])
  }
  if (!(sum(mix.values()) > 0)) throw new OptionsError([{ path: 'standard', code: 'weights_of_zero' }])
  return mix
}
