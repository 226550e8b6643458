import { describe, expect, it } from 'vitest'
import { findMethod } from '../../api/core/analysis/registry.ts'
import { fayHerriotMethods } from '../../api/core/stats/shrinkage/fayHerriot.ts'
import { oracleJson, oracleRows, oraclesPresent, relativeError } from './shared.ts'
import { oracleTable } from './oracle-table.ts'

const run = (name: string, path: string, options: object) =>
  findMethod(name)!.run(oracleTable(path), options) as Record<string, number> & { rows: Record<string, number>[] }

interface Expected {
  method: (typeof fayHerriotMethods)[number]
  refvar: number
  beta: number | number[]
  beta_se: number | number[]
  goodness: { loglike: number; AIC: number; BIC: number; KIC: number }
  eblup: number[]
  mse: number[]
}

describe.skipIf(!oraclesPresent())('small areas against R', () => {
  it('Fay–Herriot equals sae by REML, ML and FH, with and without covariates, within 1e-10', () => {
    const oracle = oracleJson('smallarea/expected/fay_herriot_milk.json') as Record<string, Expected[]>
    for (const [name, factors] of [
      ['with_area', ['MajorArea']],
      ['intercept_only', []],
    ] as const) {
      expect(oracle[name]!.map(({ method }) => method)).toEqual([...fayHerriotMethods])
      for (const want of oracle[name]!) {
        const options = { est: 'yi', variance: 'vardir', unit: 'SmallArea', factors, method: want.method }
        const got = run('fay-herriot', 'smallarea/input/milk.csv', options)
        const coefficients = got['coefficients'] as unknown as { est: number; se: number }[]
        const pairs: [number, number][] = [
          [got['refvar']!, want.refvar],
          [got['logLikelihood']!, want.goodness.loglike],
          [got['aic']!, want.goodness.AIC],
          [got['bic']!, want.goodness.BIC],
          [got['kic']!, want.goodness.KIC],
          ...[want.beta].flat().map((beta, a): [number, number] => [coefficients[a]!.est, beta]),
          ...[want.beta_se].flat().map((se, a): [number, number] => [coefficients[a]!.se, se]),
          ...want.eblup.map((eblup, i): [number, number] => [got.rows[i]!['eblup']!, eblup]),
          ...want.mse.map((mse, i): [number, number] => [got.rows[i]!['mse']!, mse]),
        ]
        for (const [ours, theirs] of pairs)
          expect(relativeError(ours, theirs), `${name} ${want.method}`).toBeLessThan(1e-10)
      }
    }
  })

  it('random effects by maximum likelihood equal Fay–Herriot without covariates', () => {
    for (const method of ['REML', 'ML', 'FH'] as const) {
      const areas = run('fay-herriot', 'smallarea/input/milk.csv', { est: 'yi', variance: 'vardir', method })
      const units = run('random-effects', 'smallarea/input/milk.csv', {
        est: 'yi',
        variance: 'vardir',
        method: method === 'FH' ? 'PM' : method,
      })
      expect(relativeError(units['tau2']!, areas['refvar']!)).toBeLessThan(1e-12)
      units.rows.forEach((row, i) => expect(relativeError(row['blup']!, areas.rows[i]!['eblup']!)).toBeLessThan(1e-12))
    }
  })

  it('the random-intercept model equals lme4 on groups of unequal size', () => {
    // lmer(api00 ~ 1 + (1 | dnum)), lme4 1.1-31: variances, mean, its error, log likelihood
    const want = {
      REML: [14734.7181817891, 2560.38943891015, 691.6135723656, 19.9389672535284, -724.699995551155],
      ML: [14341.5688658002, 2560.0659622561, 691.637852599636, 19.6902336460147, -728.605306747691],
    }
    expect(oracleRows('smallarea/input/apiclus2_groups.csv')).toHaveLength(126)
    for (const [method, numbers] of Object.entries(want)) {
      const options = { group: 'dnum', y: 'api00', method }
      const got = run('random-intercept', 'smallarea/input/apiclus2_groups.csv', options)
      const ours = [got['varianceBetween'], got['varianceWithin'], got['mu'], got['se'], got['logLikelihood']]
      // lme4 itself stops near 1e-8
      numbers.forEach((theirs, i) => expect(relativeError(ours[i]!, theirs), `${method} ${i}`).toBeLessThan(1e-7))
    }
  })

  it('the BCG trials and the dyestuff batches have the variances of metafor and lme4', () => {
    // rma(yi, vi) 3.8: tau², its error, mean, error, I²; Dyestuff: Davies & Goldsmith, 4th ed. (1972); lme4 1.1-31
    const trials = run('random-effects', 'smallarea/input/bcg.csv', { est: 'yi', variance: 'vi', unit: 'trial' })
    const want = [0.3132432581364809, 0.1664257528369709, -0.7145323421581394, 0.1797815161052057, 92.22138452126896]
    const ours = [trials['tau2'], trials['seTau2'], trials['mu'], trials['se'], trials['i2']]
    want.forEach((theirs, i) => expect(relativeError(ours[i]!, theirs)).toBeLessThan(1e-11))
    const batches = run('random-intercept', 'smallarea/input/dyestuff.csv', { group: 'batch', y: 'y' })
    expect(relativeError(batches['mu']!, 1527.5)).toBeLessThan(1e-12)
    expect(relativeError(batches['varianceBetween']!, 1764.05)).toBeLessThan(1e-10)
    expect(relativeError(batches['varianceWithin']!, 2451.25)).toBeLessThan(1e-10)
  })
})
