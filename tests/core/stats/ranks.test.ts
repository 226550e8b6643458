import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adjustP } from '../../../api/core/stats/adjustP.ts'
import { normalCdf } from '../../../api/core/stats/normalCdf.ts'
import { normalDraws } from '../../../api/core/stats/normalDraws.ts'
import { bootstrapSets } from '../../../api/core/stats/ranks/bootstrapSets.ts'
import { expectedRanks } from '../../../api/core/stats/ranks/expectedRank.ts'
import {
  marginalSets,
  pairwiseRules,
  type RankSet,
  simultaneousSets,
} from '../../../api/core/stats/ranks/pairwiseSets.ts'
import { rankOf } from '../../../api/core/stats/ranks/rankOf.ts'
import { threeGroups } from '../../../api/core/stats/ranks/threeGroups.ts'
import { seeded } from './seeded.ts'

const units = fc.array(
  fc.record({
    est: fc.double({ min: -3, max: 3, noNaN: true }),
    variance: fc.double({ min: 0.001, max: 1, noNaN: true }),
  }),
  { minLength: 1, maxLength: 14 },
)
const columns = (list: readonly { est: number; variance: number }[]) =>
  [list.map(({ est }) => est), list.map(({ variance }) => variance)] as const

/** The sets once more, by the p value of every pair and `adjustP`. */
function setsByHand(
  est: readonly number[],
  variance: readonly number[],
  rule: 'holm' | 'bonferroni',
  only?: number,
): RankSet[] {
  const pairs = est.flatMap((_, i) =>
    est.flatMap((_, j) => (i < j && (only === undefined || i === only || j === only) ? [[i, j] as const] : [])),
  )
  const p = pairs.map(([i, j]) => 2 * normalCdf(-Math.abs(est[i]! - est[j]!) / Math.sqrt(variance[i]! + variance[j]!)))
  const rejected = adjustP(p, rule).map((value) => value <= 0.05)
  return est.map((own, unit) => {
    const surely = pairs
      .filter((pair, k) => rejected[k] && pair.includes(unit))
      .map(([i, j]) => est[i === unit ? j : i]!)
    return {
      lo: 1 + surely.filter((other) => other > own).length,
      hi: est.length - surely.filter((other) => other < own).length,
    }
  })
}

describe('rank sets from pairwise tests', () => {
  it('are those of all p values adjusted one by one, for all units together and for one', () => {
    fc.assert(
      fc.property(units, fc.constantFrom(...pairwiseRules), (list, rule) => {
        const [est, variance] = columns(list)
        expect(simultaneousSets(est, variance, { rule }).sets).toEqual(setsByHand(est, variance, rule))
        const marginal = marginalSets(est, variance, { rule })
        est.forEach((_, unit) => expect(marginal[unit]).toEqual(setsByHand(est, variance, rule, unit)[unit]))
      }),
    )
  })

  it('hold the place, are narrower for one unit alone, and widen with the errors', () => {
    fc.assert(
      fc.property(units, (list) => {
        const [est, variance] = columns(list)
        const { sets } = simultaneousSets(est, variance)
        const alone = marginalSets(est, variance)
        const wider = simultaneousSets(
          est,
          variance.map((v) => 2 * v),
        ).sets
        rankOf(est).forEach((place, i) => {
          const { lo, hi } = sets[i]!
          expect(lo).toBeLessThanOrEqual(place!.min)
          expect(hi).toBeGreaterThanOrEqual(place!.max)
          expect([alone[i]!.lo >= lo, alone[i]!.hi <= hi]).toEqual([true, true])
          expect([wider[i]!.lo <= lo, wider[i]!.hi >= hi]).toEqual([true, true])
        })
      }),
    )
  })

  it('follow the units when these change their order', () => {
    fc.assert(
      fc.property(units, (list) => {
        const [est, variance] = columns(list)
        const [back, backVariance] = columns(list.toReversed())
        expect(simultaneousSets(back, backVariance).sets.toReversed()).toEqual(simultaneousSets(est, variance).sets)
        expect(marginalSets(back, backVariance).toReversed()).toEqual(marginalSets(est, variance))
      }),
    )
  })

  it('Holm over 3,321 communes equals sorting its 5.5 million tests', () => {
    const random = seeded(7)
    const est = Array.from({ length: 3321 }, () => 4 + random() - random())
    const variance = est.map(() => (0.02 + 0.2 * random()) ** 2)
    const { comparisons, distinguished } = simultaneousSets(est, variance)
    expect(comparisons).toBe(5_512_860)
    const z = new Float64Array(comparisons)
    let at = 0
    for (let i = 0; i < est.length; i += 1)
      for (let j = i + 1; j < est.length; j += 1)
        z[at++] = -Math.abs(est[i]! - est[j]!) / Math.sqrt(variance[i]! + variance[j]!)
    z.sort()
    let rejected = 0
    while (2 * normalCdf(z[rejected]!) <= 0.05 / (comparisons - rejected)) rejected += 1
    expect(distinguished).toBe(rejected)
    expect(rejected).toBeGreaterThan(500_000)
  })

  it('units known exactly are told apart unless they are equal', () => {
    const { sets, distinguished } = simultaneousSets([3, 1, 3], [0, 0, 0])
    expect({ sets, distinguished }).toEqual({
      sets: [
        { lo: 1, hi: 2 },
        { lo: 3, hi: 3 },
        { lo: 1, hi: 2 },
      ],
      distinguished: 2,
    })
    expect(simultaneousSets([5], [1]).sets).toEqual([{ lo: 1, hi: 1 }])
    expect(() => simultaneousSets([5], [-1])).toThrow(RangeError)
  })
})

