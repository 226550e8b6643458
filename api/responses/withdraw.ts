import { findAskByResponse, setAskState } from '../../db/queries/asks.ts'
import { listTenants } from '../../db/queries/accounts.ts'
import { deleteResponse, findResponse } from '../../db/queries/responses.ts'
import { appendChanges } from '../../db/queries/tallies.ts'
import { AppError } from '../errors.ts'
import { cellsOf } from '../invitations/invitation.ts'
import { sha256 } from '../invitations/token.ts'
import type { Services } from '../services.ts'

/**
 * Removes an answer for whoever holds its secret, and its effect on every count. Again: the same success. The event
 * cannot be answered a second time. A wrong secret and an unknown answer are not told apart.
 *
 * Neither part of the receipt names the tenant, so each of the instance's few tenants is asked, by an index.
 * @throws AppError not_found, also once the window has closed and nobody can tell any more which answer was whose
 */
export async function withdrawResponse(services: Services, receipt: { id: string; secret: string }): Promise<void> {
  const hash = sha256(receipt.secret)
  for (const tenant of await listTenants(services.db.shared)) {
    const found = await services.db.withTenant(tenant.id, async (trx) => {
      const ask = await findAskByResponse(trx, tenant.id, receipt.id)
      if (!ask) return false
      const key = { tenantId: tenant.id, askedOn: ask.asked_on, id: receipt.id }
      const expected =
        ask.state === 'withdrawn' ? ask.withdraw_hash : ((await findResponse(trx, key))?.withdraw_hash ?? null)
      if (!expected || !sameBytes(expected, hash)) return false
      if (ask.state === 'withdrawn') return true
      await deleteResponse(trx, key)
      await setAskState(trx, tenant.id, ask.id, { state: 'withdrawn', withdraw_hash: hash })
      await appendChanges(trx, tenant.id, cellsOf(ask))
      return true
    })
    if (found) return
  }
  throw new AppError('not_found')
}

/** Compares in time that does not depend on where the first difference is. */
function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < a.length; i += 1) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}
