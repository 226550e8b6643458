import { z } from 'zod'
import { correlation, correlationMethods, spearmanIntervals } from '../../../stats/agreement/correlation.ts'
import { DataError } from '../../../table/data-error.ts'
import { method } from '../../method.ts'
import { confOption } from '../columns.ts'
import { pairOptions, pairs } from './pairs.ts'

/** Kendall's coefficient compares all pairs of rows. */
const kendallMax = 20_000

export const correlationMethod = method({
  name: 'correlation',
  summary: 'Pearson’s, Spearman’s and Kendall’s correlation with test and interval',
  options: {
    ...pairOptions,
    methods: z
      .array(z.enum(correlationMethods))
      .min(1)
      .default([...correlationMethods])
      .describe('coefficients to give'),
    spearmanInterval: z
      .enum(spearmanIntervals)
      .default('bonett-wright')
      .describe('error on Fisher’s scale for Spearman: √((1 + ρ²/2)/(n − 3)), √(1.06/(n − 3)) or √(1/(n − 3))'),
    conf: confOption,
  },
  output:
    '{ n, missing, conf, rows: [{ method, est, statistic, df, p, exact, lo, hi }] }; p two-sided; statistic is t, S = Σ(rank ' +
    'difference)², or concordant pairs (z when not exact); null where a column is constant; ' +
    'Spearman’s p of ten pairs or more comes from a series that ends at 0 far in the tail, as in R',
  source: 'R cor.test (exact p without ties: AS 89, Kendall); Bonett & Wright 2000, Fieller, Hartley & Pearson 1957',
  run(table, options) {
    const { x, y, missing } = pairs(table, options)
    if (options.methods.includes('kendall') && x.length > kendallMax)
      throw new DataError(table.file, [{ code: 'too_many_rows_for_kendall', line: null, column: options.x }])
    return {
      n: x.length,
      missing,
      conf: options.conf,
      rows: options.methods.map((name) => ({ method: name, ...correlation(x, y, name, options) })),
    }
  },
})
