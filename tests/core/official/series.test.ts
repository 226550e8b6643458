import { describe, expect, it } from 'vitest'
import { officialSeries, predecessorWeights, type PublishedValue } from '../../../api/core/official/series.ts'

const value = (year: number, edition: string, of: number): PublishedValue => ({
  year,
  edition,
  value: of,
  low: of - 1,
  high: of + 1,
  n: 200,
  source: 'x',
})
const old = [
  { id: 1, name: 'Hưng Yên', population: null },
  { id: 2, name: 'Thái Bình', population: null },
]
const always = () => true

describe('the published series of a unit', () => {
  it('carries predecessors by equal weights until all populations are known, and says so', () => {
    expect(predecessorWeights(old)).toMatchObject({
      basis: 'equal',
      predecessors: [{ weight: 0.5 }, { weight: 0.5 }],
    })
    const [a, b] = [
      { ...old[0]!, population: 1_000_000 },
      { ...old[1]!, population: 3_000_000 },
    ]
    expect(predecessorWeights([a, old[1]!]).basis).toBe('equal')
    const { basis, predecessors } = predecessorWeights([a, b])
    expect([basis, predecessors.map(({ weight }) => weight)]).toEqual(['population', [0.25, 0.75]])
    const points = officialSeries(
      [],
      new Map([
        [1, [value(2023, 'e', 40)]],
        [2, [value(2023, 'e', 44)]],
      ]),
      predecessors,
      always,
    )
    expect(points).toMatchObject([{ year: 2023, value: 43, low: null, high: null, n: null, estimated: true }])
  })

  it('calls a year in which one predecessor has no result missing, never zero and never the other one’s', () => {
    const { predecessors } = predecessorWeights(old)
    const points = officialSeries(
      [],
      new Map([
        [1, [value(2023, 'e', 40)]],
        [2, []],
      ]),
      predecessors,
      always,
    )
    expect(points).toMatchObject([
      {
        year: 2023,
        value: null,
        estimated: true,
        parts: [
          { id: 1, value: 40 },
          { id: 2, value: null },
        ],
      },
    ])
  })

  it('breaks where the edition, the set of units or the meaning of the node changes', () => {
    const { predecessors } = predecessorWeights(old)
    const before = new Map([
      [1, [value(2022, 'a', 40), value(2023, 'b', 40), value(2024, 'b', 40)]],
      [2, [value(2022, 'a', 42), value(2023, 'b', 42), value(2024, 'b', 42)]],
    ])
    const points = officialSeries(
      [value(2025, 'b', 43), value(2026, 'c', 44)],
      before,
      predecessors,
      (now) => now !== 'c',
    )
    expect(points.map(({ year, breaks, estimated }) => [year, estimated, breaks])).toEqual([
      [2022, true, []],
      [2023, true, ['edition']],
      [2024, true, []],
      [2025, false, ['units']],
      [2026, false, ['edition', 'not_comparable']],
    ])
  })

  it('takes a unit’s own result before any carried one', () => {
    const { predecessors } = predecessorWeights(old)
    const before = new Map([
      [1, [value(2025, 'e', 10)]],
      [2, [value(2025, 'e', 20)]],
    ])
    expect(officialSeries([value(2025, 'e', 43)], before, predecessors, always)).toMatchObject([
      { value: 43, estimated: false, parts: [], low: 42, high: 44 },
    ])
  })
})
