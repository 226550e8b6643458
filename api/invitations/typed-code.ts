import { listTenants } from '../../db/queries/accounts.ts'
import { findAskByShortCode } from '../../db/queries/short-codes.ts'
import { caseByShortCode } from '../../db/queries/survey-cases.ts'
import { parseShortCode } from '../core/slip/typed-code.ts'
import type { Device } from '../device.ts'
import type { Services } from '../services.ts'
import { withinLimits } from './guess.ts'
import { shortHashes } from './short-code.ts'
import type { Asked } from './token.ts'

/**
 * What a typed code opens: the ask of a slip or the case of a survey, never both.
 * @param device whose wrong codes, of both kinds together, are counted
 * @returns null for what cannot be a code, or is nobody's here
 * @throws AppError rate_limited after too many wrong codes
 */
export async function openedByCode(services: Services, secret: string, device: Device | null) {
  const code = parseShortCode(secret)
  return code === null ? null : withinLimits(services, device, () => ownerOf(services, code))
}

/** A code does not name its tenant, so each of the instance's few tenants is asked, real ones first. */
async function ownerOf(services: Services, code: string) {
  for (const tenant of await listTenants(services.db.shared)) {
    const hashes = (asked: Asked) => shortHashes(services.tokenKeys, tenant.id, asked, code)
    const owner = await services.db.withTenant(tenant.id, async (trx) => ({
      ask: await findAskByShortCode(trx, tenant.id, hashes('ask')),
      surveyCase: await caseByShortCode(trx, tenant.id, hashes('case')),
    }))
    if (owner.ask || owner.surveyCase) return { tenant, ...owner }
  }
  return null
}
