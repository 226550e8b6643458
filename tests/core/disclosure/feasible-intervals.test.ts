import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { smallCellsMethod } from '../../../api/core/analysis/methods/audit/small-cells.ts'
import { DataError } from '../../../api/core/table/data-error.ts'

interface Row {
  readonly line: number
  readonly lo: number
  readonly hi: number | null
  readonly exact: boolean
  readonly protected: boolean
}
const run = (columns: string[], rows: (string | number)[][], options: object = {}) =>
  smallCellsMethod.run(
    { file: 'c.csv', columns, rows: rows.map((cells, i) => ({ line: i + 2, cells: cells.map(String) })) },
    options,
  ) as { exact: number; unprotected: number; equations: number; rows: Row[] }
const faults = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof DataError) return error.faults
    throw error
  }
  return []
}
const columns = ['row', 'column', 'value', 'hidden']

/** A table of counts with its totals as rows; hidden cells are empty when asked for. */
function withTotals(counts: number[][], hidden: readonly (readonly [number, number])[], empty = false) {
  const is = (i: number, j: number) => hidden.some(([a, b]) => a === i && b === j)
  const full = counts.map((row) => [...row, row.reduce((a, b) => a + b, 0)])
  full.push(full[0]!.map((_, j) => full.reduce((total, row) => total + row[j]!, 0)))
  const label = (kind: string, at: number, size: number) => (at === size ? 'total' : `${kind}${at}`)
  return full.flatMap((row, i) =>
    row.map((value, j) => [
      label('r', i, counts.length),
      label('c', j, counts[0]!.length),
      is(i, j) && empty ? '' : value,
      is(i, j) ? 'TRUE' : 'FALSE',
    ]),
  )
}

const counts = [
  [20, 50, 10],
  [8, 19, 22],
  [17, 32, 12],
]

