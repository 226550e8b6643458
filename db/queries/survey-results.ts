import { sql, type Transaction } from 'kysely'
import type { SurveyAnswers } from '../../api/core/questionnaire/definition.ts'
import type { AnswerMode } from '../schema/campaigns.ts'
import type { DB } from '../schema/tables.ts'

interface Key {
  tenantId: number
  campaignId: number
}
/** Released cases that are alike, by what is known of them. Counts. */
export interface CaseCellRow {
  stratum: string
  psu: string
  /** Values of the attributes asked for, in their order. */
  values: string[]
  design: number
  /** Complete, of the population without a complete answer (turned away by a full quota too), unheard of, not of the population. */
  complete: number
  silent: number
  unknown: number
  ineligible: number
}

/** Values of attributes as an array; what is missing is empty. */
const valuesOf = (column: 'f.attributes' | 'a.attributes', attributes: readonly string[]) =>
  attributes.length === 0
    ? sql`'{}'::text[]`
    : sql`array[${sql.join(attributes.map((name) => sql`coalesce(${sql.ref(column)} ->> ${name}::text, '')`))}]`

/**
 * Released cases by stratum, first-stage unit and some attributes. What a case became is decided as in the field report: a
 * complete answer first, then what was noted, then whether the form was ever opened.
 */
export async function caseCells(trx: Transaction<DB>, key: Key, attributes: readonly string[]): Promise<CaseCellRow[]> {
  const { rows } = await sql<CaseCellRow>`
    select c.stratum, coalesce(c.psu, '') as psu, ${valuesOf('f.attributes', attributes)} as "values", c.weight as design,
      (count(*) filter (where c.state = 'complete'))::int as complete,
      (count(*) filter (where c.state <> 'complete' and c.disposition = 'ineligible'))::int as ineligible,
      (count(*) filter (where c.state = 'open' and c.disposition = 'none' and c.opened_at is null))::int as unknown,
      (count(*) filter (where c.state <> 'complete' and c.disposition <> 'ineligible'
        and not (c.state = 'open' and c.disposition = 'none' and c.opened_at is null)))::int as silent
    from survey_case c ${attributes.length === 0 ? sql`` : sql`join campaign_frame f on f.tenant_id = c.tenant_id and f.id = c.frame_id`}
    where c.tenant_id = ${key.tenantId} and c.campaign_id = ${key.campaignId} and c.released
    group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(trx)
  return rows
}

/** Complete answers of a campaign that stand, counted by stratum, first-stage unit and some attributes. */
export async function answerCells(
  trx: Transaction<DB>,
  key: Key,
  attributes: readonly string[],
): Promise<{ stratum: string; psu: string; values: string[]; n: number }[]> {
  const { rows } = await sql<{ stratum: string; psu: string; values: string[]; n: number }>`
    select a.stratum, coalesce(a.psu, '') as psu, ${valuesOf('a.attributes', attributes)} as "values", count(*)::int as n
    from survey_answer a
    where a.tenant_id = ${key.tenantId} and a.campaign_id = ${key.campaignId} and a.standing = 'main' and a.complete
    group by 1, 2, 3`.execute(trx)
  return rows
}

/** A complete answer that stands, without sensitive items. */
export interface AnswerRow {
  id: string
  mode: AnswerMode
  form: string | null
  answers: SurveyAnswers
  item_ms: Record<string, number>
  stratum: string
  psu: string
  /** Values of the attributes asked for, in their order. */
  values: string[]
  unit_id: number | null
}

/** Complete answers of a campaign that stand, by id, after one. */
export async function completeAnswers(
  trx: Transaction<DB>,
  key: Key,
  page: { attributes: readonly string[]; after: string | null; limit: number },
): Promise<AnswerRow[]> {
  const { rows } = await sql<AnswerRow>`
    select a.id, a.mode, a.form, a.answers, a.item_ms, a.stratum, coalesce(a.psu, '') as psu,
      ${valuesOf('a.attributes', page.attributes)} as "values", a.unit_id
    from survey_answer a
    where a.tenant_id = ${key.tenantId} and a.campaign_id = ${key.campaignId} and a.standing = 'main' and a.complete
      ${page.after === null ? sql`` : sql`and a.id > ${page.after}`}
    order by a.id limit ${page.limit}`.execute(trx)
  return rows
}

/** Versions of the key under which sensitive answers of a campaign are kept. */
export async function privateKeyVersions(trx: Transaction<DB>, key: Key): Promise<number[]> {
  const rows = await trx
    .selectFrom('survey_private')
    .select('key_version')
    .distinct()
    .where('tenant_id', '=', key.tenantId)
    .where('campaign_id', '=', key.campaignId)
    .orderBy('key_version')
    .execute()
  return rows.map(({ key_version: version }) => version)
}

/** Sensitive answers by pseudonyms, in hexadecimal. */
export async function privateAnswers(
  trx: Transaction<DB>,
  key: Key,
  pseudonyms: readonly string[],
): Promise<Map<string, SurveyAnswers>> {
  const { rows } = await sql<{ pseudonym: string; answers: SurveyAnswers }>`
    select encode(p.pseudonym, 'hex') as pseudonym, p.answers
    from unnest(${pseudonyms as string[]}::text[]) h join survey_private p
      on p.tenant_id = ${key.tenantId} and p.campaign_id = ${key.campaignId} and p.pseudonym = decode(h, 'hex')`.execute(
    trx,
  )
  return new Map(rows.map(({ pseudonym, answers }) => [pseudonym, answers]))
}

/** Sets how answers are weighed. */
export async function setWeighting(trx: Transaction<DB>, key: Key, weighting: unknown): Promise<void> {
  await sql`update campaign set weighting = ${JSON.stringify(weighting)}::text::jsonb
    where tenant_id = ${key.tenantId} and id = ${key.campaignId}`.execute(trx)
}

/** Sets the rules in force. */
export async function setQualityRules(trx: Transaction<DB>, key: Key, rules: unknown): Promise<void> {
  await sql`update campaign set quality_rules = ${JSON.stringify(rules)}::text::jsonb
    where tenant_id = ${key.tenantId} and id = ${key.campaignId}`.execute(trx)
}

/** What tells whether complete answers have changed: how many stand, which, and when the last came. */
export async function answersMark(trx: Transaction<DB>, key: Key): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select concat_ws('/', count(*), sum(revision), sum(hashtext(id::text)), max(received_at)) as mark from survey_answer
    where tenant_id = ${key.tenantId} and campaign_id = ${key.campaignId} and standing = 'main' and complete`.execute(
    trx,
  )
  return rows[0]?.mark ?? ''
}

/** Members of the frame by values of an attribute (empty: the stratum), the most frequent first. At most `limit`. */
export async function frameTotals(
  trx: Transaction<DB>,
  key: Key,
  attribute: string,
  limit: number,
): Promise<{ value: string; total: number }[]> {
  const value = attribute === '' ? sql`stratum` : sql`coalesce(attributes ->> ${attribute}::text, '')`
  const { rows } = await sql<{ value: string; total: number }>`
    select * from (
      select ${value} as value, count(*)::int as total from campaign_frame
      where tenant_id = ${key.tenantId} and campaign_id = ${key.campaignId} group by 1) found
    order by total desc, value collate "C" limit ${limit}`.execute(trx)
  return rows
}
