import { z } from 'zod'
import {
  betaBinomialMax,
  betaBinomialMethods,
  betaPrior,
  posteriorShare,
} from '../../../stats/shrinkage/betaBinomial.ts'
import { DataError } from '../../../table/data-error.ts'
import { method } from '../../method.ts'
import { refuse, shareCells } from '../cells.ts'
import { columnOption, confOption } from '../columns.ts'
import { distinctUnits } from '../estimates.ts'

export const betaBinomialMethod = method({
  name: 'beta-binomial',
  summary: 'Shares x / n of many units drawn to a common beta distribution (empirical Bayes), with intervals',
  options: {
    method: z
      .enum(betaBinomialMethods)
      .default('ml')
      .describe('prior by largest likelihood of the counts, or from mean and variance of the raw shares'),
    conf: confOption,
    x: columnOption('x', 'favourable answers, whole numbers'),
    n: columnOption('n', 'valid answers, whole numbers ≥ 1'),
    unit: columnOption('unit', 'name of the row; not needed'),
  },
  output:
    '{ method, conf, units, mean, alpha, beta, dispersion, rows: [{ line, unit, x, n, raw, weight, est, lo, hi }] }; est = ' +
    '(x + alpha)/(n + alpha + beta), weight = n/(n + alpha + beta), dispersion = 1/(alpha + beta). Where units differ no more ' +
    'than by chance dispersion is 0, alpha, beta, lo and hi are null and every est is the common share',
  source: 'Smith, algorithm AS 189 (1983); Robinson, Introduction to Empirical Bayes (R ebbr); Efron & Morris 1975',
  run(table, options) {
    const units = distinctUnits(table, options.unit)
    const cells = shareCells(table, options.x, options.n)
    refuse(
      table,
      options.n,
      cells.map(({ n }) => n),
      (n) => (n <= betaBinomialMax ? null : 'too_many_answers'),
    )
    const prior = fitted(table.file, options.x, () =>
      betaPrior(
        cells.map(({ x, n }) => ({ favourable: x, n })),
        options.method,
      ),
    )
    return {
      method: options.method,
      conf: options.conf,
      units: cells.length,
      ...prior,
      rows: cells.map(({ line, x, n }, i) => ({
        line,
        unit: units[i] ?? null,
        x,
        n,
        raw: x / n,
        ...posteriorShare(prior, { favourable: x, n }, options.conf),
      })),
    }
  },
})

function fitted<T>(file: string, column: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) throw new DataError(file, [{ code: 'spread_beyond_beta', line: null, column }])
    throw error
  }
}
