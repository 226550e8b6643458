import type { Transaction } from 'kysely'
import { findDevice, insertDevice, missingNumbers } from '../../db/queries/devices.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { Actor } from '../campaigns/campaign.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'

/** Missing numbers that are told at once. */
const MISSING_TOLD = 100

/**
 * Registers a person's tablet under the id that it gave itself; again, it tells where its numbers stand.
 * @throws AppError id_taken when the id is another person's
 */
export async function registerDevice(services: Services, by: Actor, device: { id: string; label: string }) {
  const now = services.now()
  const row = { tenant_id: by.tenantId, id: device.id, user_id: by.actor, label: device.label, registered_at: now }
  return services.db.withTenant(by.tenantId, async (trx) => {
    const created = await insertDevice(trx, row)
    return { created, ...(await deviceView(trx, by, device.id)) }
  })
}

/** A person's device with its numbers and the clock. @throws AppError id_taken when it is nobody's or another person's */
export async function deviceView(trx: Transaction<DB>, by: Actor, id: string) {
  const row = await findDevice(trx, { tenantId: by.tenantId, id, userId: by.actor })
  if (!row) throw new AppError('id_taken')
  const { missing, count } = await missingNumbers(trx, by.tenantId, id, MISSING_TOLD)
  return {
    id,
    label: row.label,
    lastSeq: row.last_seq,
    missing,
    missingCount: count,
    lastSyncAt: row.last_sync_at?.toISOString() ?? null,
    skewMs: row.skew_ms,
  }
}
