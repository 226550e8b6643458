import type { Transaction } from 'kysely'
import { allUnits, findUnit } from '../../db/queries/units.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { Scope } from '../core/figures/visibility.ts'
import { calendarPeriod, type CalendarPeriod } from '../core/time/period.ts'
import { AppError } from '../errors.ts'

/** What a page is about: which units' counts, and how they stand in the tree. */
export interface PageScope {
  unit: NonNullable<Awaited<ReturnType<typeof findUnit>>>
  scope: Scope
  /** Units whose counts are summed; null: all of the tenant. */
  unitIds: number[] | null
  /** A total counts every answer once; a single unit counts all that its dossiers got. */
  mainOnly: boolean
  units: { id: number; kind: string; parentId: number | null }[]
}

/** Whole months, quarters and years only. @throws AppError invalid_input */
export function periodOf(query: { from: string; to: string }): CalendarPeriod {
  const period = calendarPeriod(query.from, query.to)
  if (!period) throw new AppError('invalid_input', [{ path: 'to', code: 'not_a_calendar_period' }])
  return period
}

/** First days of a period's first and last month. */
export function monthsOf(period: CalendarPeriod): { fromMonth: string; toMonth: string } {
  return { fromMonth: `${period.from}-01`, toMonth: `${period.to}-01` }
}

/** The moment at which unfinished dossiers are looked at: the end of the period, or now while it lasts. */
export function endOf(period: CalendarPeriod, now: Date): Date {
  const end = new Date(`${period.endExclusive}T00:00:00+07:00`)
  return end < now ? end : now
}

/**
 * Finds what a page about a unit covers: the province all units of the tenant, a unit with children itself and all below
 * it, any other unit itself.
 * @throws AppError not_found for a unit that is neither the tenant's nor the province above its units
 */
export async function pageScope(trx: Transaction<DB>, tenantId: number, unitId: number): Promise<PageScope> {
  const unit = await findUnit(trx, unitId)
  if (!unit) throw new AppError('not_found')
  const units = (await allUnits(trx, tenantId)).map((row) => ({ id: row.id, kind: row.kind, parentId: row.parent_id }))
  const own = units.some((one) => one.id === unitId)
  if (!own) {
    if (unit.kind !== 'province' || !units.some((one) => one.parentId === unitId)) throw new AppError('not_found')
    return { unit, scope: 'province', unitIds: null, mainOnly: true, units }
  }
  const below = descendants(units, unitId)
  if (below.length === 0) return { unit, scope: `unit:${unitId}`, unitIds: [unitId], mainOnly: false, units }
  const everything = below.length + 1 === units.length
  return {
    unit,
    scope: everything ? 'province' : `tree:${unitId}`,
    unitIds: everything ? null : [unitId, ...below],
    mainOnly: true,
    units,
  }
}

/** All units below a unit. */
export function descendants(units: PageScope['units'], id: number): number[] {
  const found: number[] = []
  const waiting = [id]
  while (waiting.length > 0 && found.length <= units.length) {
    const at = waiting.pop()
    const children = units.filter((unit) => unit.parentId === at).map((unit) => unit.id)
    found.push(...children)
    waiting.push(...children)
  }
  return found
}
