import { createDatabase } from './client.ts'
import { insertTenant, listTenants } from './queries/accounts.ts'
import { publishShippedInstruments } from './seeds/instruments/publish.ts'
import { loadNationalUnits } from './seeds/units/load.ts'

const FIRST_TENANT = { prefix: 'tnh', name: 'Tỉnh', sample: false }

/**
 * Brings the reference data every instance needs: national units, shipped instruments, and a first tenant where there is
 * none and `tenant` asks for one. Idempotent. Connects as the owner, the only role that may write national rows.
 */
export async function seedReference(ownerUrl: string, { tenant }: { tenant: boolean }): Promise<void> {
  const db = createDatabase(ownerUrl, { max: 1 })
  try {
    // '0' is no tenant's id: it opens the national rows, and nothing else, to the owner
    await db.withTenant(0, loadNationalUnits)
    await publishShippedInstruments(db.shared)
    if (tenant && (await listTenants(db.shared)).length === 0) await insertTenant(db.shared, FIRST_TENANT)
  } finally {
    await db.close()
  }
}
