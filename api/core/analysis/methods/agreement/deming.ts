import { z } from 'zod'
import { deming } from '../../../stats/agreement/deming.ts'
import { method } from '../../method.ts'
import { confOption } from '../columns.ts'
import { pairOptions, pairs } from './pairs.ts'

export const demingMethod = method({
  name: 'deming',
  summary: 'Line between two measurements that both have error (Deming), with jackknife errors',
  options: {
    ...pairOptions,
    ratio: z
      .number()
      .min(1e-9)
      .max(1e9)
      .default(1)
      .describe('variance of the errors of y over that of x; 1 is orthogonal regression'),
    conf: confOption,
  },
  output:
    '{ n, missing, conf, ratio, slope, intercept, slopeSe, interceptSe, slopeLo, slopeHi, interceptLo, interceptHi }; intervals by ' +
    'Student’s t on n − 2; null where there is no line',
  source: 'Deming 1943; Linnet 1993 (jackknife); R mcr mcreg (whose error.ratio is 1/ratio)',
  run(table, options) {
    const { x, y, missing } = pairs(table, options)
    const none = {
      slope: null,
      intercept: null,
      slopeSe: null,
      interceptSe: null,
      slopeLo: null,
      slopeHi: null,
      interceptLo: null,
      interceptHi: null,
    }
    const found = deming(x, y, options) ?? none
    return { missing, conf: options.conf, ratio: options.ratio, n: x.length, ...found }
  },
})
