import { describe, expect, it } from 'vitest'
import { carryCells, cellKey, type Shown } from '../../../api/core/publication/carry.ts'
import type { InputCell } from '../../../api/core/publication/inputs.ts'
import { calendarPeriod } from '../../../api/core/time/period.ts'

const period = calendarPeriod('2026-07', '2026-09')!
const SCOPES = [{ unit: 1, scope: 'unit:1' as const, members: [1], parts: [] }]

/** Overall answers of the one unit: satisfied and dissatisfied, in time and late. */
function overall(inTime: readonly [number, number], late: readonly [number, number] = [0, 0]): InputCell {
  const options = (satisfied: number, not: number) => [satisfied, 0, 0, not, 0, 0, 0, 0, 0]
  return {
    unit: 1,
    family: 'overall',
    source: null,
    withheld: false,
    items: { OVERALL: [...options(inTime[0] + late[0], inTime[1] + late[1]), 0] },
    finished: [0, 0, 100, 100],
    pendingLate: 0,
    overallNotLate: options(...inTime),
    entered: null,
    handled: true,
  }
}
/** Editions of the period in the order in which the public saw them, each prepared from what had been counted by then. */
function editionsOf(...counted: readonly (InputCell | { recalled: InputCell })[]): Shown[] {
  return counted.reduce<Shown[]>((seen, one, k) => {
    const privacy = 'recalled' in one
    const cell = next(privacy ? one.recalled : one, seen)
    const shown = { run: k + 1, privacy, cells: new Map([[cellKey(cell), cell]]), register: [] }
    return [shown, ...seen]
  }, [])
}
function next(fresh: InputCell, editions: readonly Shown[]): InputCell {
  const withdrawn = new Set(editions.filter(({ privacy }) => privacy).map(({ run }) => run))
  const [cell] = carryCells({ scopes: SCOPES, fresh: [fresh], period, editions, others: new Map(), withdrawn })
  return cell!
}

describe('what the next edition of a period shows', () => {
  it('is not one moved answer, although five came and went in between', () => {
    const editions = editionsOf(overall([30, 20]), overall([35, 20]))
    expect(editions[0]?.cells.get('1:overall')?.source).toBeNull()
    // five fewer than the last edition, but one moved answer away from the first
    expect(next(overall([29, 21]), editions)).toMatchObject({ source: 2, items: overall([35, 20]).items })
    expect(next(overall([30, 20]), editions).source).toBeNull()
  })

  it('does not tell of one late answer among many new ones, where late ones are told of', () => {
    const editions = editionsOf(overall([60, 10], [10, 2]))
    expect(next(overall([80, 10], [10, 3]), editions).source).toBe(1)
    expect(next(overall([80, 10], [15, 2]), editions).source).toBeNull()
    // nine are told of by nothing
    expect(next(overall([80, 10], [3, 1]), editionsOf(overall([60, 10], [3, 0]))).source).toBeNull()
  })

  it('is nothing of what was withdrawn for privacy until five answers have changed', () => {
    const editions = editionsOf({ recalled: overall([30, 20]) })
    for (const fresh of [overall([30, 20]), overall([32, 20])]) {
      expect(next(fresh, editions)).toMatchObject({ withheld: true, privacy: true })
    }
    expect(next(overall([35, 20]), editions)).toMatchObject({ source: null, withheld: false })
    // nor in the edition after the next
    const later = editionsOf({ recalled: overall([30, 20]) }, overall([30, 20]))
    expect(next(overall([30, 20]), later)).toMatchObject({ withheld: true, privacy: true })
    expect(next(overall([35, 20]), later)).toMatchObject({ source: null, withheld: false })
  })

  it('stays withheld when the edition that carried it on is not the one that was withdrawn', () => {
    const [second, first] = editionsOf(overall([30, 20]), overall([32, 20]))
    const editions = [second!, { ...first!, privacy: true }]
    expect(second?.cells.get('1:overall')?.source).toBe(1)
    expect(next(overall([33, 20]), editions)).toMatchObject({ withheld: true, privacy: true })
    expect(next(overall([33, 22]), editions).withheld).toBe(false)
  })

  it('is as before, not carried on, where nothing has changed', () => {
    const few = overall([3, 0])
    const months = { ...few, items: { OVERALL: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0] } }
    const july = { run: 9, privacy: false, cells: new Map([[cellKey(months), months]]), register: [] }
    const shown = { run: 1, privacy: false, cells: new Map([[cellKey(few), few]]), register: [] }
    const [cell] = carryCells({
      scopes: SCOPES,
      fresh: [few],
      period,
      editions: [shown],
      others: new Map([['2026-07/2026-07', july]]),
      withdrawn: new Set(),
    })
    expect(cell).toEqual(few)
  })
})
