import type postgres from 'postgres'
import { askedSections } from '../../../api/core/questionnaire/asked.ts'
import type { Questionnaire, SurveyAnswer, SurveyItem } from '../../../api/core/questionnaire/definition.ts'
import { splitSensitive } from '../../../api/core/questionnaire/parts.ts'
import { toHex, type TokenKeys } from '../../../api/invitations/token.ts'
import { pseudonymOf } from '../../../api/surveys/case.ts'
import { seeded } from '../../core/stats/seeded.ts'

const AT_ONCE = 1000

/** Gives the complete answers of a campaign something to say, by chance: one question in thirty skipped, one in thirty not known. */
export async function sayAnswers(
  sql: postgres.Sql,
  keys: TokenKeys,
  campaign: { readonly tenantId: number; readonly id: number; readonly questionnaire: Questionnaire },
): Promise<void> {
  const random = seeded(5)
  const rows = await sql<{ id: string }[]>`
    select id from survey_answer where campaign_id = ${campaign.id} and complete order by id`
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const batch = rows.slice(from, from + AT_ONCE).map(({ id }) => {
      const { open, sensitive } = splitSensitive(campaign.questionnaire, said(campaign.questionnaire, random))
      const pseudonym = toHex(pseudonymOf(keys, keys.current, campaign.tenantId, id))
      return { id, open, sensitive, pseudonym }
    })
    const text = JSON.stringify(batch)
    await sql`
      update survey_answer a set answers = r.open from jsonb_to_recordset(${text}::text::jsonb) as r (id uuid, open jsonb)
      where a.campaign_id = ${campaign.id} and a.id = r.id`
    await sql`
      insert into survey_private (tenant_id, campaign_id, pseudonym, key_version, answers)
      select ${campaign.tenantId}, ${campaign.id}, decode(r.pseudonym, 'hex'), ${keys.current}, r.sensitive
      from jsonb_to_recordset(${text}::text::jsonb) as r (pseudonym text, sensitive jsonb)`
  }
}

/** What somebody says: questions open one after another, as answers to earlier ones open them. */
function said(questionnaire: Questionnaire, random: () => number): Record<string, SurveyAnswer> {
  const answers: Record<string, SurveyAnswer> = {}
  const seen = new Set<string>()
  for (let opened = true; opened;) {
    opened = false
    for (const { items } of askedSections(questionnaire, answers))
      for (const { key, item, rows } of items)
        for (const one of item.type === 'matrix' ? rows.map((row) => row.key) : [key]) {
          if (seen.has(one)) continue
          seen.add(one)
          opened = true
          const luck = random()
          if (luck > 1 / 30) answers[one] = item.na === true && luck < 2 / 30 ? { na: true } : sayOne(item, random)
        }
  }
  return answers
}

function sayOne(item: SurveyItem, random: () => number): SurveyAnswer {
  const below = (n: number) => Math.floor(random() * n)
  switch (item.type) {
    case 'single':
    case 'matrix':
      return item.options[below(item.options.length)]!.code
    case 'multiple':
    case 'ranking':
      return [item.options[below(item.options.length)]!.code]
    case 'number':
      return Math.min(item.max, item.min + below(30))
    case 'percent':
      return below(101)
    case 'list':
      return below(item.statements.length + 1)
    case 'date':
      return '2026-10-01'
    case 'units':
      return []
    case 'text':
      return 'Không có ý kiến thêm.'
  }
}
