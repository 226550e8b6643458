import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rakeCells } from '../../../api/core/weights/rake-cells.ts'

/** 2 × 3 cells with answers, and population totals of rows and columns. */
const table = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 6, maxLength: 6 }),
    fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 6, maxLength: 6 }),
  )
  .map(([answers, truth]) => {
    const rows = [0, 1].map((r) => truth.slice(3 * r, 3 * r + 3).reduce((sum, x) => sum + x, 0))
    const columns = [0, 1, 2].map((c) => truth[c]! + truth[c + 3]!)
    return { answers, rows, columns }
  })
const margins = (rows: readonly number[], columns: readonly number[]) => [
  { name: 'row', levels: [0, 0, 0, 1, 1, 1], totals: rows },
  { name: 'column', levels: [0, 1, 2, 0, 1, 2], totals: columns },
]

test('raked cells hit every margin, and raking again changes nothing', () => {
  fc.assert(
    fc.property(table, ({ answers, rows, columns }) => {
      const weights = rakeCells(answers, margins(rows, columns))
      for (const { levels, totals } of margins(rows, columns)) {
        for (const [level, total] of totals.entries()) {
          const got = levels.reduce((sum, own, at) => sum + (own === level ? answers[at]! * weights[at]! : 0), 0)
          expect(got / total).toBeCloseTo(1, 8)
        }
      }
      const again = rakeCells(answers, margins(rows, columns), { base: weights })
      again.forEach((weight, at) => expect(weight / weights[at]!).toBeCloseTo(1, 8))
    }),
  )
})

test('cells give the weights that rows would, with the cap on one answer', () => {
  const answers = [30, 2, 8, 20, 25, 15]
  const [rows, columns] = [
    [200, 300],
    [150, 200, 150],
  ] as const
  const cells = rakeCells(answers, margins(rows, columns), { cap: 1.8 })
  const place = answers.flatMap((n, at) => Array.from({ length: n }, () => at))
  const single = margins(rows, columns).map((one) => ({ ...one, levels: place.map((at) => one.levels[at]!) }))
  const byRow = rakeCells(
    place.map(() => 1),
    single,
    { cap: 1.8 },
  )
  place.forEach((at, row) => expect(byRow[row]! / cells[at]!).toBeCloseTo(1, 8))
  expect(Math.max(...cells)).toBeCloseTo(1.8 * 5, 8)
})
