import { createDatabase } from '../../db/client.ts'
import { findTenant, listTenants } from '../../db/queries/accounts.ts'
import { seedReference } from '../../db/seed.ts'
import { isBrokenConnection } from '../node/broken-connection.ts'
import { openDatabase } from '../node/database.ts'
import { readSettings } from '../node/settings.ts'
import { createServices } from '../services.ts'
import { type Call, type Tenant, UsageError } from './command.ts'
import type { Io } from './io.ts'

const CONNECTIONS = 3

/**
 * Opens the database for one command, beside a running server or alone, and lets go of it afterwards, also on Ctrl-C.
 * A database that nothing was ever put into gets its reference data and a first tenant, because whoever begins with a
 * command brings data of their own.
 */
export async function withDatabase<T>(
  io: Io,
  options: { dataDir: string; tenant: string | boolean | undefined },
  work: (opened: Pick<Call, 'database' | 'services' | 'tenant'>) => Promise<T>,
): Promise<T> {
  const settings = readSettings(io.env, options.dataDir)
  const database = await openDatabase(io.env, { beside: true })
  const interrupted = (name: NodeJS.Signals) =>
    void database.stop().finally(() => process.exit(name === 'SIGINT' ? 130 : 143))
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  const db = createDatabase(database.url, { max: CONNECTIONS })
  // what ran on a lost connection then fails, and with it the command, which tidies up after itself
  const uncaught = (error: unknown) => {
    if (isBrokenConnection(error)) return db.renew()
    io.err(error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exit(1)
  }
  process.on('uncaughtException', uncaught)
  try {
    const services = createServices(db, settings, { log: (entry) => io.err(JSON.stringify(entry)) })
    const tenant = () => chooseTenant(io, services.db.shared, database.ownerUrl, options.tenant)
    return await work({ database, services, tenant })
  } finally {
    await db.close()
    await database.stop()
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted).off('uncaughtException', uncaught)
  }
}

async function chooseTenant(
  io: Io,
  shared: Call['services']['db']['shared'],
  ownerUrl: string,
  asked: string | boolean | undefined,
): Promise<Tenant> {
  if (typeof asked === 'string') {
    const found = /^\d{1,9}$/.test(asked) ? await findTenant(shared, Number(asked)) : undefined
    if (found) return found
    const tenants = await listTenants(shared)
    throw new UsageError(
      `There is no tenant ${asked}. Tenants: ${tenants.map((tenant) => `${tenant.id} (${tenant.name})`).join(', ') || 'none'}.`,
    )
  }
  if ((await listTenants(shared)).length === 0) await seedReference(ownerUrl, { tenant: true })
  const [first] = await listTenants(shared)
  if (!first) throw new UsageError('There is no tenant.')
  if (first.sample) io.err(`This is sample data (dữ liệu mẫu): tenant ${first.id}, ${first.name}.`)
  return first
}
