import { listTenants } from '../../db/queries/accounts.ts'
import { cutLinks } from '../../db/queries/asks.ts'
import { rebuildWaitingCells, takeJob } from '../../db/queries/tallies.ts'
import { localDate } from '../core/time/moment.ts'
import { runCampaigns } from '../campaigns/open.ts'
import { nightlyRuns } from '../indices/runs/nightly.ts'
import type { Services } from '../services.ts'

/** How long an answer can be withdrawn; afterwards nobody can tell any more which dossier it belongs to. */
export const WITHDRAWAL_DAYS = 30
const CELLS_PER_TRANSACTION = 500
const MAX_ROUNDS = 200
const SERIALIZATION_FAILURE = '40001'
const DAY_MS = 86_400_000

export const JOBS = ['tally', 'cut-links', 'indices', 'campaigns'] as const
export type JobName = (typeof JOBS)[number]

/** Runs one job for every tenant. Safe to start twice at once: the second finds the job taken and does nothing. @returns cells, links, runs or campaigns handled */
export async function runJob(services: Services, name: JobName): Promise<number> {
  let handled = 0
  for (const tenant of await listTenants(services.db.shared)) {
    handled += await HANDLERS[name](services, tenant.id)
  }
  return handled
}

/** Rebuilds waiting cells in small transactions until none is left, or the round limit is reached. */
async function rebuildTallies(services: Services, tenantId: number): Promise<number> {
  let handled = 0
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const cells = await services.db
      .withTenant(
        tenantId,
        async (trx) => ((await takeJob(trx, 'tally')) ? rebuildWaitingCells(trx, tenantId, CELLS_PER_TRANSACTION) : 0),
        { isolation: 'repeatable read' },
      )
      .catch(overtaken)
    handled += cells
    if (cells < CELLS_PER_TRANSACTION) break
  }
  return handled
}

/** Another server did these cells after this one's view of the database was taken. */
function overtaken(error: unknown): number {
  if ((error as { code?: string }).code === SERIALIZATION_FAILURE) return 0
  throw error
}

function cutOldLinks(services: Services, tenantId: number): Promise<number> {
  const before = localDate(new Date(services.now().getTime() - WITHDRAWAL_DAYS * DAY_MS).toISOString())
  return services.db.withTenant(tenantId, (trx) => cutLinks(trx, tenantId, before))
}

const HANDLERS: Record<JobName, (services: Services, tenantId: number) => Promise<number>> = {
  tally: rebuildTallies,
  'cut-links': cutOldLinks,
  indices: nightlyRuns,
  campaigns: runCampaigns,
}