describe('expected ranks', () => {
  it('add up to the sum of places and follow the order of units of equal error', () => {
    fc.assert(
      fc.property(units, (list) => {
        const [est] = columns(list)
        const expected = expectedRanks(
          est,
          est.map(() => 0.3),
        )
        expect(expected.reduce((a, b) => a + b, 0)).toBeCloseTo((est.length * (est.length + 1)) / 2, 9)
        est.forEach((a, i) =>
          est.forEach((b, j) => a > b && expect(expected[i]!).toBeLessThanOrEqual(expected[j]! + 1e-9)),
        )
      }),
    )
    expect(expectedRanks([2, 2, 1], [0, 0, 0])).toEqual([1.5, 1.5, 3])
  })
})

describe('rank sets by bootstrap', () => {
  const random = seeded(3)
  const est = Array.from({ length: 20 }, () => 3 * random())
  const variance = est.map(() => (0.1 + 0.2 * random()) ** 2)
  it('are the same for the same seed, at most two places from Holm, and hold the marginal ones', () => {
    const first = bootstrapSets(est, variance, normalDraws(1))
    expect(bootstrapSets(est, variance, normalDraws(1))).toEqual(first)
    const holm = simultaneousSets(est, variance).sets
    first.simultaneous.forEach(({ lo, hi }, i) => {
      expect(Math.abs(lo - holm[i]!.lo)).toBeLessThanOrEqual(2)
      expect(Math.abs(hi - holm[i]!.hi)).toBeLessThanOrEqual(2)
      expect(first.marginal[i]!.lo).toBeGreaterThanOrEqual(lo)
      expect(first.marginal[i]!.hi).toBeLessThanOrEqual(hi)
    })
    expect(first.simultaneous).not.toEqual(first.marginal)
  })

  it('one-sided sets bound one end; a single step is never narrower than many', () => {
    const both = bootstrapSets(est, variance, normalDraws(1))
    const lower = bootstrapSets(est, variance, normalDraws(1), { type: 'lower' })
    const upper = bootstrapSets(est, variance, normalDraws(1), { type: 'upper' })
    const single = bootstrapSets(est, variance, normalDraws(1), { stepdown: false })
    est.forEach((_, i) => {
      expect(lower.simultaneous[i]).toEqual({ lo: both.simultaneous[i]!.lo, hi: est.length })
      expect(upper.simultaneous[i]).toEqual({ lo: 1, hi: both.simultaneous[i]!.hi })
      expect(lower.marginal[i]!.lo).toBeGreaterThanOrEqual(both.marginal[i]!.lo)
      expect(single.simultaneous[i]!.lo).toBeLessThanOrEqual(both.simultaneous[i]!.lo)
    })
  })

  it('the critical distance of two units is the normal quantile', () => {
    // z = 1.9 and 2.02: one pair, so the two-sided 5 % point 1.96 decides
    for (const [z, hi] of [
      [1.9, 2],
      [2.02, 1],
    ] as const) {
      const { simultaneous } = bootstrapSets([z, 0], [0.5, 0.5], normalDraws(5), { draws: 20_000 })
      expect(simultaneous[0]!.hi).toBe(hi)
    }
  })

  it('stepping down tells apart what one step leaves open', () => {
    // one step needs Tukey's 2.34 for three units; once the third is told apart, about 2.2 is enough
    const sets = (stepdown: boolean) =>
      bootstrapSets([2.28, 0, 100], [0.5, 0.5, 0.5], normalDraws(2), { draws: 20_000, stepdown }).simultaneous
    expect(sets(false)).toEqual([
      { lo: 2, hi: 3 },
      { lo: 2, hi: 3 },
      { lo: 1, hi: 1 },
    ])
    expect(sets(true)).toEqual([
      { lo: 2, hi: 2 },
      { lo: 3, hi: 3 },
      { lo: 1, hi: 1 },
    ])
  })

  it('the sets of all units together hold the true places in at least 95 of 100 worlds', () => {
    const world = normalDraws(11)
    const truth = [0, 0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4]
    const places = rankOf(truth)
    let held = 0
    for (let run = 0; run < 200; run += 1) {
      const seen = truth.map((value) => value + 0.3 * world())
      const { simultaneous } = bootstrapSets(
        seen,
        truth.map(() => 0.09),
        normalDraws(run),
        { draws: 300 },
      )
      if (simultaneous.every(({ lo, hi }, i) => lo <= places[i]!.min && hi >= places[i]!.max)) held += 1
    }
    expect(held).toBeGreaterThanOrEqual(186)
  })
})

