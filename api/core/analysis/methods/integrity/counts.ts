import { z } from 'zod'
import { concentration, dispersion, goodnessOfFit, runsTest } from '../../../stats/integrity/counts.ts'
import { median } from '../../../stats/quantile.ts'
import { DataError } from '../../../table/data-error.ts'
import type { Table } from '../../../table/table.ts'
import { method } from '../../method.ts'
import { completeMeasures, counts, exposures } from '../cells.ts'
import { columnOption } from '../columns.ts'

const tails = 'pLower small: more even than chance allows; pUpper small: more uneven'
const fault = (table: Table, code: string, column: string) => new DataError(table.file, [{ code, line: null, column }])

export const dispersionMethod = method({
  name: 'dispersion-test',
  summary: 'Are counts of equal periods as uneven as chance makes them? Index of dispersion with both tails',
  options: { x: columnOption('x', 'counts, whole numbers') },
  output: `{ n, index, statistic, df, pLower, pUpper }; index: variance / mean; ${tails}`,
  source: 'Fisher 1950; R pchisq of Σ(x − mean)² / mean',
  run(table, options) {
    const values = counts(table, options.x)
    if (values.length < 2) throw fault(table, 'too_few_rows', options.x)
    if (values.every((value) => value === 0)) throw fault(table, 'no_variation', options.x)
    return { n: values.length, ...dispersion(values) }
  },
})

export const fitMethod = method({
  name: 'fit-test',
  summary:
    'Do counts of classes follow expected shares? χ² goodness of fit with both tails (the lower: too good to be true)',
  options: {
    x: columnOption('x', 'counts, whole numbers'),
    expected: columnOption('expected', 'expected counts or shares > 0, in any unit; without such a column all equal'),
  },
  output: `{ classes, total, statistic, df, pLower, pUpper }; ${tails}`,
  source: 'R chisq.test(x, p); Pearson 1900; the lower tail as Fisher 1936 looked at Mendel',
  run(table, options) {
    const values = counts(table, options.x)
    const expected =
      options.expected === 'expected' && !table.columns.includes('expected')
        ? values.map(() => 1)
        : exposures(table, options.expected)
    const total = values.reduce((a, b) => a + b, 0)
    if (values.length < 2) throw fault(table, 'too_few_rows', options.x)
    if (total === 0) throw fault(table, 'no_variation', options.x)
    return { classes: values.length, total, ...goodnessOfFit(values, expected) }
  },
})

export const runsMethod = method({
  name: 'runs-test',
  summary: 'Wald–Wolfowitz: do values above and below a level follow each other as chance has it?',
  options: {
    x: columnOption('x', 'values in their order (or TRUE and FALSE)'),
    level: z
      .number()
      .optional()
      .describe('value that parts the two kinds; default the median; values on it are left out'),
  },
  output: '{ n, level, above, below, runs, expected, z, p }; p two-sided, without continuity correction',
  source: 'Wald & Wolfowitz 1940; R tseries runs.test',
  run(table, options) {
    const values = completeMeasures(table, options.x)
    const binary = values.every((value) => value === 0 || value === 1)
    const level = options.level ?? (binary ? 0.5 : median(values))
    const kinds = values.filter((value) => value !== level).map((value) => value > level)
    const above = kinds.filter(Boolean).length
    if (above === 0 || above === kinds.length) throw fault(table, 'no_variation', options.x)
    if (kinds.length < 3) throw fault(table, 'too_few_rows', options.x)
    return { n: kinds.length, level, above, below: kinds.length - above, ...runsTest(kinds) }
  },
})

export const concentrationMethod = method({
  name: 'concentration',
  summary:
    'How much of all comes from few (devices, addresses, desks): Herfindahl–Hirschman index, effective number, top share',
  options: { x: columnOption('x', 'counts or amounts ≥ 0, one a source') },
  output: '{ sources, total, hhi, effective, topShare }; hhi from 1/sources to 1; effective = 1 / hhi',
  source: 'Herfindahl 1950, Hirschman 1945',
  run(table, options) {
    const values = completeMeasures(table, options.x)
    const negative = values.flatMap((value, i) => (value < 0 ? [table.rows[i]!.line] : []))
    if (negative.length > 0)
      throw new DataError(
        table.file,
        negative.map((line) => ({ code: 'negative', line, column: options.x })),
      )
    const total = values.reduce((a, b) => a + b, 0)
    if (!(total > 1e-300)) throw fault(table, 'no_variation', options.x)
    return { sources: values.length, total, ...concentration(values) }
  },
})
