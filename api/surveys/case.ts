import { findCaseAnswer, findSensitive } from '../../db/queries/survey-answers.ts'
import { isQuotaFull, noteTurnedAway } from '../../db/queries/campaign-quotas.ts'
import { findCase, type FoundCase } from '../campaigns/secret.ts'
import type { SurveyAnswers } from '../core/questionnaire/definition.ts'
import { localDate } from '../core/time/moment.ts'
import type { Device } from '../device.ts'
import { AppError } from '../errors.ts'
import { hmacSha256, type TokenKeys } from '../invitations/token.ts'
import type { Services } from '../services.ts'

/** What is known of a case that somebody wants to answer. */
export interface CaseState extends FoundCase {
  readonly stored: Awaited<ReturnType<typeof findCaseAnswer>>
  /** Sensitive answers of that answer. */
  readonly sensitive: SurveyAnswers
  /** A quota that it counts towards has no place left. */
  readonly isFull: boolean
}

/** Looks at the case behind a token or a typed code. @throws AppError not_found; rating_code for the code of a slip; rate_limited after too many wrong codes */
export async function lookAtCase(services: Services, secret: string, device: Device | null): Promise<CaseState> {
  const opened = await findCase(services, secret, device)
  if (!opened) throw new AppError('not_found')
  const { tenant, found } = opened
  const key = { tenantId: tenant.id, campaignId: found.campaign_id }
  return services.db.withTenant(tenant.id, async (trx) => {
    const stored = found.state === 'open' ? undefined : await findCaseAnswer(trx, tenant.id, found.id)
    const pseudonym = stored && pseudonymOf(services.tokenKeys, found.key_version, tenant.id, stored.id)
    return {
      ...opened,
      stored,
      sensitive: pseudonym ? await findSensitive(trx, key, pseudonym) : {},
      isFull: await isQuotaFull(trx, key, found),
    }
  })
}

/**
 * Whether answers are taken today.
 * @throws AppError not_yet_open before the first day; expired after the last one, or once the campaign was closed
 */
export function refuseOutside({ found }: Pick<CaseState, 'found'>, now: Date): void {
  const today = localDate(now.toISOString())
  if (found.campaign_state !== 'open' || today > found.closes_on) throw new AppError('expired')
  if (today < found.opens_on) throw new AppError('not_yet_open')
}

/** Turns a case away whose quota has no place left, and notes that. @throws AppError quota_full */
export async function turnAway(services: Services, { tenant, found }: CaseState): Promise<never> {
  await services.db.withTenant(tenant.id, (trx) => noteTurnedAway(trx, tenant.id, found.id))
  throw new AppError('quota_full')
}

/** Under what the sensitive answers of an answer are stored: without the key nobody can tell whose they are. */
export function pseudonymOf(keys: TokenKeys, version: number, tenantId: number, answerId: string): Uint8Array {
  const secret = keys.byVersion.get(version)
  if (!secret) throw new RangeError('unknown token key version')
  return hmacSha256(secret, `private:${tenantId}:${answerId}`)
}
