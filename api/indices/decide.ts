import type { Transaction } from 'kysely'
import { currentInstrument } from '../../db/queries/instruments.ts'
import { keepDecision, yearsToDecide } from '../../db/queries/tally-decisions.ts'
import { yearStates } from '../../db/queries/tally-states.ts'
import { allUnits } from '../../db/queries/units.ts'
import type { DB } from '../../db/schema/tables.ts'
import { writeHidden } from '../core/figures/hidden-figures.ts'
import { scopesOfUnits } from '../core/figures/numbered-scopes.ts'
import { itemsOf, type Instrument } from '../core/instrument/definition.ts'
import { calendarPeriod } from '../core/time/period.ts'
import { basisOf, type Decided } from './decided.ts'
import { visibilityByItem } from './hidden.ts'
import type { PageScope } from './scope.ts'

/**
 * Decides what may be shown of years whose counts have changed, or about which nothing is decided yet, on the counts that
 * this transaction has made: so both become visible together, and no page ever shows new counts by an old decision.
 *
 * @param changed years that must be decided now; where none is, the latest of the others
 * @returns whether years are left
 */
export async function decideYears(
  trx: Transaction<DB>,
  tenantId: number,
  changed: ReadonlySet<number>,
): Promise<boolean> {
  const instrument = await currentInstrument(trx, 'dossier-rating')
  if (!instrument) return false
  const definition = instrument.definition as Instrument
  const units = (await allUnits(trx, tenantId)).map((row) => ({ id: row.id, kind: row.kind, parentId: row.parent_id }))
  const basis = basisOf(units, definition)
  const years = await yearsToDecide(trx, tenantId, basis)
  const due = years.filter((year) => changed.has(year))
  const chosen = due.length > 0 ? due : years.slice(0, 1)
  for (const year of chosen) {
    const decided = await decide(trx, tenantId, units, year, definition)
    await keepDecision(trx, tenantId, { year, basis, hidden: JSON.stringify(decided) })
  }
  return years.length > chosen.length
}

async function decide(
  trx: Transaction<DB>,
  tenantId: number,
  units: PageScope['units'],
  year: number,
  definition: Instrument,
): Promise<Decided> {
  const period = calendarPeriod(`${year}-01`, `${year}-12`)
  if (period === null) throw new RangeError('a year of tallies is a calendar year')
  const moment = { reading: 'counted' as const, states: await yearStates(trx, tenantId, String(year), 'counted') }
  const page = { units, unit: 'all' as const }
  const { of, takesIn } = await visibilityByItem(trx, tenantId, page, period, definition, moment)
  const scopes = scopesOfUnits(units).names
  const items = itemsOf(definition).filter((item) => item.type === 'single')
  return {
    takesIn: [...takesIn],
    scopes,
    items: Object.fromEntries(items.map(({ code }) => [code, writeHidden(of(code), scopes, period)])),
  }
}
