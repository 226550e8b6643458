import { z } from 'zod'
import { blandAltman, limitErrors } from '../../../stats/agreement/blandAltman.ts'
import { method } from '../../method.ts'
import { confOption } from '../columns.ts'
import { pairOptions, pairs } from './pairs.ts'

export const blandAltmanMethod = method({
  name: 'bland-altman',
  summary: 'How far two measurements of the same things differ: bias, limits of agreement, and whether they drift',
  options: {
    ...pairOptions,
    multiplier: z.number().gt(0).max(100).default(1.96).describe('limits are bias ± multiplier·sd'),
    limitError: z
      .enum(limitErrors)
      .default('1986')
      .describe('standard error of a limit: √3·sd/√n (1986), or sd·√(1/n + multiplier²/(2(n − 1))) (1999)'),
    conf: confOption,
  },
  output:
    '{ n, missing, conf, multiplier, bias: { est, se, lo, hi }, sd, lower: { est, se, lo, hi }, upper: { est, se, lo, hi }, trend: ' +
    '{ intercept, slope, slopeSe, slopeP, r } }; bias is the mean of x − y, sd of the differences, lower and upper the limits of ' +
    'agreement, trend the regression of difference on mean; intervals by Student’s t on n − 1; null for one pair',
  source: 'Bland & Altman, Lancet 1986 (there bias −2.1, sd 38.8 for two peak flow meters) and 1999',
  run(table, options) {
    const { x, y, missing } = pairs(table, options)
    const { n, ...found } = blandAltman(x, y, options)
    return { n, missing, conf: options.conf, multiplier: options.multiplier, ...found }
  },
})
