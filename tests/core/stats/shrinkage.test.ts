import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findMethod } from '../../../api/core/analysis/registry.ts'
import {
  adjustedBetweenVariance,
  betweenVariance,
  betweenVarianceMethods,
  logLikelihood,
} from '../../../api/core/stats/shrinkage/betweenVariance.ts'
import { benchmark } from '../../../api/core/stats/shrinkage/benchmark.ts'
import { betaPrior, posteriorShare } from '../../../api/core/stats/shrinkage/betaBinomial.ts'
import { fayHerriot, fayHerriotMethods } from '../../../api/core/stats/shrinkage/fayHerriot.ts'
import { jamesStein } from '../../../api/core/stats/shrinkage/jamesStein.ts'
import { CollinearError } from '../../../api/core/stats/leastSquares.ts'
import { randomEffects } from '../../../api/core/stats/shrinkage/randomEffects.ts'
import { randomIntercept } from '../../../api/core/stats/shrinkage/randomIntercept.ts'
import { logGamma } from '../../../api/core/stats/logGamma.ts'
import { sum } from '../../../api/core/stats/sum.ts'

const units = fc.array(
  fc.record({ y: fc.double({ min: -5, max: 5, noNaN: true }), v: fc.double({ min: 0.01, max: 4, noNaN: true }) }),
  { minLength: 2, maxLength: 12 },
)
const close = (got: number, want: number, relative = 1e-9) =>
  expect(Math.abs(got - want)).toBeLessThanOrEqual(relative * Math.max(1, Math.abs(want)))

describe('variance between units with known errors', () => {
  it('by likelihood is higher than at a fine grid, restricted or not', () => {
    fc.assert(
      fc.property(units, fc.boolean(), (list, restricted) => {
        const model = { y: list.map(({ y }) => y), v: list.map(({ v }) => v), columns: [list.map(() => 1)] }
        const { tau2 } = betweenVariance(model, restricted ? 'REML' : 'ML')
        const best = logLikelihood(model, tau2, restricted)
        for (let power = -6; power <= 3; power += 0.1)
          expect(best).toBeGreaterThanOrEqual(logLikelihood(model, 10 ** power, restricted) - 1e-9)
        expect(best).toBeGreaterThanOrEqual(logLikelihood(model, 0, restricted) - 1e-9)
      }),
      { numRuns: 40 },
    )
  })

  it('of estimates drawn to a mean lies between: every unit between its own value and the mean', () => {
    fc.assert(
      fc.property(units, fc.constantFrom(...betweenVarianceMethods), (list, method) => {
        const { mu, units: shrunken } = randomEffects(
          list.map(({ y }) => y),
          list.map(({ v }) => v),
          { method },
        )
        shrunken.forEach(({ blup }, i) => {
          const [low, high] = [Math.min(mu, list[i]!.y), Math.max(mu, list[i]!.y)]
          expect(blup).toBeGreaterThanOrEqual(low - 1e-9)
          expect(blup).toBeLessThanOrEqual(high + 1e-9)
        })
      }),
      { numRuns: 60 },
    )
  })

  it('does not depend on the order of units, moves with a shift and grows with the square of the scale', () => {
    fc.assert(
      fc.property(units, fc.constantFrom(...betweenVarianceMethods), (list, method) => {
        const fit = (change: (y: number) => number, factor: number, rows = list) =>
          randomEffects(
            rows.map(({ y }) => change(y)),
            rows.map(({ v }) => v * factor),
            { method },
          )
        const plain = fit((y) => y, 1)
        close(fit((y) => y, 1, list.toReversed()).tau2, plain.tau2, 1e-7)
        const moved = fit((y) => 3 * y + 100, 9)
        close(moved.tau2, 9 * plain.tau2, 1e-6)
        close(moved.mu, 3 * plain.mu + 100, 1e-6)
      }),
      { numRuns: 40 },
    )
  })

  it('is 0 for equal units and for one unit alone, which keeps its value', () => {
    for (const method of betweenVarianceMethods) {
      expect(randomEffects([2, 2, 2], [1, 2, 3], { method })).toMatchObject({ tau2: 0, mu: 2, q: 0, qP: 1, i2: 0 })
      expect(randomEffects([2], [0.5], { method })).toMatchObject({ k: 1, tau2: 0, mu: 2, qDf: 0, h2: 1 })
    }
  })

  it('refuses errors that are not positive', () => {
    expect(() => randomEffects([1, 2], [1, 0])).toThrow(RangeError)
    expect(() => randomEffects([], [])).toThrow(RangeError)
  })

  it('random effects equal metafor 3.8 with iterations to full precision: seven estimators of τ² and its error', () => {
    // rma(yi, vi, method, control = list(threshold = 1e-14, tol = 1e-14)), R 4.2.2; blup() of the first trial
    const want = {
      DL: [0.3087602628623762, 0.2298699925110258, -0.7141172220732269, 0.1787420895354031, -0.7993909731858652, 0.4085231743553073, 92.11734685456206],
      HE: [0.3285638579957688, 0.2070871782989337, -0.7158785887587354, 0.1832799859887822, -0.8029898809781384, 0.4145543823080511, 92.55709740662708],
      SJ: [0.3455157015985951, 0.1496805113473432, -0.7172485925575837, 0.1870594584164266, -0.8058349991530838, 0.4193602992301048, 92.89632409554007],
      PM: [0.3180684522050239, 0.1736630274627565, -0.7149681534934441, 0.1808921915376235, -0.8011217903715402, 0.4114170995654118, 92.33033795415325],
      EB: [0.3180684522050241, 0.1736630274627566, -0.7149681534934442, 0.1808921915376235, -0.8011217903715402, 0.4114170995654118, 92.33033795415324],
      ML: [0.2800281372686438, 0.144251949382764, -0.7111991354741815, 0.1718968087768902, -0.7935560782812094, 0.3988568611730858, 91.37828378944612],
      REML: [0.3132432581364809, 0.1664257528369709, -0.7145323421581394, 0.1797815161052057, -0.8002335619703496, 0.4099304475261668, 92.22138452126896],
    } // prettier-ignore
    for (const [method, numbers] of Object.entries(want)) {
      const found = randomEffects(bcg.y, bcg.v, { method: method as keyof typeof want })
      const first = found.units[0]!
      const ours = [found.tau2, found.seTau2, found.mu, found.se, first.blup, first.se, found.i2]
      numbers.forEach((theirs, i) => close(ours[i]! / theirs, 1, 1e-11))
      close(found.q, 152.2330080823733, 1e-12)
      close(found.qP / 1.996764590845974e-26, 1, 1e-9)
    }
  })

  it('the interval by Knapp and Hartung is that of metafor on the BCG trials', () => {
    const { mu, se, p, lo, hi } = randomEffects(bcg.y, bcg.v, { test: 'knapp-hartung' })
    close(mu, -0.7145323421581394, 1e-12)
    close(se, 0.1807917440928479, 1e-12)
    close(p!, 0.001920015096057292, 1e-10)
    close(lo, -1.108443713685551, 1e-11)
    close(hi, -0.320620970630728, 1e-11)
  })
})

