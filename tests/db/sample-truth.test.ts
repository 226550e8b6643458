import { expect, test } from 'vitest'
import { FALSE_DISCOVERY_RATE, findWeakSpots } from '../../api/core/weak-spots/find.ts'
import { SAMPLE_PROCEDURES } from '../../db/seeds/sample/procedures.ts'
import { simulateCells, type SampleCell } from '../../db/seeds/sample/simulate.ts'
import { PLANTED } from '../../db/seeds/sample/truth.ts'
import { SAMPLE_UNITS } from '../../db/seeds/sample/units.ts'

const SEEDS = 20
const MIN_REST = 30
const fieldOf = new Map(SAMPLE_PROCEDURES.map(({ code, field }) => [code, field]))

/** A cell beside what it is compared with. */
function beside(cell: SampleCell, rest: readonly SampleCell[]) {
  const sum = (of: 'favourable' | 'valid') => rest.reduce((total, one) => total + one[of], 0)
  const { item, favourable, valid, planted } = cell
  return {
    item,
    procedureId: 0,
    favourable,
    valid,
    planted,
    restFavourable: sum('favourable'),
    restValid: sum('valid'),
  }
}

/** A unit's cells beside the same item and procedure in all other units; where nobody has it, the procedure's field. */
function againstOthers(cells: readonly SampleCell[], unit: string) {
  const byItem = Map.groupBy(cells, (cell) => cell.item)
  return cells
    .filter((cell) => cell.unit === unit)
    .map((cell) => {
      const others = (byItem.get(cell.item) ?? []).filter((one) => one.unit !== unit)
      const same = beside(
        cell,
        others.filter((one) => one.procedure === cell.procedure),
      )
      const field = fieldOf.get(cell.procedure)
      return same.restValid >= MIN_REST
        ? same
        : beside(
            cell,
            others.filter((one) => fieldOf.get(one.procedure) === field),
          )
    })
}

/** What pages showed, summed. The false discovery rate is the mean, over pages, of the false ones' share in what a page shows. */
function scoreBoard() {
  const sums = { found: 0, falseAlarms: 0, tested: 0, pages: 0 }
  let falseShares = 0
  return {
    sums,
    rate: () => falseShares / sums.pages,
    add(cells: ReturnType<typeof beside>[], isTrue: (planted: SampleCell['planted']) => boolean) {
      const { weak, tested } = findWeakSpots(cells)
      const found = weak.filter(({ cell }) => isTrue(cell.planted)).length
      sums.found += found
      sums.falseAlarms += weak.length - found
      sums.tested += tested
      sums.pages += tested > 0 ? 1 : 0
      falseShares += weak.length > 0 ? (weak.length - found) / weak.length : 0
    },
  }
}

// The promise itself: Fisher's mid-p keeps it with room to spare.
const RATE_MAX = FALSE_DISCOVERY_RATE

test(`against other units, ${SEEDS} seeds: planted weak spots are found, and false ones are as rare as promised`, () => {
  const board = scoreBoard()
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const cells = simulateCells(seed)
    for (const { key } of SAMPLE_UNITS) board.add(againstOthers(cells, key), (planted) => planted !== null)
  }
  const planted = SEEDS * PLANTED.filter((cell) => cell.since === null).length
  console.log(`against other units: ${JSON.stringify({ planted, ...board.sums, rate: board.rate() })}`)
  expect(board.sums.found / planted).toBeGreaterThan(0.95)
  expect(board.rate()).toBeLessThan(RATE_MAX)
})

test(`against the quarter before, ${SEEDS} seeds: what began in the quarter is found`, () => {
  const board = scoreBoard()
  const key = (cell: SampleCell) => `${cell.procedure} ${cell.item}`
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const before = Map.groupBy(simulateCells(seed, 1, { from: '2026-01', to: '2026-03' }), (cell) => cell.unit)
    const now = Map.groupBy(simulateCells(seed, 1, { from: '2026-04', to: '2026-06' }), (cell) => cell.unit)
    for (const [unit, cells] of now) {
      const earlier = Map.groupBy(before.get(unit) ?? [], key)
      board.add(
        cells.map((cell) => beside(cell, earlier.get(key(cell)) ?? [])),
        (planted) => planted?.since === '2026-04-01',
      )
    }
  }
  const planted = SEEDS * PLANTED.filter((cell) => cell.since === '2026-04-01').length
  console.log(`against the quarter before: ${JSON.stringify({ planted, ...board.sums, rate: board.rate() })}`)
  expect(board.sums.found / planted).toBeGreaterThan(0.89)
  expect(board.rate()).toBeLessThan(RATE_MAX)
})
