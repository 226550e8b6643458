import { describe, expect, it } from 'vitest'
import { itemVisibility, type MonthCount, type Scope, type TreeUnit } from '../../../api/core/figures/visibility.ts'
import { calendarPeriod, periodsCovering, type CalendarPeriod } from '../../../api/core/time/period.ts'

const PRIME = 2_147_483_629n
const year = calendarPeriod('2026-01', '2026-12') as CalendarPeriod
const MINIMUM = 10

/** Deterministic numbers in [0, 1) (mulberry32), so that a failing world can be made again from its seed. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** What a reader can compute: the span of all shown figures over the atoms unit × month × part. Exact, in a prime field. */
class Span {
  private readonly rows: { pivot: number; row: bigint[] }[] = []
  add(vector: readonly number[]): void {
    const rest = this.reduce(vector)
    const pivot = rest.findIndex((value) => value !== 0n)
    if (pivot < 0) return
    const inverse = power(rest[pivot] as bigint, PRIME - 2n)
    this.rows.push({ pivot, row: rest.map((value) => (value * inverse) % PRIME) })
  }
  contains(vector: readonly number[]): boolean {
    return this.reduce(vector).every((value) => value === 0n)
  }
  private reduce(vector: readonly number[]): bigint[] {
    const rest = vector.map(BigInt)
    for (const { pivot, row } of this.rows) {
      const factor = rest[pivot] as bigint
      if (factor === 0n) continue
      for (let k = 0; k < rest.length; k += 1)
        rest[k] = ((((rest[k] as bigint) - factor * (row[k] as bigint)) % PRIME) + PRIME) % PRIME
    }
    return rest
  }
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  for (let b = base % PRIME, e = exponent; e > 0n; e >>= 1n, b = (b * b) % PRIME)
    if (e & 1n) result = (result * b) % PRIME
  return result
}

/** All figures that any page shows of one item: each scope and period, and for quarters and the year each part. */
function figures(units: TreeUnit[], counts: MonthCount[]) {
  const below = (id: number): number[] => [
    id,
    ...units.filter((unit) => unit.parentId === id).flatMap((unit) => below(unit.id)),
  ]
  const scopes: { scope: Scope; ids: number[] }[] = [
    { scope: 'province', ids: units.map((unit) => unit.id) },
    ...units.map(({ id }) => {
      const ids = below(id)
      return { scope: ids.length > 1 ? (`tree:${id}` as Scope) : (`unit:${id}` as Scope), ids }
    }),
  ]
  const parts = [...new Set(counts.map((count) => count.part as string))]
  return scopes.flatMap(({ scope, ids }) =>
    periodsCovering(year).flatMap((period) =>
      [undefined, ...(period.kind === 'month' ? [] : parts)].map((part) => {
        const inside = counts.map((count) =>
          ids.includes(count.unitId) &&
          count.month >= period.start &&
          count.month < period.endExclusive &&
          (part === undefined || part === count.part)
            ? 1
            : 0,
        )
        const n = counts.reduce((sum, count, k) => sum + count.n * (inside[k] ?? 0), 0)
        return { scope, period, part, inside, n }
      }),
    ),
  )
}

function world(seed: number): { units: TreeUnit[]; counts: MonthCount[] } {
  const next = random(seed)
  const size = 2 + Math.floor(next() * 3)
  const units: TreeUnit[] = Array.from({ length: size }, (_, k) => ({
    id: k + 1,
    parentId: k > 1 && next() < 0.3 ? 1 : 99,
  }))
  const months = 1 + Math.floor(next() * 9)
  const busy = 1 + next() * 14
  const counts = units.flatMap(({ id }) =>
    Array.from({ length: months }, (_, m) => m).flatMap((m) =>
      ['land', 'civil'].map((part) => ({
        unitId: id,
        month: `2026-${String(m + 1).padStart(2, '0')}-01`,
        part,
        n: next() < 0.25 ? 0 : Math.floor(next() * busy * (m === months - 1 ? 0.3 : 1)),
      })),
    ),
  )
  return { units, counts: counts.filter((count) => count.n > 0) }
}

