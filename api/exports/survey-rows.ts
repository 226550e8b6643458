import type { Transaction } from 'kysely'
import { stratumSizes } from '../../db/queries/survey-export.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { CampaignKey } from '../campaigns/campaign.ts'
import type { DataCell, Part } from '../core/export/columns.ts'
import { answerKeys, askedSections } from '../core/questionnaire/asked.ts'
import { cellOf } from '../core/questionnaire/codebook.ts'
import type { SurveyAnswers } from '../core/questionnaire/definition.ts'
import { codeOf } from '../core/questionnaire/parts.ts'
import type { TokenKeys } from '../invitations/token.ts'
import { answerBatches, wholeAnswerBatches } from '../results/answers.ts'
import type { WeighedCampaign } from '../results/weigh.ts'
import type { AnswerRow } from '../../db/queries/survey-results.ts'
import type { SurveyDictionary } from './survey-dictionary.ts'

export type DataRow = readonly DataCell[]
const ROWS_AT_ONCE = 2000

/** What rows are made of. */
export interface SurveySource {
  readonly key: CampaignKey
  readonly dictionary: SurveyDictionary
  readonly weighed: WeighedCampaign
  readonly keys: TokenKeys
}

/**
 * The rows of a part, some at a time. Rows of answers and units stand in the order of the answers' ids, which are drawn by chance;
 * sensitive items and texts in the order of what they say, so that no row can be put beside one of another file.
 */
export async function* surveyRows(trx: Transaction<DB>, source: SurveySource, part: Part): AsyncGenerator<DataRow[]> {
  if (part === 'answers') return yield* answerRows(trx, source)
  if (part === 'units') return yield* unitRows(trx, source)
  yield* alone(part === 'texts' ? textRows(trx, source) : sensitiveRows(trx, source, part))
}

async function* answerRows(trx: Transaction<DB>, source: SurveySource): AsyncGenerator<DataRow[]> {
  const { key, dictionary } = source
  const sizes = await stratumSizes(trx, key)
  const names = new Set(dictionary.columns.get('answers')?.map(({ name }) => name))
  const [hasPsu, hasForm] = [names.has('psu'), names.has('form')]
  let n = 0
  for await (const batch of answerBatches(trx, key, dictionary.attributes))
    yield batch.map((row) => {
      n += 1
      const made = weightOf(source, row)
      const asked = askedOf(dictionary, row.answers)
      const size = sizes.get(row.stratum)
      return [
        { value: n },
        ...[made?.weight, made?.design, made?.eligibility, made?.response, made?.raking].map(known),
        { value: row.stratum },
        known(size),
        ...(hasPsu ? [known(row.psu || undefined)] : []),
        ...row.values.map((value): DataCell => ({ value })),
        ...(hasForm ? [known(row.form ?? undefined)] : []),
        { value: row.mode },
        known(source.weighed.keptOut.get(row.id)),
        ...dictionary.entries.answers.map((entry) => cellOf(entry, row.answers, asked)),
      ]
    })
}

async function* unitRows(trx: Transaction<DB>, source: SurveySource): AsyncGenerator<DataRow[]> {
  const { key, dictionary } = source
  let n = 0
  for await (const batch of answerBatches(trx, key, dictionary.attributes))
    yield batch.flatMap((row) => {
      n += 1
      const asked = askedOf(dictionary, row.answers)
      const weight = known(weightOf(source, row)?.weight)
      return unitsOf(asked).map((unit): DataRow => [
        { value: n },
        weight,
        { value: unit },
        ...dictionary.entries.units.map((entry) => cellOf(entry, row.answers, asked, unit)),
      ])
    })
}

async function* sensitiveRows(
  trx: Transaction<DB>,
  { key, keys, dictionary }: SurveySource,
  part: 'sensitive' | 'sensitive_units',
): AsyncGenerator<DataRow[]> {
  const entries = dictionary.entries[part]
  const hasForm = dictionary.columns.get(part)?.some(({ name }) => name === 'form') === true
  for await (const batch of wholeAnswerBatches(trx, key, keys, []))
    yield batch.flatMap((row): DataRow[] => {
      const asked = askedOf(dictionary, row.whole)
      const cells = (unit: string | null) => entries.map((entry) => cellOf(entry, row.whole, asked, unit))
      if (part === 'sensitive_units') return unitsOf(asked).map((unit) => [{ value: unit }, ...cells(unit)])
      return [[...(hasForm ? [known(row.form ?? undefined)] : []), ...cells(null)]]
    })
}

async function* textRows(trx: Transaction<DB>, { key, keys, dictionary }: SurveySource): AsyncGenerator<DataRow[]> {
  const names = new Map(dictionary.entries.texts.map(({ code, name }) => [code, name]))
  for await (const batch of wholeAnswerBatches(trx, key, keys, []))
    yield batch.flatMap(({ whole }) => {
      const asked = askedOf(dictionary, whole)
      return [...asked].flatMap((code): DataRow[] => {
        const [name, text] = [names.get(codeOf(code)), whole[code]]
        return name !== undefined && typeof text === 'string' ? [[{ value: name }, { value: text }]] : []
      })
    })
}

/** All rows in the order of what they say. */
async function* alone(batches: AsyncIterable<DataRow[]>): AsyncGenerator<DataRow[]> {
  const rows: { row: DataRow; text: string }[] = []
  for await (const batch of batches) for (const row of batch) rows.push({ row, text: JSON.stringify(row) })
  rows.sort((a, b) => (a.text < b.text ? -1 : Number(a.text > b.text)))
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) yield rows.slice(at, at + ROWS_AT_ONCE).map(({ row }) => row)
}

function weightOf({ dictionary, weighed }: SurveySource, row: AnswerRow) {
  const attributes = Object.fromEntries(dictionary.attributes.map((name, i) => [name, row.values[i] ?? '']))
  return weighed.weightOf({ id: row.id, stratum: row.stratum, psu: row.psu, attributes })
}

function askedOf({ questionnaire }: SurveyDictionary, answers: SurveyAnswers): ReadonlySet<string> {
  return new Set(answerKeys(askedSections(questionnaire, answers)))
}

/** Units that parts which repeat were asked about, each once. */
function unitsOf(asked: ReadonlySet<string>): string[] {
  return [...new Set([...asked].flatMap((key) => (key.includes('@') ? [key.slice(key.indexOf('@') + 1)] : [])))]
}

function known(value: string | number | undefined): DataCell {
  return value === undefined ? null : { value }
}
