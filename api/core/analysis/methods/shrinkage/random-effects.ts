import { z } from 'zod'
import { betweenVarianceMethods } from '../../../stats/shrinkage/betweenVariance.ts'
import { meanTests, randomEffects } from '../../../stats/shrinkage/randomEffects.ts'
import { method } from '../../method.ts'
import { confOption } from '../columns.ts'
import { estimateOptions, unitEstimates } from '../estimates.ts'

export const randomEffectsMethod = method({
  name: 'random-effects',
  summary:
    'Common mean of units with known sampling errors, variance between them, and each unit drawn towards the mean',
  options: {
    method: z
      .enum(betweenVarianceMethods)
      .default('REML')
      .describe('estimator of the variance between units; EB and PM solve the same equation'),
    test: z.enum(meanTests).default('z').describe('distribution for the mean and its interval'),
    conf: confOption,
    ...estimateOptions,
  },
  output:
    '{ k, method, test, conf, tau2, seTau2, mu, se, df, statistic, p, lo, hi, predictionLo, predictionHi, q, qDf, qP, i2, h2, ' +
    'logLikelihood, rows: [{ line, unit, est, variance, weight, blup, se, lo, hi }] }; tau2 is the variance between units, q ' +
    'Cochran’s test of equal units, i2 in per cent, blup the unit’s value drawn to mu, weight the share of its own estimate',
  source: 'R metafor 3.8 rma and blup (iterations to full precision); Viechtbauer 2005, Knapp & Hartung 2003',
  run(table, options) {
    const units = unitEstimates(table, options)
    const used = units.filter(({ est }) => est !== null)
    const { units: shrunken, ...summary } = randomEffects(
      used.map(({ est }) => est!),
      used.map(({ variance }) => variance!),
      options,
    )
    let at = 0
    const nothing = { weight: null, blup: null, se: null, lo: null, hi: null }
    return {
      method: options.method,
      test: options.test,
      conf: options.conf,
      ...summary,
      rows: units.map((unit) => ({ ...unit, ...(unit.est === null ? nothing : shrunken[at++]!) })),
    }
  },
})