describe('small-cell audit', () => {
  it('one hidden cell, and two in a row, are worked out exactly; a rectangle leaves room', () => {
    expect(run(columns, withTotals(counts, [[1, 0]], true)).rows).toMatchObject([
      { lo: 8, hi: 8, exact: true, protected: false },
    ])
    expect(
      run(
        columns,
        withTotals(counts, [
          [1, 0],
          [1, 1],
        ]),
      ).rows,
    ).toMatchObject([
      { lo: 8, hi: 8, exact: true },
      { lo: 19, hi: 19, exact: true },
    ])
    // The four cells move together by t: 8 + t, 19 − t, 17 − t, 32 + t, none below 0.
    expect(
      run(
        columns,
        withTotals(counts, [
          [1, 0],
          [1, 1],
          [2, 0],
          [2, 1],
        ]),
      ).rows,
    ).toMatchObject([
      { lo: 0, hi: 25, exact: false, protected: true },
      { lo: 2, hi: 27 },
      { lo: 0, hi: 25 },
      { lo: 24, hi: 49 },
    ])
  })

  it('without rows of totals nothing bounds a hidden cell, unless margins are taken as known', () => {
    const inner = withTotals(counts, [[1, 0]]).filter(([row, column]) => row !== 'total' && column !== 'total')
    expect(run(columns, inner).rows).toMatchObject([{ lo: 0, hi: null, exact: false, protected: true }])
    expect(run(columns, inner, { margins: true }).rows).toMatchObject([{ lo: 8, hi: 8, exact: true }])
  })

  it('a hidden total is bounded by its parts, and bounds known beforehand count', () => {
    const rows = withTotals(counts, [
      [0, 0],
      [0, 3],
      [3, 0],
      [3, 3],
    ])
    expect(run(columns, rows).rows).toMatchObject([
      { lo: 0, hi: null },
      { lo: 60, hi: null },
      { lo: 25, hi: null },
      { lo: 170, hi: null },
    ])
    expect(run(columns, rows, { upper: 200 }).rows[0]).toMatchObject({ lo: 0, hi: 30 })
  })

  it('follows a hierarchy of any depth through all its levels', () => {
    const rows = [
      ['province', 'all', 100, ''],
      ['A', 'all', 60, ''],
      ['B', 'all', 40, 1],
      ['A1', 'all', 25, 1],
      ['A2', 'all', 35, ''],
      ['B1', 'all', 30, 1],
      ['B2', 'all', 10, 1],
    ]
    const hierarchy = { unit: { A: 'province', B: 'province', A1: 'A', A2: 'A', B1: 'B', B2: 'B' } }
    expect(
      run(['unit', 'month', 'value', 'hidden'], rows, { dimensions: ['unit', 'month'], hierarchy }).rows,
    ).toMatchObject([
      { unit: 'B', lo: 40, hi: 40, exact: true },
      { unit: 'A1', lo: 25, hi: 25, exact: true },
      { unit: 'B1', lo: 0, hi: 40, exact: false },
      { unit: 'B2', lo: 0, hi: 40, exact: false },
    ])
  })

  it('holds cells to the protection and width that are asked for', () => {
    const rectangle = withTotals(counts, [
      [1, 0],
      [1, 1],
      [2, 0],
      [2, 1],
    ])
    // 8 may be 0 … 25, 19: 2 … 27, 17: 0 … 25, 32: 24 … 49.
    expect(run(columns, rectangle, { protection: 0.4 }).rows.map((row) => row.protected)).toEqual([
      true,
      true,
      true,
      false,
    ])
    expect(run(columns, rectangle, { minWidth: 26 }).unprotected).toBe(4)
  })

  it('equals the range of all whole-numbered fillings of small tables, found by trying them', () => {
    const tables = fc.tuple(fc.integer({ min: 2, max: 3 }), fc.integer({ min: 2, max: 3 })).chain(([height, width]) =>
      fc.tuple(
        fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: width, maxLength: width }), {
          minLength: height,
          maxLength: height,
        }),
        fc.uniqueArray(fc.tuple(fc.nat(height - 1), fc.nat(width - 1)), {
          minLength: 1,
          maxLength: 5,
          selector: ([i, j]) => i * 10 + j,
        }),
      ),
    )
    fc.assert(
      fc.property(tables, ([table, hidden]) => {
        const cells = hidden.toSorted(([a, b], [c, d]) => a - c || b - d)
        const ranges = fillings(table, cells)
        const { rows } = run(columns, withTotals(table, cells))
        rows.forEach(({ lo, hi, exact }, k) => {
          expect([lo, hi]).toEqual(ranges[k])
          expect(exact).toBe(lo === hi)
        })
      }),
      { numRuns: 150 },
    )
  })

  it('scales with the numbers, also when they are not whole', () => {
    const hidden = [
      [1, 0],
      [1, 1],
      [2, 0],
      [2, 1],
    ] as const
    const { rows } = run(
      columns,
      withTotals(
        counts.map((row) => row.map((value) => value * 1234.5)),
        hidden,
      ),
    )
    expect(rows[1]!.lo).toBeCloseTo(2 * 1234.5, 6)
    expect(rows[3]!.hi).toBeCloseTo(49 * 1234.5, 6)
  })

  it('tells what is wrong with a table by its place', () => {
    const broken = withTotals(counts, [[1, 0]])
    broken[0]![2] = 21
    expect(faults(() => run(columns, broken))).toMatchObject([{ code: 'inconsistent_totals' }])
    const negative = withTotals(
      [
        [1, 1],
        [1, 1],
      ],
      [
        [0, 0],
        [0, 1],
      ],
    )
    negative[2]![2] = -3
    expect(faults(() => run(columns, negative))).toMatchObject([{ code: 'inconsistent_totals' }])
    expect(faults(() => run(columns, [['r', 'c', '', '']]))).toMatchObject([
      { code: 'missing_value', line: 2, column: 'value' },
    ])
    expect(faults(() => run(columns, [['r', 'c', 1, 2]]))).toMatchObject([{ code: 'not_true_or_false', line: 2 }])
    expect(
      faults(() =>
        run(columns, [
          ['r', 'c', 1, 0],
          ['r', 'c', 2, 0],
        ]),
      ),
    ).toMatchObject([{ code: 'duplicate_row', line: 3 }])
    expect(faults(() => run(columns, [['r', 'c', '', 1]], { margins: true }))).toMatchObject([
      { code: 'missing_value' },
    ])
    expect(faults(() => run(['row', 'value', 'hidden'], [['r', 1, 0]]))).toMatchObject([
      { code: 'missing_column', column: 'column' },
    ])
    expect(() => run(columns, [['r', 'c', 1, 1]], { hierarchy: { row: { a: 'b', b: 'a' } } })).toThrow('circular')
    expect(() => run(columns, [['r', 'c', 1, 1]], { hierarchy: { unit: {} } })).toThrow('unknown_dimension')
  })
})

/** Smallest and largest value of each hidden cell over all fillings with the same margins. */
function fillings(table: number[][], cells: readonly (readonly [number, number])[]): [number, number][] {
  const row = (of: number[][], i: number) => of[i]!.reduce((a, b) => a + b, 0)
  const column = (of: number[][], j: number) => of.reduce((total, line) => total + line[j]!, 0)
  const ranges = cells.map((): [number, number] => [Infinity, -Infinity])
  const filled = table.map((line) => [...line])
  const fits = () => cells.every(([i, j]) => row(filled, i) === row(table, i) && column(filled, j) === column(table, j))
  const fill = (k: number) => {
    if (k === cells.length) {
      if (fits())
        cells.forEach(
          ([i, j], c) =>
            (ranges[c] = [Math.min(ranges[c]![0], filled[i]![j]!), Math.max(ranges[c]![1], filled[i]![j]!)]),
        )
      return
    }
    const [i, j] = cells[k]!
    for (let value = 0; value <= row(table, i); value += 1) {
      filled[i]![j] = value
      fill(k + 1)
    }
    filled[i]![j] = table[i]![j]!
  }
  fill(0)
  return ranges
}
