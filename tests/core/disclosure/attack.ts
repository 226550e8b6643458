import type { CubeCell, CubeEquation } from '../../../api/core/disclosure/complementary.ts'

/** What a reader can do with the shown figures of a cube: dense row reduction in doubles, nothing shared with the product. */
export interface Attack {
  /** Hidden figures with answers, in the order of the columns. */
  readonly unknowns: readonly string[]
  /** True when the sum of these hidden figures follows from what is shown. */
  readonly derives: (ids: readonly string[]) => boolean
}

export function attack(
  cells: readonly CubeCell[],
  equations: readonly CubeEquation[],
  hidden: { has(id: string): boolean },
): Attack {
  const unknowns = cells.filter(({ id, n }) => hidden.has(id) && n > 0).map(({ id }) => id)
  const column = new Map(unknowns.map((id, i) => [id, i]))
  const rows = equations.map(({ total, parts }) => {
    const row = Array.from({ length: unknowns.length }, () => 0)
    for (const [id, sign] of [[total, 1] as const, ...parts.map((part) => [part, -1] as const)]) {
      const at = column.get(id)
      if (at !== undefined) row[at]! += sign
    }
    return row
  })
  const basis = reduce(rows)
  const derives = (ids: readonly string[]) => {
    const rest = Array.from({ length: unknowns.length }, () => 0)
    for (const id of ids) rest[column.get(id)!] = 1
    for (const { pivot, row } of basis) {
      const factor = rest[pivot]!
      if (factor !== 0) row.forEach((value, i) => (rest[i]! -= factor * value))
    }
    return rest.every((value) => Math.abs(value) < 1e-9)
  }
  return { unknowns, derives }
}

function reduce(rows: number[][]): { pivot: number; row: number[] }[] {
  const basis: { pivot: number; row: number[] }[] = []
  const width = rows[0]?.length ?? 0
  let waiting = rows
  for (let pivot = 0; pivot < width; pivot += 1) {
    const best = waiting.toSorted((a, b) => Math.abs(b[pivot]!) - Math.abs(a[pivot]!))[0]
    if (best === undefined || Math.abs(best[pivot]!) < 1e-9) continue
    const row = best.map((value) => value / best[pivot]!)
    const clear = (other: number[]) => other.map((value, i) => value - other[pivot]! * row[i]!)
    waiting = waiting.filter((other) => other !== best).map(clear)
    for (const step of basis) step.row = clear(step.row)
    basis.push({ pivot, row })
  }
  return basis
}
