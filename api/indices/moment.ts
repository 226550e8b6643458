import type { Transaction } from 'kysely'
import { countedUntil } from '../../db/queries/tally-decisions.ts'
import { yearStates, type Reading } from '../../db/queries/tally-states.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { Instrument } from '../core/instrument/definition.ts'
import { previousPeriod, type CalendarPeriod } from '../core/time/period.ts'
import { decidedOn, type PageVisibility } from './decided.ts'
import { visibilityByItem } from './hidden.ts'
import type { PageScope } from './scope.ts'

/** How far a page may be behind what is committed. */
export const MOST_BEHIND_MS = 10_000

/** What a page shows, all of one moment: the counts, and what may be shown of them. */
export interface Moment {
  /** Everything that was committed before is counted. */
  readonly asOf: Date
  readonly reading: Reading
  readonly visibility: () => Promise<PageVisibility>
}

/**
 * The moment that a page of a period and the one before it shows: what the tally job counted and decided about together, as
 * long as no change waits for longer than a page may be behind. Otherwise, and where nothing is decided on these counts
 * and units, this very moment: then waiting cells are counted and all is decided now.
 */
export async function momentOf(
  trx: Transaction<DB>,
  tenantId: number,
  page: PageScope,
  period: CalendarPeriod,
  definition: Instrument,
): Promise<Moment> {
  const year = period.from.slice(0, 4)
  const span = { fromMonth: previousPeriod(period).start, toMonth: `${year}-12-01` }
  const { asOf, now } = await countedUntil(trx, tenantId, span)
  const isFresh = now.getTime() - asOf.getTime() <= MOST_BEHIND_MS
  const decided = isFresh ? await decidedOn(trx, tenantId, page, period, definition) : null
  const reading = decided === null ? 'live' : 'counted'
  return {
    asOf: decided === null ? now : asOf,
    reading,
    visibility: async () => {
      if (decided !== null) return decided
      const states = await yearStates(trx, tenantId, year, reading)
      return visibilityByItem(trx, tenantId, page, period, definition, { states, reading })
    },
  }
}
