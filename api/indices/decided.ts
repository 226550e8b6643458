import type { Transaction } from 'kysely'
import { findDecision, readDecision } from '../../db/queries/tally-decisions.ts'
import type { DB } from '../../db/schema/tables.ts'
import { readHidden, type HiddenItem } from '../core/figures/hidden-figures.ts'
import type { Scope, Visibility } from '../core/figures/visibility.ts'
import type { Instrument } from '../core/instrument/definition.ts'
import type { CalendarPeriod } from '../core/time/period.ts'
import { treeName, type ProvinceVisibility } from './hidden.ts'
import { memory } from './remember.ts'
import type { PageScope } from './scope.ts'

/** Raised when the rules change by which figures are hidden, so that nothing decided by the old ones is shown. */
const RULES = 1

/** What may be shown of a year, as it is stored. */
export interface Decided {
  readonly takesIn: readonly number[]
  readonly scopes: readonly Scope[]
  readonly items: Readonly<Record<string, HiddenItem>>
}
/** The same as pages ask for it. */
export type PageVisibility = Pick<ProvinceVisibility, 'of' | 'takesIn'>

const NOTHING: Visibility = { parts: [], reason: () => 'too_few' }
const known = memory<PageVisibility>(12)

/** Names all that a decision rests on beside the counts. */
export function basisOf(units: PageScope['units'], { code, version }: Instrument): string {
  return `${RULES} ${code} ${version} ${treeName(units)}`
}

/** What was decided about the year of a period on just the counts that this transaction sees; null when nothing was. */
export async function decidedOn(
  trx: Transaction<DB>,
  tenantId: number,
  page: Pick<PageScope, 'units'>,
  period: CalendarPeriod,
  definition: Instrument,
): Promise<PageVisibility | null> {
  const year = Number(period.from.slice(0, 4))
  const name = await findDecision(trx, tenantId, year)
  if (name === null || name.basis !== basisOf(page.units, definition)) return null
  const key = `${tenantId} ${year} ${name.version} ${name.number} ${name.basis}`
  return known.get(key) ?? known.set(key, parse(await readDecision(trx, tenantId, year), period))
}

function parse(text: string, period: CalendarPeriod): PageVisibility {
  const { takesIn, scopes, items } = JSON.parse(text) as Decided
  const scopeAt = new Map(scopes.map((scope, at) => [scope, at]))
  const byItem = new Map(Object.entries(items).map(([item, hidden]) => [item, readHidden(hidden, scopeAt, period)]))
  return { takesIn: new Set(takesIn), of: (item) => byItem.get(item) ?? NOTHING }
}
