import { z } from 'zod'
import { findTenant } from '../../db/queries/accounts.ts'
import { assignedCases, type AssignedCase } from '../../db/queries/assignment.ts'
import { findCampaign, type CampaignRow } from '../../db/queries/campaigns.ts'
import { unitsToChoose } from '../../db/queries/survey-answers.ts'
import { unitNames } from '../../db/queries/units.ts'
import { designOf, type Actor } from '../campaigns/campaign.ts'
import { openContact } from '../campaigns/contacts.ts'
import type { Contact } from '../core/sampling/frame.ts'
import { localDate } from '../core/time/moment.ts'
import { decodeCursor, page } from '../cursor.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'

/**
 * What an interviewer takes along: the own cases of open campaigns, and of each campaign of this page what interviewing without a
 * network needs. Contacts only of campaigns that show them to interviewers; never what was answered.
 * @throws AppError malformed_cursor
 */
export async function showAssignment(
  services: Services,
  by: Actor,
  query: { cursor: string | undefined; limit: number },
) {
  const { tenantId } = by
  const after = decodeCursor(query.cursor, z.tuple([z.int()]))?.[0] ?? 0
  const tenant = await findTenant(services.db.shared, tenantId)
  if (!tenant) throw new AppError('not_found')
  const who = { tenantId, userId: by.actor }
  const { rows, names, campaigns } = await services.db.withTenant(tenantId, async (trx) => {
    const rows = await assignedCases(trx, who, { after, limit: query.limit + 1 })
    const campaigns = new Map<number, CampaignRow>()
    for (const id of new Set(rows.map((row) => row.campaign_id))) {
      const row = await findCampaign(trx, tenantId, id)
      if (row) campaigns.set(id, row)
    }
    return { rows, names: await unitNames(trx, [...new Set(rows.flatMap((row) => row.unit_id ?? []))]), campaigns }
  })
  const lines = page(
    rows,
    query.limit,
    (row) => ({
      case: row.id,
      campaign: row.campaign_id,
      code: row.code,
      stratum: row.stratum,
      psu: row.psu,
      unit: row.unit_id === null ? null : { id: row.unit_id, name: names.get(row.unit_id) ?? '' },
      form: row.form,
      state: row.state,
      disposition: row.disposition,
      contact: contactOf(services, tenantId, row, campaigns.get(row.campaign_id)),
    }),
    (row) => [row.id],
  )
  const taken: Awaited<ReturnType<typeof campaignToTake>>[] = []
  for (const row of campaigns.values()) taken.push(await campaignToTake(services, tenant, row))
  return { ...lines, sample: tenant.sample, campaigns: taken }
}

async function campaignToTake(services: Services, tenant: { id: number; prefix: string }, row: CampaignRow) {
  const { questionnaire_code: code, questionnaire_version: version } = row
  const known = await services.findQuestionnaire(services.db, tenant.prefix, code, version)
  if (known === null) throw new Error('the questionnaire of a campaign is gone')
  const { definition, sha256, unitKinds: kinds } = known
  const day = localDate(services.now().toISOString())
  const units =
    kinds.length === 0
      ? []
      : await services.db.withTenant(tenant.id, (trx) => unitsToChoose(trx, tenant.id, { kinds, day }))
  return {
    id: row.id,
    title: row.title,
    opensOn: row.opens_on,
    closesOn: row.closes_on,
    questionnaire: { code, version, sha256, definition },
    units,
  }
}

function contactOf(
  services: Services,
  tenantId: number,
  row: AssignedCase,
  campaign: CampaignRow | undefined,
): Contact | null {
  if (!campaign || designOf(campaign)?.contactsToInterviewers !== true) return null
  if (row.sealed === null || row.contact_key === null || services.contactKeys === null) return null
  const place = { tenantId, campaignId: row.campaign_id, frameId: row.frame_id }
  return openContact(services.contactKeys, place, { key_version: row.contact_key, sealed: row.sealed })
}
