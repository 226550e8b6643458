import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { comparePeers, type PeerUnit } from '../../../../api/core/index/compare/peers.ts'
import { makeEstimate, notMeasured, suppress } from '../../../../api/core/stats/estimate.ts'

function unit(id: number, est: number, se: number, { kind = 'commune', nEff = 100, df = 60 } = {}): PeerUnit {
  const numbers = { est, se, df, lo: est - 2 * se, hi: est + 2 * se, n: 200, nEff, method: 'test' }
  return { unit: id, kind, estimate: makeEstimate(numbers) }
}

describe('peers', () => {
  test('fall into three groups, and places are sets', () => {
    const got = comparePeers([unit(1, 9, 0.1), unit(2, 7, 0.1), unit(3, 7.1, 0.1), unit(4, 5, 0.1)])
    expect(got.map(({ group }) => group)).toEqual([
      'clearly_above',
      'not_distinguishable',
      'not_distinguishable',
      'clearly_below',
    ])
    expect(got.map(({ places }) => places)).toEqual([
      { lo: 1, hi: 1 },
      { lo: 2, hi: 3 },
      { lo: 2, hi: 3 },
      { lo: 4, hi: 4 },
    ])
  })

  test('are compared within their kind, and hidden or thin ones are nobody’s peers', () => {
    const hidden = { ...unit(3, 9, 0.1), estimate: suppress(notMeasured(), 'too_few') }
    const got = comparePeers([
      unit(1, 9, 0.1),
      unit(2, 5, 0.1),
      hidden,
      unit(4, 1, 0.1, { nEff: 29 }),
      unit(5, 1, 0.1, { kind: 'sở' }),
    ])
    expect(got.map(({ of, group }) => [of, group])).toEqual([
      [2, 'clearly_above'],
      [2, 'clearly_below'],
      [2, null],
      [2, null],
      [1, null],
    ])
    expect(got[4]).toMatchObject({ places: null, ownPlaces: null })
  })

  test('with few days behind them are told apart less easily', () => {
    const pair = (df: number) =>
      comparePeers([unit(1, 5, 0.1, { df }), unit(2, 5.32, 0.1, { df })]).map(({ group }) => group)
    expect(pair(200)).toEqual(['clearly_below', 'clearly_above'])
    expect(pair(4)).toEqual(['not_distinguishable', 'not_distinguishable'])
  })

  test('keep their standing in any order, and a place of one’s own question is never wider', () => {
    const list = fc.array(
      fc.tuple(fc.double({ min: 1, max: 10, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true })),
      {
        minLength: 2,
        maxLength: 12,
      },
    )
    fc.assert(
      fc.property(list, (scores) => {
        const units = scores.map(([est, se], i) => unit(i, est, se))
        const got = comparePeers(units)
        for (const { places, ownPlaces } of got) {
          expect(ownPlaces!.lo).toBeGreaterThanOrEqual(places!.lo)
          expect(ownPlaces!.hi).toBeLessThanOrEqual(places!.hi)
        }
        const back = comparePeers(units.toReversed()).toReversed()
        expect(back.map(({ group, places }) => [group, places])).toEqual(
          got.map(({ group, places }) => [group, places]),
        )
      }),
    )
  })
})
