import type { Transaction } from 'kysely'
import { findCampaign } from '../../db/queries/campaigns.ts'
import { designValues, unitLabels } from '../../db/queries/survey-export.ts'
import type { CampaignState } from '../../db/schema/campaigns.ts'
import type { DB } from '../../db/schema/tables.ts'
import { designOf, type CampaignKey } from '../campaigns/campaign.ts'
import { questionnaireOf } from '../campaigns/questionnaires.ts'
import { columnOf, entriesByPart, PARTS, plainColumn, type DataColumn, type Part } from '../core/export/columns.ts'
import type { CodebookEntry } from '../core/questionnaire/codebook.ts'
import type { Questionnaire } from '../core/questionnaire/definition.ts'
import { AppError } from '../errors.ts'
import { designColumns, formColumn, ROW, WEIGHT } from './survey-columns.ts'

/** What the files of a campaign's answers hold. */
export interface SurveyDictionary {
  readonly title: string
  readonly state: CampaignState
  readonly questionnaire: Questionnaire
  /** Attributes of the frame that leave with the answers. */
  readonly attributes: readonly string[]
  readonly entries: Readonly<Record<Part, readonly CodebookEntry[]>>
  /** Columns of each part that has any, design first. */
  readonly columns: ReadonlyMap<Part, readonly DataColumn[]>
}

/** A campaign with the items of its questionnaire by part. @throws AppError not_found */
export async function surveyItems(trx: Transaction<DB>, key: CampaignKey) {
  const row = await findCampaign(trx, key.tenantId, key.campaignId)
  if (!row) throw new AppError('not_found')
  const questionnaire = await questionnaireOf(trx, key.tenantId, {
    code: row.questionnaire_code,
    version: row.questionnaire_version,
  })
  const entries = entriesByPart(questionnaire)
  return { row, questionnaire, entries, parts: PARTS.filter((part) => part === 'answers' || entries[part].length > 0) }
}

/** @throws AppError not_found */
export async function surveyDictionary(trx: Transaction<DB>, key: CampaignKey): Promise<SurveyDictionary> {
  const { row, questionnaire, entries, parts } = await surveyItems(trx, key)
  const read = designOf(row)?.columns
  const attributes = [...new Set([...(read?.strata ?? []), ...(read?.attributes ?? [])])]
  const values = Map.groupBy(await designValues(trx, key, attributes), ({ name }) => name)
  const of = (name: string) => (values.get(name) ?? []).map(({ value }) => value)
  const lists = {
    strata: of('stratum'),
    psus: of('psu'),
    attributes: attributes.map((name) => ({ name, values: of(`@${name}`) })),
    forms: questionnaire.forms ?? [],
  }
  const units = (await unitLabels(trx, key.tenantId)).map(({ id, name }) => ({
    code: String(id),
    number: id,
    label: { vi: name, en: name },
  }))
  const unit = plainColumn('unit', 'cơ quan, địa phương được đánh giá', 'unit that is rated', {
    measure: 'nominal',
    values: units,
  })
  const before: Readonly<Record<Part, readonly DataColumn[]>> = {
    answers: designColumns(lists),
    units: [ROW, WEIGHT, unit],
    sensitive: formColumn(lists),
    sensitive_units: [unit],
    texts: [],
  }
  const columns = new Map(
    parts.map((part) => [
      part,
      part === 'texts'
        ? textColumns(entries.texts)
        : [...before[part], ...entries[part].map((one) => columnOf(one, units))],
    ]),
  )
  return { title: row.title, state: row.state, questionnaire, attributes, entries, columns }
}

function textColumns(entries: readonly CodebookEntry[]): DataColumn[] {
  const values = entries.map(({ name, label }, i) => ({ code: name, number: i + 1, label }))
  return [
    plainColumn('item', 'câu hỏi', 'question', { measure: 'nominal', values }),
    plainColumn('text', 'câu trả lời', 'what was written', { kind: 'text', measure: 'nominal' }),
  ]
}
