import { findTenant } from '../../db/queries/accounts.ts'
import { findDevice, noteSync } from '../../db/queries/devices.ts'
import type { Actor } from '../campaigns/campaign.ts'
import { AppError, type ErrorCode, type Issue } from '../errors.ts'
import type { Services } from '../services.ts'
import { deviceView } from './device.ts'
import { keepItem, type Kept } from './keep.ts'
import type { InterviewBatch } from './schema.ts'

/** An item that was not taken: its number stays missing, and the tablet keeps it. */
export interface Refused {
  readonly seq: number
  readonly status: 'refused'
  readonly code: ErrorCode
  readonly issues: readonly Issue[]
}

/**
 * Takes what a tablet has gathered, item by item, each committed by itself: whatever is told as kept stays, and whatever the tablet
 * did not hear of it sends again, in any order. Tells which of its numbers have not arrived, and how far its clock is behind.
 * @throws AppError not_found for a device that is not registered, or is another person's
 */
export async function syncInterviews(services: Services, by: Actor, { device, sentAt, items }: InterviewBatch) {
  const { tenantId } = by
  const now = services.now()
  const skewMs = now.getTime() - sentAt.getTime()
  const tenant = await findTenant(services.db.shared, tenantId)
  const isOwn = await services.db.withTenant(tenantId, async (trx) => {
    const own = await findDevice(trx, { tenantId, id: device, userId: by.actor })
    if (own) await noteSync(trx, tenantId, device, { at: now, skewMs })
    return own !== undefined
  })
  if (!tenant || !isOwn) throw new AppError('not_found')
  const from = { device, sentAt, skewMs, prefix: tenant.prefix }
  const results: (Kept | Refused)[] = []
  for (const item of items)
    results.push(
      await keepItem(services, by, from, item).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code === 'unavailable') throw error
        return { seq: item.seq, status: 'refused' as const, code: error.code, issues: error.issues }
      }),
    )
  const view = await services.db.withTenant(tenantId, (trx) => deviceView(trx, by, device))
  return { device: view, results }
}
