import { listTenants } from '../../db/queries/accounts.ts'
import { cutLinks } from '../../db/queries/asks.ts'
import { localDate } from '../core/time/moment.ts'
import { runCampaigns } from '../campaigns/open.ts'
import { nightlyRuns } from '../indices/runs/nightly.ts'
import type { Services } from '../services.ts'
import { rebuildTallies } from './tally.ts'

/** How long an answer can be withdrawn; afterwards nobody can tell any more which dossier it belongs to. */
export const WITHDRAWAL_DAYS = 30
const DAY_MS = 86_400_000

export const JOBS = ['tally', 'cut-links', 'indices', 'campaigns'] as const
export type JobName = (typeof JOBS)[number]

/**
 * Runs one job for every tenant. Safe to start twice at once: `tally` and `indices` find the job taken and do nothing; the two others
 * wait for the rows that the first changes, and find them done.
 * @returns cells, links, runs or campaigns handled
 */
export async function runJob(services: Services, name: JobName): Promise<number> {
  let handled = 0
  for (const tenant of await listTenants(services.db.shared)) {
    handled += await HANDLERS[name](services, tenant.id)
  }
  return handled
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
