import type postgres from 'postgres'
import { questionsOf } from '../../api/core/field/progress.ts'
import type { Questionnaire } from '../../api/core/questionnaire/definition.ts'

/**
 * Answers of cases of a campaign straight into the tables, as they would be after a while: the first cases complete, then some that
 * stopped along the way, each a little later than the one before. What they say is empty; only when and how far counts here.
 */
export async function fillAnswers(
  sql: postgres.Sql,
  campaign: { readonly tenantId: number; readonly id: number; readonly questionnaire: Questionnaire },
  counts: { readonly complete: number; readonly partial: number },
): Promise<void> {
  const codes = questionsOf(campaign.questionnaire).map(({ code }) => code)
  await sql`
    with one as materialized (
      select c.id, c.stratum, c.psu, c.weight, c.form, f.attributes, f.unit_id, row_number() over (order by hashint8(c.id), c.id) - 1 as n
      from survey_case c join campaign_frame f on f.tenant_id = c.tenant_id and f.id = c.frame_id
      where c.tenant_id = ${campaign.tenantId} and c.campaign_id = ${campaign.id} and c.released
    ), chosen as (
      select *, n < ${counts.complete} as whole, 1 + (n % ${codes.length})::int as far from one
      where n < ${counts.complete + counts.partial}
    ), answered as (
      update survey_case c set state = case when chosen.whole then 'complete' else 'partial' end, opened_at = now(),
        answered_at = case when chosen.whole then now() end
      from chosen where c.tenant_id = ${campaign.tenantId} and c.id = chosen.id
    )
    insert into survey_answer (tenant_id, campaign_id, id, case_id, mode, revision, complete, form, answers, last_item, item_ms, language,
      started_at, sent_at, received_at, content_hash, stratum, psu, weight, attributes, unit_id)
    select ${campaign.tenantId}, ${campaign.id}, gen_random_uuid(), id, 'web', 1, whole, form, '{}',
      case when whole then (${codes}::text[])[${codes.length}] else (${codes}::text[])[far] end,
      (select jsonb_object_agg(code, 2000 + (n * 37 + k * 911) % 9000) from unnest(${codes}::text[]) with ordinality as q (code, k)
        where whole or k <= far),
      'vi', now() - interval '20 minutes', now(), now() - (n % 14) * interval '1 day', sha256(convert_to(id::text, 'UTF8')),
      stratum, psu, weight, attributes, unit_id from chosen`
}
