import { findTenantByPrefix } from '../../db/queries/accounts.ts'
import { findCaseByToken, type OpenedCase } from '../../db/queries/survey-cases.ts'
import type { Device } from '../device.ts'
import type { Services } from '../services.ts'
import { AppError } from '../errors.ts'
import { sha256, tokenMaker, tokenPrefix } from '../invitations/token.ts'
import { openedByCode } from '../invitations/typed-code.ts'

/** What a secret opens, and the token of the same case: whoever typed a code goes on with that. */
export interface FoundCase {
  readonly tenant: { readonly id: number; readonly prefix: string; readonly name: string; readonly sample: boolean }
  readonly token: string
  readonly found: OpenedCase
}

/**
 * Finds the case behind a token or a typed code, whatever the state of its campaign.
 * @param device whose wrong codes are counted, together with those of rating slips
 * @returns null for what is neither, or of no case here
 * @throws AppError rating_code for the code of a rating slip, whose page is another; rate_limited after too many wrong codes
 */
export async function findCase(services: Services, secret: string, device: Device | null): Promise<FoundCase | null> {
  const prefix = tokenPrefix(secret)
  if (prefix !== null) {
    const tenant = await findTenantByPrefix(services.db.shared, prefix)
    if (!tenant) return null
    const found = await services.db.withTenant(tenant.id, (trx) => findCaseByToken(trx, tenant.id, sha256(secret)))
    return found ? { tenant, token: secret, found } : null
  }
  const opened = await openedByCode(services, secret, device)
  if (opened?.ask) throw new AppError('rating_code')
  if (!opened?.surveyCase) return null
  const { tenant, surveyCase } = opened
  const token = tokenMaker(services.tokenKeys, surveyCase.key_version, tenant, 'case')(surveyCase.id)
  return { tenant, token, found: surveyCase }
}
