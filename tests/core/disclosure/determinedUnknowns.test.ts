import { describe, expect, it } from 'vitest'
import { determinedUnknowns } from '../../../api/core/disclosure/determinedUnknowns.ts'
import { seeded } from '../stats/seeded.ts'
import { attack } from './attack.ts'

describe('determinedUnknowns', () => {
  it('solves by hand: x = known, x + y = known, z free beside w', () => {
    const rows = [
      [{ unknown: 0, coefficient: 1 }],
      [
        { unknown: 0, coefficient: 1 },
        { unknown: 1, coefficient: 1 },
      ],
      [
        { unknown: 2, coefficient: 1 },
        { unknown: 3, coefficient: -1 },
      ],
    ]
    expect(determinedUnknowns(rows, 5)).toEqual([true, true, false, false, false])
    expect(determinedUnknowns([], 2)).toEqual([false, false])
  })

  it('agrees with dense row reduction on random equations', () => {
    let fixed = 0
    for (let seed = 0; seed < 300; seed += 1) {
      const random = seeded(seed)
      const cells = Array.from({ length: 10 }, (_, i) => ({ id: `${i}`, n: 1 }))
      const equations = Array.from({ length: 2 + Math.floor(9 * random()) }, () => {
        const [total, ...parts] = cells.map(({ id }) => id).sort(() => random() - 0.5)
        return { total: total!, parts: parts.slice(0, 1 + Math.floor(3 * random())) }
      })
      const rows = equations.map(({ total, parts }) => [
        { unknown: Number(total), coefficient: 1 },
        ...parts.map((part) => ({ unknown: Number(part), coefficient: -1 })),
      ])
      const reader = attack(cells, equations, new Set(cells.map(({ id }) => id)))
      const want = cells.map(({ id }) => reader.derives([id]))
      fixed += want.filter(Boolean).length
      expect(determinedUnknowns(rows, 10)).toEqual(want)
    }
    expect(fixed).toBeGreaterThan(100)
  })
})