describe('Fay–Herriot', () => {
  const areas = { y: [1.2, 0.8, 1.9, 2.4, 1.1, 3], v: [0.2, 0.1, 0.4, 0.3, 0.2, 0.5] }
  const line = [1, 2, 3, 4, 5, 6]
  const ones = line.map(() => 1)

  it('scaling a covariate changes its coefficient and nothing else', () => {
    for (const method of fayHerriotMethods) {
      const plain = fayHerriot({ ...areas, columns: [ones, line] }, { method })
      const scaled = fayHerriot({ ...areas, columns: [ones, line.map((x) => 1000 * x)] }, { method })
      close(scaled.refvar, plain.refvar)
      close(scaled.coefficients[1]!.est * 1000, plain.coefficients[1]!.est)
      plain.fitted.forEach(({ eblup, mse }, i) => {
        close(scaled.fitted[i]!.eblup, eblup)
        close(scaled.fitted[i]!.mse, mse)
      })
    }
  })

  it('errors of equally known areas are those of the closed forms for each method', () => {
    const y = [1.2, 0.8, 1.9, 2.4, 1.1, 3]
    const [m, v] = [6, 0.2]
    const spread = sum(y.map((value) => (value - sum(y) / m) ** 2))
    for (const method of fayHerriotMethods) {
      const { refvar, fitted } = fayHerriot({ y, v: y.map(() => v), columns: [ones] }, { method })
      close(refvar, spread / (method === 'ML' ? m : m - 1) - v, 1e-12)
      const total = refvar + v
      const shrink = v / total
      // g1 + g2 + 2·g3 with the variance 2(A + v)²/m of A; by ML its bias −(A + v)/m is taken off
      const own = refvar * shrink + (shrink ** 2 * total) / m + (2 * shrink ** 2 * 2 * total) / m
      const want = method === 'ML' ? own + (shrink ** 2 * total) / m : own
      for (const { mse } of fitted) close(mse, want, 1e-12)
    }
  })

  it('a variance of 0 makes every area synthetic; the adjusted likelihood keeps it positive', () => {
    const even = { y: [1, 1.01, 0.99, 1], v: [1, 2, 1, 2], columns: [[1, 1, 1, 1]] }
    const zero = fayHerriot(even)
    expect(zero.refvar).toBe(0)
    zero.fitted.forEach(({ eblup, synthetic, gamma }) => expect([eblup, gamma]).toEqual([synthetic, 0]))
    const positive = fayHerriot(even, { positive: true })
    expect(positive.estimatedBy).toBe('adjusted')
    // the maximum of τ²·L(τ²), found again on a grid
    const height = (a: number) => Math.log(a) + logLikelihood(even, a, true)
    for (let a = 0.01; a < 10; a += 0.01) expect(height(positive.refvar)).toBeGreaterThanOrEqual(height(a) - 1e-12)
    expect(positive.refvar).toBe(adjustedBetweenVariance(even))
  })

  it('an area without a direct estimate gets what its covariates say, and a wider error', () => {
    const { predict, refvar, coefficients } = fayHerriot({ ...areas, columns: [ones, line] })
    const area = predict([1, 10])
    close(area.eblup, coefficients[0]!.est + 10 * coefficients[1]!.est)
    expect(area.mse).toBeGreaterThan(refvar)
    expect(area.gamma).toBeNull()
  })

  it('refuses covariates that determine each other', () => {
    expect(() => fayHerriot({ ...areas, columns: [ones, line, line.map((x) => 2 * x + 1)] })).toThrow(CollinearError)
  })

  it('benchmarked estimates add up to the total, by one factor or one amount', () => {
    const estimates = [1, 2, 4]
    const sizes = [10, 20, 30]
    for (const rule of ['ratio', 'difference'] as const) {
      const changed = benchmark(estimates, sizes, 200, rule)!
      close(sum(changed.map((value, i) => value * sizes[i]!)), 200)
    }
    expect(benchmark(estimates, [0, 0, 0], 200, 'ratio')).toBeNull()
    expect(benchmark(estimates, [0, 0, 0], 200, 'difference')).toBeNull()
  })
})

