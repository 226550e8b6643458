import type { Transaction } from 'kysely'
import { listEditions } from '../../../db/queries/index-editions.ts'
import { hardCodes } from '../../../db/queries/index-hard.ts'
import { takeJob } from '../../../db/queries/tallies.ts'
import { yearStates } from '../../../db/queries/tally-states.ts'
import type { DB } from '../../../db/schema/tables.ts'
import { REGISTER_CODES } from '../../core/index/run/register.ts'
import { localDate } from '../../core/time/moment.ts'
import { recentPeriods } from '../../core/time/recent.ts'
import type { Services } from '../../services.ts'
import { allShipped, ownEdition, type Edition } from '../editions/edition.ts'
import { makeRuns } from './make.ts'

/**
 * Makes the newest runs of every edition in use for the last twelve months and the quarters and years around them; what has
 * not changed since the night before stays as it is. The job is held by a transaction around all of it: whoever makes runs after
 * another has a view of the database in which that one's are.
 * @returns how many runs are current; 0 when another process makes them now
 */
export function nightlyRuns(services: Services, tenantId: number): Promise<number> {
  return services.db.withTenant(tenantId, async (holder) =>
    (await takeJob(holder, 'indices')) ? makeNightly(services, tenantId) : 0,
  )
}

async function makeNightly(services: Services, tenantId: number): Promise<number> {
  const periods = recentPeriods(localDate(services.now().toISOString()))
  const years = Map.groupBy(periods, ({ from }) => from.slice(0, 4))
  let runs = 0
  for (const [year, list] of years) {
    const editions = await services.db.withTenant(tenantId, async (trx) =>
      (await yearStates(trx, tenantId, year, 'live')) === null ? [] : editionsInUse(trx, tenantId),
    )
    if (editions.length === 0) continue
    const maker = { tenantId, actor: 'job', nightly: true }
    runs += (await makeRuns(services, maker, list, editions)).length
  }
  return runs
}

/** Editions that something can be computed with: those whose indicators ask what this instance asks or has been given. */
async function editionsInUse(trx: Transaction<DB>, tenantId: number): Promise<Edition[]> {
  const own = (await listEditions(trx, tenantId)).map(ownEdition).filter(({ state }) => state === 'published')
  const given = await hardCodes(trx, tenantId)
  return [...allShipped(), ...own].filter(({ definition }) =>
    definition.indicators.some(({ from }) => {
      if (from === undefined) return false
      return 'hard' in from
        ? REGISTER_CODES.has(from.hard) || given.has(from.hard)
        : from.instrument === 'dossier-rating'
    }),
  )
}
