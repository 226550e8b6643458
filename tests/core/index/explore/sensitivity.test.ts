import { describe, expect, test } from 'vitest'
import { sensitivity, weightSets, withWeights } from '../../../../api/core/index/explore/sensitivity.ts'
import { scoreIndex } from '../../../../api/core/index/score.ts'
import { rankOf } from '../../../../api/core/stats/ranks/rankOf.ts'
import { smallData } from '../small.ts'
import { indexOfFive } from './index-of-five.ts'

/** u0 is best everywhere, u4 worst; u1 to u3 differ by what is asked. */
const data = smallData({
  A: [95, 80, 40, 60, 5],
  B: [95, 70, 50, 55, 5],
  C: [95, 40, 75, 60, 5],
  D: [5, 60, 20, 40, 95],
  E: [95, 50, 60, null, 5],
})

describe('places under other choices', () => {
  test('stay where nothing is close and spread where choices decide', () => {
    const { units } = sensitivity(indexOfFive(), data, { seed: 1, draws: 400 })
    expect(units[0]).toMatchObject({ place: 1, all: { lo: 1, hi: 1 } })
    expect(units[4]).toMatchObject({ place: 5, all: { lo: 5, hi: 5 } })
    const middle = units.slice(1, 4)
    expect(middle.some(({ all }) => all!.hi > all!.lo)).toBe(true)
    for (const { place, all, weights } of units) {
      expect(all!.lo).toBeLessThanOrEqual(place!)
      expect(all!.hi).toBeGreaterThanOrEqual(place!)
      expect(weights!.lo).toBeLessThanOrEqual(weights!.hi)
    }
  })

  test('are the same for the same seed, and exact for weights that do not move', () => {
    const once = sensitivity(indexOfFive(), data, { seed: 1, draws: 50 })
    expect(sensitivity(indexOfFive(), data, { seed: 1, draws: 50 })).toEqual(once)
    const still = sensitivity(indexOfFive(), data, { seed: 1, draws: 50, spread: 0 })
    for (const { place, weights } of still.units) expect(weights).toEqual({ lo: place, median: place, hi: place })
  })

  test('draw every weight evenly within its share of itself', () => {
    const definition = indexOfFive('mean', { A: 4 })
    const drawn = weightSets(definition, { seed: 3, draws: 4000, spread: 0.25 }).map((set) => set.get('A')!)
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(3)
    expect(Math.max(...drawn)).toBeLessThanOrEqual(5)
    const mean = drawn.reduce((sum, weight) => sum + weight, 0) / drawn.length
    // Standard error of the mean of 4,000 uniform numbers between 3 and 5: 0.009.
    expect(Math.abs(mean - 4)).toBeLessThan(0.03)
  })

  test('leave out each child of the root once, and try every other normalisation', () => {
    const { variants } = sensitivity(indexOfFive(), data, { seed: 1, draws: 1 })
    expect(variants.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
      'dropped E',
      'dropped P',
      'dropped Q',
      'normalisation rank',
      'normalisation z',
    ])
    const without = scoreIndex(withWeights(indexOfFive(), new Map([['P', 0]])), data)
    const base = scoreIndex(indexOfFive(), data)
    const places = [without, base].map((scored) =>
      rankOf(data.units.map((_, u) => scored.at(u, 'T'))).map((one) => one!.min),
    )
    const moved = places[0]!.reduce((sum, place, u) => sum + Math.abs(place - places[1]![u]!), 0) / 5
    expect(variants.find(({ name }) => name === 'P')!.meanMove).toBeCloseTo(moved, 12)
  })

  test('a unit without a total has no place', () => {
    const { units } = sensitivity(indexOfFive(), smallData({ A: [1, 2, null], B: [2, 1, null] }), { seed: 1, draws: 5 })
    expect(units[2]).toMatchObject({ place: null, weights: null, all: null })
  })
})
