import type { Transaction } from 'kysely'
import { leavingAnswers, stratumSizes, type LeavingAnswer } from '../../db/queries/survey-export.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { CampaignKey } from '../campaigns/campaign.ts'
import type { DataCell, Part } from '../core/export/columns.ts'
import { askedUnits, itemCells, writtenTexts } from '../core/export/item-cells.ts'
import { itemByCode } from '../core/questionnaire/parts.ts'
import { answersIn, saidReader } from '../core/questionnaire/said-text.ts'
import type { TokenKeys } from '../invitations/token.ts'
import { wholeAnswerBatches } from '../results/answers.ts'
import type { WeighedCampaign } from '../results/weigh.ts'
import type { SurveyDictionary } from './survey-dictionary.ts'

export type DataRow = readonly DataCell[]
/** Rows that are made when they are taken, one by one: what one is made of is gone before the next. */
export type DataRows = Iterable<DataRow>
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
export async function* surveyRows(trx: Transaction<DB>, source: SurveySource, part: Part): AsyncGenerator<DataRows> {
  if (part === 'answers' || part === 'units') return yield* answerRows(trx, source, part)
  yield* alone(part === 'texts' ? textRows(trx, source) : sensitiveRows(trx, source, part))
}

async function* answerRows(
  trx: Transaction<DB>,
  source: SurveySource,
  part: 'answers' | 'units',
): AsyncGenerator<DataRows> {
  const { questionnaire, entries } = source.dictionary
  const design = designCells(source, await stratumSizes(trx, source.key))
  const items = itemCells(questionnaire, entries[part])
  const unitsOf = askedUnits(questionnaire)
  const said = saidReader([...itemByCode(questionnaire).keys()])
  let n = 0
  const rowsOf = function* (batch: readonly LeavingAnswer[]): Generator<DataRow> {
    for (const row of batch) {
      n += 1
      const answerOf = said(row.said)
      if (part === 'answers') yield items([n, ...design.of(row)], answerOf, null)
      else for (const unit of unitsOf(answerOf)) yield items([n, design.weight(row), unit], answerOf, unit)
    }
  }
  for await (const batch of leavingAnswers(trx, source.key)) yield rowsOf(batch)
}

async function* sensitiveRows(
  trx: Transaction<DB>,
  { key, keys, dictionary }: SurveySource,
  part: 'sensitive' | 'sensitive_units',
): AsyncGenerator<DataRows> {
  const items = itemCells(dictionary.questionnaire, dictionary.entries[part])
  const unitsOf = askedUnits(dictionary.questionnaire)
  const hasForm = dictionary.columns.get(part)?.some(({ name }) => name === 'form') === true
  for await (const batch of wholeAnswerBatches(trx, key, keys, []))
    yield batch.flatMap(({ whole, form }): DataRow[] => {
      const answerOf = answersIn(whole)
      if (part === 'sensitive') return [items(hasForm ? [form] : [], answerOf, null)]
      return unitsOf(answerOf).map((unit) => items([unit], answerOf, unit))
    })
}

async function* textRows(trx: Transaction<DB>, { key, keys, dictionary }: SurveySource): AsyncGenerator<DataRows> {
  const textsOf = writtenTexts(dictionary.questionnaire, dictionary.entries.texts)
  for await (const batch of wholeAnswerBatches(trx, key, keys, []))
    yield batch.flatMap(({ whole }) => textsOf(answersIn(whole)))
}

/** All rows in the order of what they say. */
async function* alone(batches: AsyncIterable<DataRows>): AsyncGenerator<DataRows> {
  const rows: { row: DataRow; text: string }[] = []
  for await (const batch of batches) for (const row of batch) rows.push({ row, text: JSON.stringify(row) })
  rows.sort((a, b) => (a.text < b.text ? -1 : Number(a.text > b.text)))
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) yield rows.slice(at, at + ROWS_AT_ONCE).map(({ row }) => row)
}

/** Kinds of answers whose cells are kept; a province has some hundreds. */
const KINDS_KEPT = 5000

/** Cells of the design, made once for all answers that are alike in it. */
function designCells({ dictionary, weighed }: SurveySource, sizes: ReadonlyMap<string, number>) {
  const names = new Set(dictionary.columns.get('answers')?.map(({ name }) => name))
  const [hasPsu, hasForm] = [names.has('psu'), names.has('form')]
  const kept = new Map<string, { weight: DataCell; cells: DataCell[] }>()
  const make = ({ id, stratum, psu, form, mode, attributes }: LeavingAnswer) => {
    const own = JSON.parse(attributes) as Record<string, string>
    const made = weighed.weightOf({ id, stratum, psu, attributes: own })
    const factors = [made?.weight, made?.design, made?.eligibility, made?.response, made?.raking]
    return {
      weight: made?.weight ?? null,
      cells: [
        ...factors.map((factor) => factor ?? null),
        stratum,
        sizes.get(stratum) ?? null,
        ...(hasPsu ? [psu || null] : []),
        ...dictionary.attributes.map((name) => own[name] ?? ''),
        ...(hasForm ? [form] : []),
        mode,
        weighed.keptOut.get(id) ?? null,
      ],
    }
  }
  const find = (row: LeavingAnswer) => {
    const { id, stratum, psu, form, mode, attributes } = row
    const kind = [weighed.keptOut.get(id) ?? '', form ?? '', mode, stratum, psu, attributes].join('\n')
    let known = kept.get(kind)
    if (known === undefined) {
      if (kept.size >= KINDS_KEPT) kept.clear()
      kept.set(kind, (known = make(row)))
    }
    return known
  }
  return { of: (row: LeavingAnswer) => find(row).cells, weight: (row: LeavingAnswer) => find(row).weight }
}
