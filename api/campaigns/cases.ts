import { z } from 'zod'
import { noteEvent, findCampaign } from '../../db/queries/campaigns.ts'
import { assignCases, holdCase, listCases, setDisposition, type CaseFilter } from '../../db/queries/survey-cases.ts'
import { findInterviewer } from '../../db/queries/users.ts'
import { unitNames } from '../../db/queries/units.ts'
import type { Disposition } from '../../db/schema/campaigns.ts'
import { decodeCursor, page } from '../cursor.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { holdOpen, type Actor, type CampaignKey } from './campaign.ts'

/** Cases that are asked, by the code of the firm or household; never a contact. @throws AppError not_found */
export async function listCampaignCases(
  services: Services,
  key: CampaignKey,
  query: { filter: CaseFilter; cursor: string | undefined; limit: number },
) {
  const after = decodeCursor(query.cursor, z.tuple([z.int()]))?.[0] ?? 0
  const { rows, names } = await services.db.withTenant(key.tenantId, async (trx) => {
    if (!(await findCampaign(trx, key.tenantId, key.campaignId))) throw new AppError('not_found')
    const rows = await listCases(trx, key, query.filter, { after, limit: query.limit + 1 })
    return { rows, names: await unitNames(trx, [...new Set(rows.flatMap((row) => row.unit_id ?? []))]) }
  })
  return page(
    rows,
    query.limit,
    (row) => ({
      id: row.id,
      code: row.code,
      stratum: row.stratum,
      psu: row.psu,
      unit: row.unit_id === null ? null : { id: row.unit_id, name: names.get(row.unit_id) ?? '' },
      role: row.role,
      state: row.state,
      disposition: row.disposition,
      interviewer: row.interviewer === null ? null : { id: row.interviewer, name: row.interviewer_name ?? '' },
      letters: row.letters,
      lastLetterAt: row.last_letter_at?.toISOString() ?? null,
      openedAt: row.opened_at?.toISOString() ?? null,
      answeredAt: row.answered_at?.toISOString() ?? null,
    }),
    (row) => [row.id],
  )
}

/**
 * Notes what is known of a case of an open campaign that has not answered.
 * @throws AppError not_found; wrong_state; already_complete, because an answer says more than any note
 */
export async function noteDisposition(
  services: Services,
  by: Actor,
  place: { campaignId: number; caseId: number },
  disposition: Disposition,
) {
  const key = { tenantId: by.tenantId, campaignId: place.campaignId }
  const now = services.now()
  return services.db.withTenant(by.tenantId, async (trx) => {
    await holdOpen(trx, key)
    const row = await holdCase(trx, key, place.caseId)
    if (!row?.released) throw new AppError('not_found')
    if (row.disposition === disposition) return { id: row.id, disposition }
    if (row.state === 'complete') throw new AppError('already_complete')
    await setDisposition(trx, by.tenantId, row.id, disposition)
    const detail = { case: row.id, code: row.code, before: row.disposition, disposition }
    await noteEvent(trx, by.tenantId, key.campaignId, { at: now, actor: by.actor, action: 'disposition', detail })
    return { id: row.id, disposition }
  })
}

/** Which cases get an interviewer: these, or those that a filter shows, at most so many. */
export type Assignment =
  { cases: number[] } | { filter: CaseFilter & { unitId: number | null; psu: string | null }; most: number }

/**
 * Gives cases of an open campaign to an interviewer, or takes them back (null). Complete ones stay as they are.
 * @throws AppError not_found; wrong_state; invalid_input unknown_interviewer
 */
export async function assignInterviewer(
  services: Services,
  by: Actor,
  campaignId: number,
  interviewer: string | null,
  which: Assignment,
) {
  const key = { tenantId: by.tenantId, campaignId }
  const now = services.now()
  return services.db.withTenant(by.tenantId, async (trx) => {
    await holdOpen(trx, key)
    if (interviewer !== null && !(await findInterviewer(trx, by.tenantId, interviewer)))
      throw new AppError('invalid_input', [{ path: 'interviewer', code: 'unknown_interviewer' }])
    const assigned = await assignCases(trx, key, interviewer, which)
    if (assigned > 0) {
      const detail = { interviewer, assigned }
      await noteEvent(trx, by.tenantId, campaignId, { at: now, actor: by.actor, action: 'assigned', detail })
    }
    return { assigned }
  })
}
