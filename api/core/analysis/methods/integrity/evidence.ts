import { z } from 'zod'
import { combineP } from '../../../stats/integrity/combine-p.ts'
import { logMixtureE } from '../../../stats/integrity/counts.ts'
import { fisherExact } from '../../../stats/integrity/fisher-exact.ts'
import { DataError } from '../../../table/data-error.ts'
import { numbers } from '../../../table/table.ts'
import { method } from '../../method.ts'
import { completeMeasures, counts, refuse, rowNames } from '../cells.ts'
import { columnOption, unitOption } from '../columns.ts'

/** Tables are counted through one by one. */
const tablesMax = 1_000_000

export const fisherExactMethod = method({
  name: 'fisher-exact',
  summary: 'Fisher’s exact test of a two by two table in each row (five stars on and off the office network)',
  options: {
    a: columnOption('a', 'first group, first answer'),
    b: columnOption('b', 'first group, other answers'),
    c: columnOption('c', 'second group, first answer'),
    d: columnOption('d', 'second group, other answers'),
    unit: unitOption,
  },
  output:
    '{ rows: [{ line, unit, oddsRatio, p, pLower, pUpper }] }; p two-sided; oddsRatio = ad / bc, null where bc is 0',
  source: 'R fisher.test (p values); the odds ratio is the plain one of the sample',
  run(table, options) {
    const columns = [options.a, options.b, options.c, options.d].map((name) => {
      const values = counts(table, name)
      refuse(table, name, values, (value) => (value > tablesMax ? 'too_large' : null))
      return values
    })
    const units = rowNames(table, options.unit)
    const rows = table.rows.map(({ line }, i) => {
      const [a, b, c, d] = columns.map((column) => column[i]!) as [number, number, number, number]
      const { twoSided, lower, upper } = fisherExact(a, b, c, d)
      const oddsRatio = b * c === 0 ? null : (a * d) / (b * c)
      return { line, unit: units[i] ?? null, oddsRatio, p: twoSided, pLower: lower, pUpper: upper }
    })
    return { rows }
  },
})

export const combinePMethod = method({
  name: 'combine-p',
  summary: 'Several p values of one unit as one: Fisher, Stouffer, harmonic mean',
  options: { p: columnOption('p', 'p values, 0 < p ≤ 1; a missing one is left out') },
  output: '{ tests, fisher, stouffer, harmonicMean }; the first two for independent tests',
  source: 'Fisher 1932, Stouffer 1949, Wilson 2019',
  run(table, options) {
    const values = numbers(table, options.p)
    refuse(table, options.p, values, (p) => (p >= 1e-300 && p <= 1 ? null : 'not_a_probability'))
    const given = values.filter((value) => value !== null)
    if (given.length === 0) throw new DataError(table.file, [{ code: 'no_values', line: null, column: options.p }])
    return { tests: given.length, ...combineP(given) }
  },
})

export const eProcessMethod = method({
  name: 'e-process',
  summary: 'Watch a share as answers come in, at any time: evidence against p0 as an e-process, alarm at 1 / α',
  options: {
    x: columnOption('x', 'answers in their order, TRUE (1) or FALSE (0)'),
    p0: z.number().gt(0).lt(1).describe('share when nothing is wrong; must be given'),
    p1: z
      .number()
      .gt(0)
      .lt(1)
      .optional()
      .describe('share to look for (likelihood ratio); without it all shares, weighed by a beta distribution'),
    a: z.number().gt(0).max(1e6).default(1).describe('first parameter of the beta distribution'),
    b: z.number().gt(0).max(1e6).default(1).describe('second parameter of the beta distribution'),
    alpha: z.number().gt(0).lt(1).default(0.05).describe('chance of ever a false alarm'),
  },
  output:
    '{ n, threshold, alarm, logEnd, logMax, rows: [{ line, x, logE, e }] }; alarm: position (from 1) of the first e ≥ 1 / α, null ' +
    'without; logE natural; e is null beyond 1e300',
  source: 'Ville 1939; Ramdas et al. 2023, Game-theoretic statistics; Robbins 1970 (beta mixture)',
  run(table, options) {
    const values = completeMeasures(table, options.x)
    refuse(table, options.x, values, (value) => (value === 0 || value === 1 ? null : 'not_true_or_false'))
    const { p0, p1, a, b } = options
    let [yes, no] = [0, 0]
    const rows = values.map((x, i) => {
      yes += x
      no += 1 - x
      const logE =
        p1 === undefined
          ? logMixtureE(yes, no, p0, a, b)
          : yes * Math.log(p1 / p0) + no * (Math.log1p(-p1) - Math.log1p(-p0))
      return { line: table.rows[i]!.line, x, logE, e: logE > 690 ? null : Math.exp(logE) }
    })
    const threshold = -Math.log(options.alpha)
    const alarm = rows.findIndex(({ logE }) => logE >= threshold)
    return {
      n: rows.length,
      threshold: 1 / options.alpha,
      alarm: alarm === -1 ? null : alarm + 1,
      logEnd: rows.at(-1)!.logE,
      logMax: rows.reduce((largest, { logE }) => Math.max(largest, logE), -Infinity),
      rows,
    }
  },
})