describe('random-intercept model', () => {
  const dyestuff = [
    [1545, 1440, 1440, 1520, 1580],
    [1540, 1555, 1490, 1560, 1495],
    [1595, 1550, 1605, 1510, 1560],
    [1445, 1440, 1595, 1465, 1545],
    [1595, 1630, 1515, 1635, 1625],
    [1520, 1455, 1450, 1480, 1445],
  ]
  it('gives the published variances of the dyestuff data: 1764.05 and 2451.25 by REML, 1388.33 by ML', () => {
    const reml = randomIntercept(dyestuff)
    close(reml.varianceBetween, 1764.05, 1e-10)
    close(reml.varianceWithin, 2451.25, 1e-10)
    close(reml.deviance!, 319.654276842257, 1e-12)
    close(reml.groups[0]!.effect, -17.6068514, 1e-7)
    close(randomIntercept(dyestuff, { restricted: false }).varianceBetween, 1388 + 1 / 3, 1e-10)
  })

  it('draws small groups further than large ones of the same mean', () => {
    const { groups } = randomIntercept([
      [3, 5],
      [3, 5, 3, 5, 3, 5, 3, 5],
      [1, 2, 1],
      [8, 9, 8],
    ])
    expect(groups[0]!.mean).toBe(groups[1]!.mean)
    expect(Math.abs(groups[0]!.effect)).toBeLessThan(Math.abs(groups[1]!.effect))
  })

  it('is defined where groups have no spread inside, between them, or at all', () => {
    expect(randomIntercept([[1, 1], [2, 2], [6]])).toMatchObject({ varianceWithin: 0, icc: 1, deviance: null, mu: 3 })
    expect(
      randomIntercept([
        [1, 3],
        [1, 3],
        [3, 1],
      ]),
    ).toMatchObject({ varianceBetween: 0, mu: 2, icc: 0 })
    expect(randomIntercept([[5, 5], [5]])).toMatchObject({ varianceBetween: 0, varianceWithin: 0, icc: null, mu: 5 })
    expect(() => randomIntercept([[1], [2]])).toThrow(RangeError)
  })
})

describe('James–Stein', () => {
  // Efron & Morris 1975, table 1: hits in the first 45 times at bat of 18 players
  const shares = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7].map((hits) => hits / 45)
  it('keeps .209 of the deviations in the arcsine form of Efron & Morris and .212 of the raw averages', () => {
    const transformed = shares.map((p) => Math.sqrt(45) * Math.asin(2 * p - 1))
    expect(jamesStein(transformed, 1).keep.toFixed(3)).toBe('0.209')
    const mean = sum(shares) / 18
    expect(jamesStein(shares, (mean * (1 - mean)) / 45).keep.toFixed(3)).toBe('0.212')
  })

  it('draws every unit towards the target, never past it with the positive part', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 1, maxLength: 15 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.constantFrom('mean' as const, 0, 3),
        (y, variance, target) => {
          const { target: centre, estimates, keep } = jamesStein(y, variance, { target })
          expect(keep).toBeGreaterThanOrEqual(0)
          expect(keep).toBeLessThanOrEqual(1)
          estimates.forEach((estimate, i) => {
            expect(Math.abs(estimate - centre)).toBeLessThanOrEqual(Math.abs(y[i]! - centre) + 1e-9)
            expect((estimate - centre) * (y[i]! - centre)).toBeGreaterThanOrEqual(-1e-12)
          })
        },
      ),
    )
  })
})

