import { z } from 'zod'
import { concordance, concordanceIntervals } from '../../../stats/agreement/concordance.ts'
import { method } from '../../method.ts'
import { confOption } from '../columns.ts'
import { pairOptions, pairs } from './pairs.ts'

export const concordanceMethod = method({
  name: 'concordance',
  summary: 'Lin’s concordance of two measurements: how near they lie to the line of equality, with its interval',
  options: {
    ...pairOptions,
    divisor: z.enum(['n', 'n-1']).default('n').describe('divisor of variances and covariance'),
    interval: z.enum(concordanceIntervals).default('z-transform').describe('through Fisher’s transform, or plain'),
    conf: confOption,
  },
  output:
    '{ n, missing, conf, ccc, se, lo, hi, r, biasCorrection, scaleShift, locationShift }; ccc = r · biasCorrection, r Pearson’s ' +
    'correlation, scaleShift sd(x)/sd(y), locationShift (mean x − mean y)/√(sd x · sd y); null where a column is constant',
  source: 'Lin 1989 and 2000; R epiR epi.ccc',
  run(table, options) {
    const { x, y, missing } = pairs(table, options)
    const { n, ...found } = concordance(x, y, options)
    return { n, missing, conf: options.conf, ...found }
  },
})