describe('visibility over tree, time and fields', () => {
  it('leaves no figure with 1–9 answers computable from all that any page shows, in 300 random provinces', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const { units, counts } = world(seed)
      const visibility = itemVisibility(units, year, counts, MINIMUM)
      const all = figures(units, counts).filter((figure) => figure.n > 0)
      const span = new Span()
      for (const { scope, period, part, inside } of all)
        if (visibility.reason(scope, period, part) === null) span.add(inside)
      for (const { scope, period, part, inside, n } of all) {
        if (n < MINIMUM)
          expect(span.contains(inside), `seed ${seed}: ${scope} ${period.from}–${period.to} ${part ?? ''} n=${n}`).toBe(
            false,
          )
      }
    }
  }, 120_000)

  it('hides nothing when every figure has answers enough', () => {
    const units = [1, 2, 3].map((id) => ({ id, parentId: 99 }))
    const counts = units.flatMap(({ id }) =>
      Array.from({ length: 12 }, (_, m) =>
        ['land', 'civil'].map((part) => ({
          unitId: id,
          part,
          n: 40 + id,
          month: `2026-${String(m + 1).padStart(2, '0')}-01`,
        })),
      ).flat(),
    )
    const visibility = itemVisibility(units, year, counts)
    for (const { scope, period, part } of figures(units, counts))
      expect(visibility.reason(scope, period, part)).toBeNull()
  })

  it('keeps the province and full quarters when a new quarter has just begun', () => {
    const units = [1, 2, 3, 4].map((id) => ({ id, parentId: 99 }))
    const counts = units.flatMap(({ id }) =>
      Array.from({ length: 10 }, (_, m) =>
        ['land', 'civil'].map((part) => ({
          unitId: id,
          part,
          n: m < 9 ? 30 + id : 1 + (id % 3),
          month: `2026-${String(m + 1).padStart(2, '0')}-01`,
        })),
      ).flat(),
    )
    const visibility = itemVisibility(units, year, counts)
    const quarter = calendarPeriod('2026-04', '2026-06') as CalendarPeriod
    expect(visibility.reason('province', quarter)).toBeNull()
    expect(visibility.reason('province', year)).toBeNull()
    for (const { id } of units) expect(visibility.reason(`unit:${id}`, quarter)).toBeNull()
    expect(visibility.reason('unit:1', quarter, 'land')).toBeNull()
  })

  it('keeps the parts of all others when units with small months handle one part only', () => {
    const units = [1, 2, 3, 4].map((id) => ({ id, parentId: 99 }))
    const months = [1, 2, 3].map((month) => `2026-0${month}-01`)
    const counts = months.flatMap((month) => [
      ...[1, 2].flatMap((unitId) => ['land', 'civil'].map((part) => ({ unitId, month, part, n: 40 }))),
      { unitId: 3, month, part: 'trade', n: 6 },
      { unitId: 4, month, part: 'labour', n: 6 },
    ])
    const visibility = itemVisibility(units, year, counts)
    const quarter = calendarPeriod('2026-01', '2026-03') as CalendarPeriod
    for (const part of ['land', 'civil']) {
      expect(visibility.reason('province', quarter, part)).toBeNull()
      for (const id of [1, 2] as const) expect(visibility.reason(`unit:${id}`, quarter, part)).toBeNull()
    }
    expect(visibility.reason('unit:3', quarter, 'trade')).toBe(visibility.reason('unit:3', quarter))
  })

  it('calls a figure without answers too few, not complementary', () => {
    const visibility = itemVisibility([{ id: 1, parentId: 99 }], year, [])
    expect(visibility.reason('unit:1', year)).toBe('too_few')
  })
})