describe('beta-binomial shrinkage', () => {
  const counts = [
    [8, 10],
    [90, 120],
    [30, 31],
    [3, 9],
    [200, 260],
    [45, 50],
  ].map(([x, n]) => ({ favourable: x!, n: n! }))
  /** The likelihood once more, from gamma functions. */
  const likelihood = (alpha: number, beta: number) => {
    const logBeta = (a: number, b: number) => logGamma(a) + logGamma(b) - logGamma(a + b)
    return sum(
      counts.map(({ favourable, n }) => logBeta(favourable + alpha, n - favourable + beta) - logBeta(alpha, beta)),
    )
  }

  it('the prior has the largest likelihood, computed again with gamma functions', () => {
    const { alpha, beta } = betaPrior(counts)
    const best = likelihood(alpha!, beta!)
    for (const a of [0.5, 0.9, 0.99, 1, 1.01, 1.1, 2])
      for (const b of [0.5, 0.9, 0.99, 1, 1.01, 1.1, 2])
        expect(best).toBeGreaterThanOrEqual(likelihood(alpha! * a, beta! * b) - 1e-9)
  })

  it('shares lie between the raw share and the prior mean, inside their interval', () => {
    for (const method of ['ml', 'moments'] as const) {
      const prior = betaPrior(counts, method)
      for (const unit of counts) {
        const { est, lo, hi } = posteriorShare(prior, unit)
        const raw = unit.favourable / unit.n
        expect(est).toBeGreaterThanOrEqual(Math.min(raw, prior.mean))
        expect(est).toBeLessThanOrEqual(Math.max(raw, prior.mean))
        expect(lo!).toBeLessThan(est)
        expect(hi!).toBeGreaterThan(est)
      }
    }
  })

  it('units that differ no more than by chance share one value without an interval', () => {
    const even = [
      [5, 10],
      [50, 100],
      [25, 50],
    ].map(([x, n]) => ({ favourable: x!, n: n! }))
    expect(betaPrior(even)).toEqual({ mean: 0.5, dispersion: 0, alpha: null, beta: null })
    expect(posteriorShare(betaPrior(even), even[0]!)).toEqual({ weight: 0, est: 0.5, lo: null, hi: null })
    expect(betaPrior([{ favourable: 4, n: 4 }])).toMatchObject({ mean: 1, dispersion: 0 })
  })

  it('refuses counts beyond what it walks through', () => {
    expect(() => betaPrior([{ favourable: 1, n: 1e9 }])).toThrow(RangeError)
  })
})

/** Log risk ratios of thirteen BCG trials (Colditz et al. 1994; metafor dat.bcg). */
const bcg = {
  y: [-0.8893113339202054, -1.5853886572014306, -1.3480731482996933, -1.4415511900213054, -0.21754732221129558, -0.786115585818864, -1.6208982235983918, 0.011952333523840508, -0.4694176487381494, -1.3713448034727844, -0.3393588283383906, 0.44591340057137874, -0.017313948216879815],
  v: [0.32558476500396133, 0.19458112139814385, 0.4153679653679654, 0.020010031902247573, 0.05121017216963086, 0.0069056184559087574, 0.22301724757231517, 0.0039615792978177295, 0.056434210463248966, 0.07302479361302891, 0.01241221397155972, 0.5325058452001528, 0.0714046596839863],
} // prettier-ignore

describe('fay-herriot by name', () => {
  it('refuses as many coefficients as areas: a perfect fit tells nothing of the areas’ own spread', () => {
    const rows = ['1,1,1', '2,1,2', '4,1,3']
    const table = (count: number) => ({
      file: 'd.csv',
      columns: ['est', 'se', 'x'],
      rows: rows.slice(0, count).map((row, i) => ({ line: i + 2, cells: row.split(',') })),
    })
    const run = (count: number) => findMethod('fay-herriot')!.run(table(count), { covariates: ['x'] })
    expect(() => run(2)).toThrow('d.csv column est: fewer_rows_than_terms')
    expect(run(3)).toMatchObject({ areas: 3 })
  })
})
