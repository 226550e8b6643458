import { z } from 'zod'
import { takeQuota } from '../../db/queries/campaign-quotas.ts'
import { findCampaign, noteEvent } from '../../db/queries/campaigns.ts'
import { answersOfCase, letStand, listConflicts } from '../../db/queries/case-answers.ts'
import { holdCase } from '../../db/queries/survey-cases.ts'
import { decodeCursor, encodeCursor } from '../cursor.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { holdCampaign, type Actor, type CampaignKey } from './campaign.ts'

/**
 * Cases with answers that nobody has decided on: two devices on one case, an interview of a case that another has, or one that came
 * when the survey was over or its quota full. Who, how and when, never what was said.
 * @throws AppError not_found | malformed_cursor
 */
export async function campaignConflicts(
  services: Services,
  key: CampaignKey,
  query: { cursor: string | undefined; limit: number },
) {
  const after = decodeCursor(query.cursor, z.tuple([z.int()]))?.[0] ?? 0
  const rows = await services.db.withTenant(key.tenantId, async (trx) => {
    if (!(await findCampaign(trx, key.tenantId, key.campaignId))) throw new AppError('not_found')
    return listConflicts(trx, key, { after, limit: query.limit + 1 })
  })
  const all = [...Map.groupBy(rows, (row) => row.case_id)]
  const shown = all.slice(0, query.limit)
  const last = shown.at(-1)?.[0]
  return {
    items: shown.map(([id, answers]) => ({
      case: id,
      code: answers[0]?.code ?? '',
      answers: answers.map((row) => ({
        id: row.id,
        standing: row.standing,
        mode: row.mode,
        complete: row.complete,
        device: row.device,
        interviewer: row.interviewer,
        startedAt: row.started_at.toISOString(),
        sentAt: row.sent_at.toISOString(),
        receivedAt: row.received_at.toISOString(),
      })),
    })),
    next: all.length > query.limit && last !== undefined ? encodeCursor([last]) : null,
  }
}

/**
 * Lets one of a case's answers stand and sets the others aside; all of them are kept, and what was decided is noted. It can be
 * decided anew for as long as answers lead to their cases.
 * @throws AppError not_found; wrong_state for a partial answer in place of a complete one; quota_full
 */
export async function chooseAnswer(
  services: Services,
  by: Actor,
  place: { campaignId: number; caseId: number },
  answer: string,
) {
  const key = { tenantId: by.tenantId, campaignId: place.campaignId }
  const now = services.now()
  return services.db.withTenant(by.tenantId, async (trx) => {
    await holdCampaign(trx, key)
    const row = await holdCase(trx, key, place.caseId)
    const answers = row ? await answersOfCase(trx, by.tenantId, row.id) : []
    const chosen = answers.find((one) => one.id === answer)
    if (!row || !chosen) throw new AppError('not_found')
    const before = answers.find((one) => one.standing === 'main') ?? null
    const view = { case: row.id, answer, setAside: answers.length - 1 }
    if (before?.id === answer && answers.every((one) => one.standing !== 'rival')) return view
    if (before?.complete === true && !chosen.complete) throw new AppError('wrong_state')
    if (chosen.complete && before?.complete !== true && !(await takeQuota(trx, key, chosen)))
      throw new AppError('quota_full')
    await letStand(trx, by.tenantId, row.id, chosen)
    const detail = { case: row.id, code: row.code, before: before?.id ?? null, answer, setAside: view.setAside }
    await noteEvent(trx, by.tenantId, key.campaignId, { at: now, actor: by.actor, action: 'chosen', detail })
    return view
  })
}
