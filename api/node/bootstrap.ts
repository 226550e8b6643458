import { randomToken } from '../random.ts'
import { findUserByEmail, listTenants } from '../../db/queries/accounts.ts'
import { seedReference } from '../../db/seed.ts'
import { loadSample } from '../../db/seeds/sample/load.ts'
import type { Services } from '../services.ts'
import type { OpenDatabase } from './database.ts'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAccount } from '../accounts/create.ts'
import { liveSampleAsk } from './live-sample.ts'

export const SAMPLE_EMAIL = 'mau@langnghe.example'
/** In the data directory; gone with the sample. */
export const SAMPLE_PASSWORD_FILE = 'sample-password'

/**
 * Reference data, and on a new embedded database the sample data set.
 * @param tell is told in one line what takes long @returns whether the sample data set was loaded now
 */
export async function bootstrap(
  database: OpenDatabase,
  services: Services,
  tell: (line: string) => void,
): Promise<boolean> {
  const fresh = database.embedded && (await listTenants(services.db.shared)).length === 0
  if (fresh) tell('Loading the units of the country and the sample data, once: about a minute …')
  await seedReference(database.ownerUrl, { tenant: !database.embedded })
  if (!fresh) return false
  return (await loadSample(services.db, { now: services.now() })).loaded
}

/**
 * What a person needs to try the sample data: a sign-in and one live rating address. The password is made once per
 * installation and kept in its data directory, so that it can be printed at every start. Null with real data.
 */
export async function sampleAccess(
  services: Services,
  dataDir: string,
): Promise<{ email: string; password: string; token: string } | null> {
  const tenants = await listTenants(services.db.shared)
  const sample = tenants.find((tenant) => tenant.sample)
  if (!sample || tenants.some((tenant) => !tenant.sample)) return null
  const file = join(dataDir, SAMPLE_PASSWORD_FILE)
  const stored = read(file)
  const password = stored ?? randomToken(6)
  if (stored === null) {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(file, password, { mode: 0o600 })
  }
  // also when the sample was loaded anew beside a password that stayed
  if (stored === null || !(await findUserByEmail(services.db.shared, SAMPLE_EMAIL))) {
    const account = { email: SAMPLE_EMAIL, name: 'Người dùng mẫu', role: 'administrator' as const, password }
    await createAccount(services, { tenantId: sample.id, ...account })
  }
  return { email: SAMPLE_EMAIL, password, token: await liveSampleAsk(services, sample) }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}
