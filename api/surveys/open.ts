import { findCampaign } from '../../db/queries/campaigns.ts'
import { markCaseOpened, unitsToChoose } from '../../db/queries/survey-answers.ts'
import { designOf } from '../campaigns/campaign.ts'
import type { Questionnaire, SurveyAnswers } from '../core/questionnaire/definition.ts'
import { apartCodes, codeOf } from '../core/questionnaire/parts.ts'
import { localDate } from '../core/time/moment.ts'
import type { Device } from '../device.ts'
import { tokenPrefix } from '../invitations/token.ts'
import type { Services } from '../services.ts'
import { lookAtCase, refuseOutside, turnAway } from './case.ts'

/**
 * What the page of a survey shows for a secret. Opening never spends it; the first opening is noted. Who has begun gets the answers
 * back, so that another device can go on, but of sensitive ones only which they are, and not even that of what is asked on account of one. Who typed a code gets the token of the same
 * case and goes on with that.
 * @param secret a token or a typed code
 * @throws AppError not_found | rating_code | rate_limited | expired | not_yet_open | quota_full
 */
export async function openSurvey(services: Services, secret: string, device: Device | null) {
  const now = services.now()
  const state = await lookAtCase(services, secret, device)
  refuseOutside(state, now)
  const { tenant, token, found, stored, sensitive } = state
  if (found.state !== 'complete' && state.isFull) return turnAway(services, state)
  const { questionnaire_code: code, questionnaire_version: version } = found
  const known = await services.findQuestionnaire(services.db, tenant.prefix, code, version)
  if (known === null) throw new Error('the questionnaire of a campaign is gone')
  return services.db.withTenant(tenant.id, async (trx) => {
    await markCaseOpened(trx, tenant.id, found.id, now)
    const campaign = await findCampaign(trx, tenant.id, found.campaign_id)
    const letter = (campaign && designOf(campaign))?.letter
    const kinds = known.unitKinds
    const units =
      kinds.length === 0 ? [] : await unitsToChoose(trx, tenant.id, { kinds, day: localDate(now.toISOString()) })
    const isOurs = stored !== undefined && found.state === 'partial'
    return {
      ...(tokenPrefix(secret) === null ? { token } : {}),
      state: found.state,
      closesOn: found.closes_on,
      campaign: {
        title: found.title,
        organiser: letter ? { name: letter.sender, phone: letter.phone, email: letter.email } : null,
      },
      form: found.form,
      sample: tenant.sample,
      questionnaire: { code, version, sha256: known.sha256, definition: known.definition },
      units,
      answer: isOurs
        ? {
            id: stored.id,
            revision: stored.revision,
            answers: stored.answers,
            hidden: tellable(known.definition, sensitive),
          }
        : null,
    }
  })
}

/** Keys of sensitive answers, without those to questions that are asked only on account of one: these would tell what was said there. */
function tellable(definition: Questionnaire, sensitive: SurveyAnswers): string[] {
  const { followUps } = apartCodes(definition)
  return Object.keys(sensitive).filter((key) => !followUps.has(codeOf(key)))
}
