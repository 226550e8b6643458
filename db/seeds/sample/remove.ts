import type { Database } from '../../client.ts'
import { findSample } from './load.ts'

/** In the order in which rows refer to each other, so that no row is deleted through another one's cascade. */
const TABLES = [
  'paper_entry',
  'survey_receipt',
  'survey_device',
  'survey_private',
  'survey_answer',
  'survey_case',
  'campaign_contact',
  'campaign_frame',
  'campaign_cell',
  'campaign_stratum',
  'campaign_quota',
  'campaign_event',
  'campaign',
  'questionnaire',
  'tally_change',
  'tally',
  'tally_sum',
  'tally_total',
  'tally_total_span',
  'tally_spot_year',
  'tally_spot_total',
  'tally_overall',
  'tally_state',
  'tally_decision',
  'tally_version',
  'response',
  'ask',
  'dossier_event',
  'dossier_change',
  'dossier',
  'import_run',
  'procedure',
  'unit_code',
  'unit_name',
  'unit',
] as const

/** Removes the sample tenant with everything in it. @returns false when there is none */
export async function removeSample(db: Database): Promise<boolean> {
  const tenantId = await findSample(db)
  if (tenantId === null) return false
  await db.withTenant(tenantId, async (trx) => {
    for (const table of TABLES) await trx.deleteFrom(table).where('tenant_id', '=', tenantId).execute()
    await trx.deleteFrom('tenant').where('id', '=', tenantId).execute()
  })
  return true
}
