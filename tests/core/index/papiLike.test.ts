import { describe, expect, it } from 'vitest'
import { papiLikeDimension, papiLikeSubdimension } from '../../../api/core/index/papiLike.ts'
import { publish } from '../../../api/core/disclosure/publish.ts'
import { type Estimate, makeEstimate, notMeasured, suppress } from '../../../api/core/stats/estimate.ts'
import { mean } from '../../../api/core/stats/mean.ts'
import { tQuantile } from '../../../api/core/stats/tQuantile.ts'
import { seeded } from '../stats/seeded.ts'

const count = (est: number, se = 0.2, n = 40): Estimate =>
  makeEstimate({
    est,
    se,
    df: n - 1,
    lo: Math.max(0, est - 2 * se),
    hi: Math.min(8, est + 2 * se),
    n,
    nEff: n,
    method: 'm',
  })

describe('papiLikeSubdimension', () => {
  it('puts none and all of the eight criteria on the ends of the published scale', () => {
    expect(papiLikeSubdimension(count(0)).est).toBeCloseTo(1 / 3, 14)
    expect(papiLikeSubdimension(count(8)).est).toBeCloseTo(10 / 3, 14)
    expect(papiLikeSubdimension(count(8), 4).est).toBeCloseTo(2.5, 14)
    const middle = papiLikeSubdimension(count(4))
    expect(middle.est).toBeCloseTo(5.5 / 3, 14)
    expect(middle.se).toBeCloseTo((0.2 * 9) / 24, 14)
    expect(middle.lo).toBeCloseTo((1 + (9 * 3.6) / 8) / 3, 14)
  })

  it('refuses values off the scale and passes gaps on', () => {
    expect(() => papiLikeSubdimension({ ...count(4), est: 9 })).toThrow(RangeError)
    expect(() => papiLikeSubdimension(count(4), 0)).toThrow(RangeError)
    expect(papiLikeSubdimension(notMeasured()).suppressed).toBe('not_measured')
  })
})

describe('papiLikeDimension', () => {
  const parts = [count(6, 0.2, 40), count(5, 0.3, 31), count(7, 0.1, 200)].map((part) => papiLikeSubdimension(part))

  it('adds the parts, their errors as squares, and the degrees of freedom by Welch–Satterthwaite', () => {
    const got = papiLikeDimension(parts)
    const v = parts.map((part) => part.se! ** 2)
    const total = v.reduce((a, b) => a + b)
    const df = total ** 2 / v.reduce((s, x, i) => s + x ** 2 / parts[i]!.df!, 0)
    expect(got.est).toBeCloseTo((3 + (9 * 18) / 8) / 3, 12)
    expect(got.se).toBeCloseTo(Math.sqrt(total), 12)
    expect(got.df).toBeCloseTo(df, 9)
    expect(got.lo).toBeCloseTo(got.est! - tQuantile(0.975, df) * got.se!, 10)
    expect(got).toMatchObject({ n: 31, method: 'papi_like_sum' })
  })

  it('stays on 1…10', () => {
    const best = papiLikeDimension([1, 2, 3].map(() => papiLikeSubdimension(count(7.9))))
    expect(best.hi).toBe(10)
    const worst = papiLikeDimension([1, 2, 3].map(() => papiLikeSubdimension(count(0.01))))
    expect(worst.lo).toBe(1)
  })

  it('exists only when all its parts do, and says why not', () => {
    const few = suppress(count(5, 0.1, 7), 'too_few', { keepN: true })
    const complementary = suppress(count(5), 'complementary')
    expect(papiLikeDimension([...parts.slice(1), notMeasured()]).suppressed).toBe('not_measured')
    expect(papiLikeDimension([few, parts[0]!, notMeasured()]).suppressed).toBe('not_measured')
    expect(papiLikeDimension([complementary, parts[0]!, few])).toMatchObject({ suppressed: 'too_few', n: 7, est: null })
    expect(papiLikeDimension([complementary, parts[0]!])).toMatchObject({ suppressed: 'complementary', n: null })
    expect(papiLikeDimension([]).suppressed).toBe('not_measured')
  })

  it('shows only a (wider) interval when a part does', () => {
    const narrow = papiLikeDimension(parts)
    const got = papiLikeDimension([{ ...parts[0]!, est: null, se: null }, parts[1]!, parts[2]!])
    expect(got).toMatchObject({ est: null, se: null, suppressed: null })
    expect(got.lo!).toBeLessThan(narrow.lo!)
    expect(got.hi!).toBeGreaterThan(narrow.hi!)
  })

  it('covers the true sum about 95 times in 100, through display by the smallest part', () => {
    const random = seeded(11)
    const truths = [0.8, 0.7, 0.9]
    let covered = 0
    for (let run = 0; run < 1500; run += 1) {
      const dimension = papiLikeDimension(
        truths.map((p, i) => {
          const counts = Array.from({ length: 9 }, () => 0)
          for (let person = 0; person < 30 + 20 * i; person += 1) {
            const mood = 0.2 * (random() - 0.5)
            let met = 0
            for (let item = 0; item < 8; item += 1) if (random() < p + mood) met += 1
            counts[met]! += 1
          }
          return papiLikeSubdimension(mean({ values: [0, 1, 2, 3, 4, 5, 6, 7, 8], counts }))
        }),
      )
      expect(publish(dimension).stage).toBe('full')
      const truth = truths.reduce((s, p) => s + (1 + 9 * p) / 3, 0)
      if (dimension.lo! <= truth && truth <= dimension.hi!) covered += 1
    }
    expect(covered / 1500).toBeGreaterThan(0.93)
    expect(covered / 1500).toBeLessThan(0.97)
  })
})
