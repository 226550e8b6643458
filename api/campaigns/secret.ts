import { findTenantByPrefix, listTenants } from '../../db/queries/accounts.ts'
import { findAskByShortCode } from '../../db/queries/short-codes.ts'
import { caseByShortCode, findCaseByToken, type OpenedCase } from '../../db/queries/survey-cases.ts'
import { parseShortCode } from '../core/slip/typed-code.ts'
import type { Services } from '../services.ts'
import { withinLimits } from '../invitations/guess.ts'
import { shortHashes } from '../invitations/short-code.ts'
import { AppError } from '../errors.ts'
import { sha256, tokenMaker, tokenPrefix } from '../invitations/token.ts'

/** What a secret opens, and the token of the same case: whoever typed a code goes on with that. */
export interface FoundCase {
  readonly tenant: { readonly id: number; readonly prefix: string; readonly name: string; readonly sample: boolean }
  readonly token: string
  readonly found: OpenedCase
}

/**
 * Finds the case behind a token or a typed code, whatever the state of its campaign.
 * @param device daily hash of the device; wrong codes are counted by it, together with those of rating slips
 * @returns null for what is neither, or of no case here
 * @throws AppError rating_code for the code of a rating slip, whose page is another; rate_limited after too many wrong codes
 */
export async function findCase(
  services: Services,
  secret: string,
  device: Uint8Array | null,
): Promise<FoundCase | null> {
  const prefix = tokenPrefix(secret)
  if (prefix !== null) {
    const tenant = await findTenantByPrefix(services.db.shared, prefix)
    if (!tenant) return null
    const found = await services.db.withTenant(tenant.id, (trx) => findCaseByToken(trx, tenant.id, sha256(secret)))
    return found ? { tenant, token: secret, found } : null
  }
  const code = parseShortCode(secret)
  const found = code === null ? null : await withinLimits(services, device, () => findByCode(services, code))
  if (found === 'rating') throw new AppError('rating_code')
  return found
}

/** A code does not name its tenant, so each of the instance's few tenants is asked, real ones first. */
async function findByCode(services: Services, code: string): Promise<FoundCase | 'rating' | null> {
  for (const tenant of await listTenants(services.db.shared)) {
    const hashes = shortHashes(services.tokenKeys, tenant.id, 'case', code)
    const ofAsk = shortHashes(services.tokenKeys, tenant.id, 'ask', code)
    const [found, ask] = await services.db.withTenant(tenant.id, async (trx) => [
      await caseByShortCode(trx, tenant.id, hashes),
      await findAskByShortCode(trx, tenant.id, ofAsk),
    ])
    if (found)
      return { tenant, token: tokenMaker(services.tokenKeys, found.key_version, tenant, 'case')(found.id), found }
    if (ask) return 'rating'
  }
  return null
}