describe('three groups', () => {
  it('compare each unit with the mean of the others, Holm over all', () => {
    const rows = threeGroups([
      { est: 5, variance: 0.01 },
      { est: 4, variance: 0.01 },
      { est: 4, variance: 0.01 },
      { est: 3, variance: 0.01 },
      { est: 4.1, variance: 0.04 },
    ])
    expect(rows.map(({ group }) => group)).toEqual([
      'clearly_above',
      'not_distinguishable',
      'not_distinguishable',
      'clearly_below',
      'not_distinguishable',
    ])
    // 5 against (4 + 4 + 3 + 4.1)/4 = 3.775 with √(0.01 + 0.07/16)
    const [first] = rows
    expect(first!.difference).toBeCloseTo(1.225, 12)
    expect(first!.z).toBeCloseTo(1.225 / Math.sqrt(0.01 + 0.07 / 16), 12)
  })

  it('respect the kind of unit, leave out who has no peers, and turn with the sign', () => {
    const list = [
      { est: 9, variance: 0.01, kind: 'ward' },
      { est: 8, variance: 0.01, kind: 'ward' },
      { est: 2, variance: 0.01, kind: 'commune' },
      { est: 1, variance: 0.01, kind: 'commune' },
      { est: 5, variance: 0.01, kind: 'zone' },
    ]
    const rows = threeGroups(list)
    expect(rows.map(({ difference }) => difference)).toEqual([1, -1, 1, -1, null])
    expect(rows[4]).toMatchObject({ peers: 0, group: null, pAdjusted: null })
    const turned = threeGroups(list.map((unit) => ({ ...unit, est: -unit.est })))
    const mirror = {
      clearly_above: 'clearly_below',
      clearly_below: 'clearly_above',
      not_distinguishable: 'not_distinguishable',
    }
    rows.forEach(({ group }, i) => expect(turned[i]!.group).toBe(group === null ? null : mirror[group]))
  })

  it('are all "not distinguishable" for units that are alike, and decided by value for units known exactly', () => {
    expect(threeGroups([1, 1, 1].map((est) => ({ est, variance: 0 }))).map(({ group, p }) => [group, p])).toEqual(
      [1, 2, 3].map(() => ['not_distinguishable', 1]),
    )
    expect(threeGroups([1, 2].map((est) => ({ est, variance: 0 }))).map(({ group }) => group)).toEqual([
      'clearly_below',
      'clearly_above',
    ])
    expect(threeGroups([{ est: 1, variance: 1 }])[0]!.group).toBeNull()
    expect(threeGroups([1, 2].map((est) => ({ est, variance: 1, weight: 0 })))[0]!.group).toBeNull()
  })
})

describe('places of equal values', () => {
  it('are shared, best, mean or worst; a missing value has none', () => {
    const places = rankOf([5, 3, 5, 1, 3, 3, null, 2])
    expect(places.map((place) => place?.min ?? null)).toEqual([1, 3, 1, 7, 3, 3, null, 6])
    expect(places.map((place) => place?.average ?? null)).toEqual([1.5, 4, 1.5, 7, 4, 4, null, 6])
    expect(places.map((place) => place?.max ?? null)).toEqual([2, 5, 2, 7, 5, 5, null, 6])
    expect(rankOf([5, 3], 'lower').map((place) => place!.min)).toEqual([2, 1])
  })
})
