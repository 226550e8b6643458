import { expect, it } from 'vitest'
import { sharedFigures, sharedMonth, type SharedCount } from '../../../api/core/figures/shared.ts'
import { calendarPeriod, type CalendarPeriod } from '../../../api/core/time/period.ts'

const CENTRE = 1
const period = (from: string, to: string) => calendarPeriod(from, to) as CalendarPeriod
const year = period('2026-01', '2026-12')
const quarter = period('2026-04', '2026-06')

/** The centre takes in five answers of procedure 7 in each month; who decides has as many as given. */
function hidden(deciding: Record<string, SharedCount[]>) {
  const months = Array.from({ length: 12 }, (_, k) => `2026-${String(k + 1).padStart(2, '0')}-01`)
  const taken = { unitId: CENTRE, procedureId: 7, main: false, n: 5 }
  return sharedFigures(new Map(months.map((month) => [month, sharedMonth([taken, ...(deciding[month] ?? [])])])))
}
const decides = (unitId: number, procedureId: number, n: number): SharedCount => ({
  unitId,
  procedureId,
  main: true,
  n,
})

it('the figure of a unit that takes dossiers in is hidden beside 1–9 answers of one that decides its procedure, with the other months of the quarter and the year', () => {
  const isHidden = hidden({ '2026-05-01': [decides(2, 7, 9)], '2026-08-01': [decides(2, 7, 40)] })
  for (const month of ['2026-04', '2026-05', '2026-06']) expect(isHidden(CENTRE, period(month, month))).toBe(true)
  expect(isHidden(CENTRE, quarter)).toBe(true)
  expect(isHidden(CENTRE, year)).toBe(true)
  expect(isHidden(CENTRE, period('2026-07', '2026-07'))).toBe(false)
  expect(isHidden(CENTRE, period('2026-07', '2026-09'))).toBe(false)
})

it('small months that make up enough in the quarter hide months alone; ten answers hide nothing', () => {
  const isHidden = hidden({
    '2026-04-01': [decides(2, 7, 6)],
    '2026-05-01': [decides(2, 7, 6)],
    '2026-10-01': [decides(2, 7, 10)],
  })
  expect(isHidden(CENTRE, period('2026-04', '2026-04'))).toBe(true)
  expect(isHidden(CENTRE, quarter)).toBe(false)
  expect(isHidden(CENTRE, year)).toBe(false)
  expect(isHidden(CENTRE, period('2026-10', '2026-10'))).toBe(false)
})

it('neither other procedures, nor the unit’s own decisions, nor units that take nothing in are hidden', () => {
  const isHidden = hidden({ '2026-05-01': [decides(2, 8, 3), decides(CENTRE, 7, 3)] })
  expect(isHidden(CENTRE, quarter)).toBe(false)
  expect(isHidden(2, quarter)).toBe(false)
})
