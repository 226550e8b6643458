import { expect, it } from 'vitest'
import { readHidden, writeHidden } from '../../../api/core/figures/hidden-figures.ts'
import { itemVisibility, type MonthCount, type Scope } from '../../../api/core/figures/visibility.ts'
import { calendarPeriod, periodsCovering, type CalendarPeriod } from '../../../api/core/time/period.ts'
import { seeded } from '../stats/seeded.ts'

const year = calendarPeriod('2026-01', '2026-12') as CalendarPeriod

it('what was decided is the same when it is read again, for every unit, period and part', () => {
  const next = seeded(5)
  const units = Array.from({ length: 9 }, (_, k) => ({ id: k + 1, parentId: k < 4 ? null : 1 + (k % 3) }))
  const scopes: Scope[] = ['province', ...units.flatMap(({ id }): Scope[] => [`unit:${id}`, `tree:${id}`])]
  const counts = units.flatMap(({ id }) =>
    Array.from({ length: 12 }, (_, k): MonthCount[] =>
      ['a', 'b'].map((part) => ({
        unitId: id,
        month: `2026-${String(k + 1).padStart(2, '0')}-01`,
        n: Math.floor(next() ** 3 * 60),
        part,
      })),
    ).flat(),
  )
  const decided = itemVisibility(units, year, counts)
  const read = readHidden(
    JSON.parse(JSON.stringify(writeHidden(decided, scopes, year))) as ReturnType<typeof writeHidden>,
    new Map(scopes.map((scope, at) => [scope, at])),
    year,
  )
  const seen = new Set<unknown>()
  for (const scope of scopes)
    for (const period of periodsCovering(year))
      for (const part of [undefined, 'a', 'b']) {
        const told = decided.reason(scope, period, part)
        seen.add(told)
        expect(
          read.reason(scope, period, part) === 'complementary',
          `${scope} ${period.from} ${period.to} ${part}`,
        ).toBe(told === 'complementary' || (part !== undefined && period.kind === 'month'))
      }
  expect(seen).toEqual(new Set(['too_few', 'complementary', null]))
  expect(read.reason('unit:99', year)).toBe('too_few')
})
