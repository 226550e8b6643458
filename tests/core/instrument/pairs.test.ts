import { describe, expect, it } from 'vitest'
import { toMarks } from '../../../api/core/instrument/answers.ts'
import { findItem } from '../../../api/core/instrument/definition.ts'
import { favourableOptions, pointsOf, valuesOf } from '../../../api/core/instrument/favourable.ts'
import { pairItems, pairMark, pairValues } from '../../../api/core/instrument/pairs.ts'
import { ratingInstrument } from './rating.ts'

const rating = ratingInstrument()
const pairs = pairItems(rating)
const pair = (code: string) => pairs.find((one) => one.code === code)!
const item = (code: string) => findItem(rating, code)!

describe('favourable answers', () => {
  it.each([
    ['OVERALL', [0, 1], null],
    ['T3', [0], [2, 1, 0]],
    ['Q_INFO', [0], null],
    ['Q_WINDOWS', [1], null],
    ['X_PAPERS', [1], null],
    ['X_PAYMENT', [1], null],
    ['B_TIME', [0, 1], null],
    ['B_HARASS', [2, 3], null],
    ['COMMENT', [], null],
  ])('%s: favourable places and points', (code, favourable, points) => {
    expect(favourableOptions(item(code))).toEqual(favourable)
    expect(pointsOf(item(code))).toEqual(points)
  })

  it('counts a bad "yes" as 0', () => {
    expect(valuesOf(item('Q_WINDOWS'))).toEqual([0, 1])
  })
})

describe('pairItems', () => {
  it('makes every pair inside the three composites and none across', () => {
    expect(pairs).toHaveLength(28 + 3 + 15)
    expect(new Set(pairs.map((one) => one.code)).size).toBe(46)
    expect(pair('T3*T7').cells).toBe(9)
    expect(pair('Q_INFO*Q_WINDOWS').cells).toBe(4)
    expect(pairs.some((one) => /^(OVERALL|X_|COMMENT)/.test(one.a))).toBe(false)
  })

  it('gives a cell that its values can be read back from', () => {
    for (const one of pairs) {
      one.valuesA.forEach((a, markA) =>
        one.valuesB.forEach((b, markB) => {
          const cell = pairMark(one, { [one.a]: markA, [one.b]: markB })!
          expect(cell).toBeLessThan(one.cells)
          expect(pairValues(one, cell)).toEqual({ a, b })
        }),
      )
    }
  })

  it('has no cell when either item is missing or na', () => {
    const marks = toMarks(rating, { T3: '2', T4: { na: true }, T7: '1' })
    expect(pairMark(pair('T3*T7'), marks)).toBe(2 * 3 + 1)
    expect(pairMark(pair('T3*T4'), marks)).toBeNull()
    expect(pairMark(pair('Q_INFO*Q_FEES'), marks)).toBeNull()
  })
})
