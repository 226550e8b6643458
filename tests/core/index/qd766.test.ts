import { describe, expect, it } from 'vitest'
import { qd766Points, satisfaction54 } from '../../../api/core/index/qd766.ts'
import { registerFigures } from '../../../api/core/index/run/register.ts'
import { seeded } from '../stats/seeded.ts'

const counts = { total: 200, lateCount: 20, disliked: 10, dislikedNotLate: 4, answered: 50, petitions: null }

describe('QĐ 766 item 5.4', () => {
  it('computes both readings: a late and disliked dossier once in the union, twice in the sum', () => {
    const { union, sum } = satisfaction54(counts)
    expect(union).toMatchObject({ est: 88, lo: 88, hi: 88, se: 0, n: 200, method: 'register_count', suppressed: null })
    expect(sum.est).toBe(85)
  })

  it('adds petitions once per dossier when they are imported', () => {
    const { union, sum } = satisfaction54({ ...counts, petitions: { notDisliked: 8, notDislikedNotLate: 6 } })
    expect(union.est).toBe(85)
    expect(sum.est).toBe(81)
  })

  it('keeps 0 ≤ sum ≤ union ≤ 100 for all counts, equal when nobody late disliked', () => {
    const random = seeded(12)
    for (let run = 0; run < 3000; run += 1) {
      const total = 10 + Math.floor(50 * random())
      let [lateCount, disliked, dislikedNotLate, notDisliked, notDislikedNotLate] = [0, 0, 0, 0, 0]
      const [pLate, pBad, pPetition] = [random(), random(), random()]
      for (let i = 0; i < total; i += 1) {
        const [late, bad, petition] = [random() < pLate, random() < pBad, random() < pPetition]
        if (late) lateCount += 1
        if (bad) disliked += 1
        if (bad && !late) dislikedNotLate += 1
        if (petition && !bad) notDisliked += 1
        if (petition && !bad && !late) notDislikedNotLate += 1
      }
      const petitions = random() < 0.5 ? null : { notDisliked, notDislikedNotLate }
      const { union, sum } = satisfaction54({ total, lateCount, disliked, dislikedNotLate, answered: total, petitions })
      expect(0 <= sum.est! && sum.est! <= union.est! && union.est! <= 100).toBe(true)
      const without = satisfaction54({
        total,
        lateCount,
        disliked: dislikedNotLate,
        dislikedNotLate,
        answered: total,
        petitions: null,
      })
      expect(without.sum.est).toBeCloseTo(without.union.est!, 12)
    }
  })

  it('is hidden below ten answers, which it would give away, and not measured without dossiers', () => {
    const few = satisfaction54({ ...counts, answered: 9, disliked: 1, dislikedNotLate: 1 })
    for (const estimate of [few.union, few.sum]) {
      expect(estimate).toMatchObject({ est: null, lo: null, hi: null, n: null, suppressed: 'too_few' })
    }
    expect(satisfaction54({ ...counts, answered: 10 }).union.est).toBe(88)
    const none = { total: 0, lateCount: 0, disliked: 0, dislikedNotLate: 0, answered: 0, petitions: null }
    expect(satisfaction54(none).union.suppressed).toBe('not_measured')
  })

  it('enters an index without what would tell of few late or few not-late answers', () => {
    const gaps = (late: number, notLate: number) => {
      const overall = (n: number) => [n, 0, 0, 0, 0]
      const counts = { finished: [0, 0, 100, 100], pendingLate: 0, entered: {} }
      const figures = registerFigures(
        { ...counts, overall: overall(late + notLate), overallNotLate: overall(notLate) },
        false,
      )
      return ['union', 'sum'].map((reading) => figures.get(`qd766.5.4.${reading}`)?.gap)
    }
    expect(gaps(10, 60)).toEqual([null, null])
    expect(gaps(9, 60)).toEqual([null, 'complementary'])
    expect(gaps(60, 9)).toEqual(['complementary', 'complementary'])
  })

  it('refuses counts that contradict one another', () => {
    for (const wrong of [
      { lateCount: 201 },
      { disliked: 51 },
      { dislikedNotLate: 11 },
      { answered: 201 },
      { disliked: 40, dislikedNotLate: 4 },
      { lateCount: 1.5 },
      { lateCount: -1 },
      { petitions: { notDisliked: 1, notDislikedNotLate: 2 } },
    ]) {
      expect(() => satisfaction54({ ...counts, ...wrong }), JSON.stringify(wrong)).toThrow(RangeError)
    }
  })
})

describe('QĐ 766 points', () => {
  it('gives the maximum from the target on and a proportion below it', () => {
    expect(qd766Points(0.9)).toBe(6)
    expect(qd766Points(1)).toBe(6)
    expect(qd766Points(0.45)).toBeCloseTo(3, 14)
    expect(qd766Points(0)).toBe(0)
    expect(qd766Points(0.4, 0.8, 12)).toBe(6)
    expect(() => qd766Points(90)).toThrow(RangeError)
    expect(() => qd766Points(0.5, 0)).toThrow(RangeError)
  })
})
