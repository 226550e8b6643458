import { randomToken } from '../random.ts'
import { listTenants } from '../../db/queries/accounts.ts'
import { seedReference } from '../../db/seed.ts'
import { loadSample } from '../../db/seeds/sample/load.ts'
import type { Services } from '../services.ts'
import type { OpenDatabase } from './database.ts'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAccount } from '../accounts/create.ts'
import { liveSampleAsk } from './live-sample.ts'

export const SAMPLE_EMAIL = 'mau@langnghe.example'

/** Reference data, and on a new embedded database the sample data set. */
export async function bootstrap(database: OpenDatabase, services: Services): Promise<void> {
  await seedReference(database.ownerUrl, { tenant: !database.embedded })
  if (database.embedded && (await listTenants(services.db.shared)).length === 0) {
    await loadSample(services.db, { now: services.now() })
  }
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
  const file = join(dataDir, 'sample-password')
  let password = read(file)
  if (password === null) {
    password = randomToken(6)
    writeFileSync(file, password, { mode: 0o600 })
    await createAccount(services, {
      tenantId: sample.id,
      email: SAMPLE_EMAIL,
      name: 'Người dùng mẫu',
      role: 'administrator',
      password,
    })
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
