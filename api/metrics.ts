import { Hono } from 'hono'
import { listTenants } from '../db/queries/accounts.ts'
import { waitingChanges } from '../db/queries/waiting-changes.ts'
import type { AppEnv } from './app.ts'
import { type Family, OPENMETRICS_TYPE, openMetrics } from './core/metrics/openmetrics.ts'
import { AppError } from './errors.ts'
import type { Services } from './services.ts'

/** `GET /api/metrics`: this process and its database in OpenMetrics text. An isolate of Workers has nothing to tell. */
export const metricsRoutes = new Hono<AppEnv>().get('/metrics', async (c) => {
  const services = c.get('services')
  if (services.metrics === null) throw new AppError('not_found', [{ path: 'metrics', code: 'not_in_isolate' }])
  const families = [...services.metrics.families(), ...poolFamilies(services), ...(await queueFamilies(services))]
  return c.body(openMetrics(families), 200, { 'Content-Type': OPENMETRICS_TYPE })
})

function poolFamilies({ db }: Services): Family[] {
  const { max, busy, waiting } = db.pool()
  return [
    {
      name: 'lang_nghe_database_connections',
      type: 'gauge',
      help: 'Connections of this process to PostgreSQL: the most it opens, and those at work.',
      samples: [
        { labels: { state: 'max' }, value: max },
        { labels: { state: 'busy' }, value: busy },
      ],
    },
    {
      name: 'lang_nghe_database_waiting',
      type: 'gauge',
      help: 'Pieces of work that wait for a connection.',
      samples: [{ value: waiting }],
    },
  ]
}

/** All tenants together; without a database only that it is down. */
async function queueFamilies(services: Services): Promise<Family[]> {
  const up = (value: number): Family => ({
    name: 'lang_nghe_database_up',
    type: 'gauge',
    help: 'Whether PostgreSQL answered just now.',
    samples: [{ value }],
  })
  try {
    let [changes, oldest] = [0, 0]
    for (const tenant of await listTenants(services.db.shared)) {
      const waiting = await services.db.withTenant(tenant.id, (trx) => waitingChanges(trx, tenant.id))
      changes += waiting.changes
      oldest = Math.max(oldest, waiting.oldestSeconds)
    }
    return [
      up(1),
      {
        name: 'lang_nghe_tally_changes_waiting',
        type: 'gauge',
        help: 'Changes of cells that wait to be counted anew.',
        samples: [{ value: changes }],
      },
      {
        name: 'lang_nghe_tally_changes_oldest_age_seconds',
        type: 'gauge',
        unit: 'seconds',
        help: 'Age of the oldest change that waits; 0 when none does.',
        samples: [{ value: oldest }],
      },
    ]
  } catch {
    return [up(0)]
  }
}
