import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findMethod } from '../../../api/core/analysis/registry.ts'
import {
  answerRuns,
  evenOdd,
  mahalanobis,
  pairAgreement,
  relatedItems,
  responseVariability,
} from '../../../api/core/stats/integrity/careless.ts'
import { combineP } from '../../../api/core/stats/integrity/combine-p.ts'
import {
  concentration,
  dispersion,
  goodnessOfFit,
  logMixtureE,
  runsTest,
} from '../../../api/core/stats/integrity/counts.ts'
import { fisherExact } from '../../../api/core/stats/integrity/fisher-exact.ts'
import { scanMaximum, scanP, scanWindows } from '../../../api/core/stats/integrity/scan.ts'
import { seeded } from './seeded.ts'

describe('careless answers', () => {
  it('runs of equal answers and their spread; a missing answer ends a run', () => {
    expect(answerRuns([3, 3, 3, 2, 2, 5])).toEqual({ longest: 3, average: 2 })
    expect(answerRuns([3, null, 3, 3])).toEqual({ longest: 2, average: 1.5 })
    expect(answerRuns([null, null])).toBeNull()
    expect(responseVariability([1, 5, null])).toBeCloseTo(Math.SQRT2 * 2, 12)
    expect(responseVariability([4, 4, 4])).toBe(0)
    expect(responseVariability([4])).toBeNull()
  })

  it('halves of scales that agree give −1, that oppose each other 1, without variation nothing', () => {
    expect(evenOdd([1, 1, 3, 3, 5, 5], [2, 2, 2])).toBeCloseTo(-1, 12)
    expect(evenOdd([1, 5, 3, 3, 5, 1], [2, 2, 2])).toBe(1)
    expect(evenOdd([2, 2, 2, 2, 2, 2], [2, 2, 2])).toBeNull()
    // r = .5 of (1, 2, 3) with (1, 3, 2): stepped up 2·.5/1.5.
    expect(evenOdd([1, 1, 2, 3, 3, 2], [2, 2, 2])).toBeCloseTo(-2 / 3, 12)
  })

  it('synonyms are items that go together; a person whose answers to them do not is seen', () => {
    const people = [
      [1, 1, 5, 1],
      [2, 2, 4, 2],
      [3, 3, 3, 3],
      [4, 4, 2, 4],
      [5, 5, 1, 1],
    ]
    expect(relatedItems(people, 0.9, 'synonyms')).toEqual([[1, 0]])
    expect(relatedItems(people, 0.9, 'antonyms')).toEqual([
      [2, 0],
      [2, 1],
    ])
    expect(
      pairAgreement(
        [1, 2, 5],
        [
          [1, 0],
          [2, 0],
          [2, 1],
        ],
      ),
    ).toMatchObject({ pairs: 3, r: expect.closeTo(0.5, 10) })
    expect(
      pairAgreement(
        [1, 2, 5],
        [
          [1, 0],
          [2, 0],
        ],
      ),
    ).toEqual({ r: null, pairs: 2 })
  })

  it('squared distances have the mean p (n − 1) / n, and are null where items determine each other', () => {
    const random = seeded(4)
    const people = Array.from({ length: 30 }, () => Array.from({ length: 4 }, () => Math.ceil(random() * 5)))
    const total = mahalanobis(people).reduce<number>((sum, d) => sum + d!, 0)
    expect(total).toBeCloseTo(4 * 29, 8)
    expect(mahalanobis(people.map(([a, b]) => [a!, b!, a! + b!]))).toEqual(people.map(() => null))
  })
})

describe('counts that are too even or too uneven', () => {
  it('Mendel’s 315 : 108 : 101 : 32 fits 9 : 3 : 3 : 1 as well as 7.5 % of samples would (R pchisq)', () => {
    const got = goodnessOfFit([315, 108, 101, 32], [9, 3, 3, 1])
    expect(got.statistic).toBeCloseTo(0.470023980815348, 12)
    expect(got.pUpper).toBeCloseTo(0.925425895103616, 12)
    expect(got.pLower + got.pUpper).toBeCloseTo(1, 12)
  })
  it('dispersion is variance over mean', () => {
    const got = dispersion([4, 6, 5, 5, 7, 3])
    expect(got.index).toBeCloseTo(2 / 5, 12)
    expect(got.statistic).toBeCloseTo(2, 12)
    expect(dispersion([5, 5, 5])).toMatchObject({ statistic: 0, pLower: 0, pUpper: 1 })
  })
  it('runs have the mean and variance of all orders', () => {
    // All 20 orders of three and three: mean 4, variance 1.2.
    const got = runsTest([true, false, true, false, true, false])
    expect(got).toMatchObject({ runs: 6, expected: 4, z: expect.closeTo(2 / Math.sqrt(1.2), 12) })
  })
  it('concentration runs from one over the number of sources to one', () => {
    expect(concentration([5, 5, 5, 5])).toEqual({ hhi: 0.25, effective: 4, topShare: 0.25 })
    expect(concentration([9, 0, 0])).toEqual({ hhi: 1, effective: 1, topShare: 1 })
  })
})

