import type { Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'

/** Released cases of open campaigns that are a person's assignment, by id, with what sealed contacts there are. */
export function assignedCases(
  trx: Transaction<DB>,
  who: { tenantId: number; userId: string },
  page: { after: number; limit: number },
) {
  return trx
    .selectFrom('survey_case')
    .innerJoin('campaign', (join) =>
      join
        .onRef('campaign.tenant_id', '=', 'survey_case.tenant_id')
        .onRef('campaign.id', '=', 'survey_case.campaign_id')
        .on('campaign.state', '=', 'open'),
    )
    .innerJoin('campaign_frame', (join) =>
      join
        .onRef('campaign_frame.tenant_id', '=', 'survey_case.tenant_id')
        .onRef('campaign_frame.campaign_id', '=', 'survey_case.campaign_id')
        .onRef('campaign_frame.id', '=', 'survey_case.frame_id'),
    )
    .leftJoin('campaign_contact', (join) =>
      join
        .onRef('campaign_contact.tenant_id', '=', 'survey_case.tenant_id')
        .onRef('campaign_contact.campaign_id', '=', 'survey_case.campaign_id')
        .onRef('campaign_contact.frame_id', '=', 'survey_case.frame_id'),
    )
    .select([
      'survey_case.id',
      'survey_case.campaign_id',
      'survey_case.frame_id',
      'survey_case.stratum',
      'survey_case.psu',
    ])
    .select(['survey_case.form', 'survey_case.state', 'survey_case.disposition'])
    .select(['campaign_frame.code', 'campaign_frame.unit_id'])
    .select(['campaign_contact.key_version as contact_key', 'campaign_contact.sealed'])
    .where('survey_case.tenant_id', '=', who.tenantId)
    .where('survey_case.interviewer', '=', who.userId)
    .where('survey_case.released', '=', true)
    .where('survey_case.id', '>', page.after)
    .orderBy('survey_case.id')
    .limit(page.limit)
    .execute()
}
export type AssignedCase = Awaited<ReturnType<typeof assignedCases>>[number]