describe('scan', () => {
  const quiet = [3, 2, 4, 3, 3, 2, 12, 14, 3, 2, 4, 3]
  const even = quiet.map(() => quiet.reduce((a, b) => a + b, 0) / quiet.length)
  it('finds the burst with the likelihood ratio worked out by hand, and no draw as unusual', () => {
    const [first] = scanWindows(quiet, even, 1, 6)
    const [c, n] = [26, 55]
    const e = (55 / 12) * 2
    expect(first).toMatchObject({ from: 6, to: 7, count: 26 })
    expect(first!.llr).toBeCloseTo(c * Math.log(c / e) + (n - c) * Math.log((n - c) / (n - e)), 10)
    expect(scanMaximum(quiet, even, 1, 6)).toBe(first!.llr)
    expect(scanP(first!.llr, 55, even, 1, 6, 199, seeded(1))).toBe(1 / 200)
  })
  it('p values of streams without a burst are spread evenly', () => {
    const random = seeded(9)
    const due = Array.from({ length: 10 }, () => 4)
    const small = Array.from({ length: 200 }, () => {
      const counts = due.map(() => 0)
      for (let event = 0; event < 40; event += 1) counts[Math.floor(random() * 10)]! += 1
      return scanP(scanMaximum(counts, due, 1, 5), 40, due, 1, 5, 39, random)
    }).filter((p) => p <= 0.25).length
    // 50 expected, standard deviation 6.
    expect(small).toBeGreaterThan(50 - 25)
    expect(small).toBeLessThan(50 + 25)
  })
})

describe('evidence', () => {
  it('Fisher’s exact test is R’s, and sums over tables make one', () => {
    expect(fisherExact(3, 1, 2, 8).twoSided).toBeCloseTo(0.0949050949050948, 12)
    expect(fisherExact(10, 3, 2, 15).twoSided).toBeCloseTo(0.000536724119143437, 14)
    const count = fc.integer({ min: 0, max: 12 })
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        const here = fisherExact(a, b, c, d)
        const turned = fisherExact(b, a, d, c)
        expect(here.lower).toBeCloseTo(turned.upper, 10)
        expect(here.twoSided).toBeCloseTo(turned.twoSided, 10)
        expect(here.lower + here.upper).toBeGreaterThanOrEqual(1 - 1e-12)
      }),
    )
  })

  it('p values combine as published: one alone stays itself, Fisher is χ²', () => {
    for (const p of [1e-6, 0.03, 0.5]) {
      const { fisher, stouffer, harmonicMean } = combineP([p])
      for (const value of [fisher, stouffer, harmonicMean]) expect(value / p).toBeCloseTo(1, 9)
    }
    // χ² of −2 ln(.05²) with 4 degrees of freedom: q (1 − ln q) for q = .0025.
    expect(combineP([0.05, 0.05]).fisher).toBeCloseTo(0.0025 * (1 - Math.log(0.0025)), 12)
  })

  it('the mixture e-value is the integral of likelihood ratios, and is 1 on average when nothing is wrong', () => {
    const steps = 20_000
    const integral = Array.from({ length: steps }, (_, i) => {
      const p = (i + 0.5) / steps
      return (p / 0.4) ** 7 * ((1 - p) / 0.6) ** 3
    }).reduce((a, b) => a + b, 0)
    expect(Math.exp(logMixtureE(7, 3, 0.4, 1, 1))).toBeCloseTo(integral / steps, 6)
    // Σ over all counts of ten answers, weighed by their chance under p0.
    let mean = 0
    let chance = 0.6 ** 10
    for (let yes = 0; yes <= 10; yes += 1) {
      mean += chance * Math.exp(logMixtureE(yes, 10 - yes, 0.4, 2, 1))
      chance *= ((10 - yes) / (yes + 1)) * (0.4 / 0.6)
    }
    expect(mean).toBeCloseTo(1, 10)
  })

  it('an e-process alarms at one over α and tells where', () => {
    const rows = Array.from({ length: 12 }, (_, i) => ({ line: i + 2, cells: ['1'] }))
    const got = findMethod('e-process')!.run({ file: 'e.csv', columns: ['x'], rows }, { p0: 0.5, p1: 1 - 1e-9 })
    // 2⁵ = 32 is the first power of two above 20.
    expect(got).toMatchObject({ threshold: 20, alarm: 5, logEnd: expect.closeTo(12 * Math.LN2, 6) })
  })
})
