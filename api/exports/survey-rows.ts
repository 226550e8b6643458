import type { Transaction } from 'kysely'
import { leavingAnswers, stratumSizes, type LeavingAnswer } from '../../db/queries/survey-export.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { CampaignKey } from '../campaigns/campaign.ts'
import { MIN_SENSITIVE } from '../core/disclosure/thresholds.ts'
import { tellableRows, type ApartRow } from '../core/export/apart-rows.ts'
import { Stretch, type Part } from '../core/export/columns.ts'
import { askedUnits, itemCells, writtenTexts } from '../core/export/item-cells.ts'
import { kept } from '../core/kept.ts'
import { apartCodes, itemByCode, keptApart } from '../core/questionnaire/parts.ts'
import { saidIn, saidReader } from '../core/questionnaire/said-text.ts'
import type { TokenKeys } from '../invitations/token.ts'
import { wholeAnswerBatches } from '../results/answers.ts'
import type { WeighedCampaign } from '../results/weigh.ts'
import type { SurveyDictionary } from './survey-dictionary.ts'

export type DataRow = readonly Stretch[]
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
  yield* inOwnOrder(part === 'texts' ? await textRows(trx, source) : await sensitiveRows(trx, source, part))
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
  const read = saidReader([...itemByCode(questionnaire).keys()])
  let n = 0
  const rowsOf = function* (batch: readonly LeavingAnswer[]): Generator<DataRow> {
    for (const row of batch) {
      n += 1
      const said = read(row.said)
      if (part === 'answers') yield items([new Stretch([n]), design(row).cells], said, null)
      else
        for (const unit of unitsOf(said.answerOf)) yield items([new Stretch([n, design(row).weight, unit])], said, unit)
    }
  }
  for await (const batch of leavingAnswers(trx, source.key)) yield rowsOf(batch)
}

/** Rows of sensitive items, without those and without the questions that would tell whose they are. */
async function sensitiveRows(
  trx: Transaction<DB>,
  { key, keys, dictionary: { questionnaire, entries, columns } }: SurveySource,
  part: 'sensitive' | 'sensitive_units',
): Promise<DataRow[]> {
  const items = itemCells(questionnaire, entries[part])
  const unitsOf = askedUnits(questionnaire)
  const hasForm = columns.get(part)?.some(({ name }) => name === 'form') === true
  const all: ApartRow[] = []
  let of = 0
  for await (const batch of wholeAnswerBatches(trx, key, keys, []))
    for (const { whole, form } of batch) {
      of += 1
      const said = saidIn(whole)
      for (const unit of part === 'sensitive' ? [null] : unitsOf(said.answerOf))
        all.push({ of, unit, form, said: items([], said, unit) })
    }
  const questions = [...Map.groupBy(entries[part], ({ code }) => code)]
  const { followUps } = apartCodes(questionnaire)
  const isOpen = questions.map(([code]) => !followUps.has(code))
  const { rows, withheld, hasForms } = tellableRows(all, isOpen, MIN_SENSITIVE)
  const blank = questions.map(([, own], place) => (withheld[place] === true ? new Stretch(own.map(() => null)) : null))
  return rows.map(({ unit, form, said }) => [
    ...(unit === null ? [] : [new Stretch([unit])]),
    ...(hasForm ? [new Stretch([hasForms ? form : null])] : []),
    ...said.map((one, place) => blank[place] ?? one),
  ])
}

/** What was written; to a question that is kept apart only where enough have written. */
async function textRows(trx: Transaction<DB>, { key, keys, dictionary }: SurveySource): Promise<DataRow[]> {
  const { questionnaire, entries } = dictionary
  const textsOf = writtenTexts(questionnaire, entries.texts)
  const apart = keptApart(questionnaire)
  const found = new Map(entries.texts.map(({ name }) => [name, { writers: 0, rows: [] as DataRow[] }]))
  for await (const batch of wholeAnswerBatches(trx, key, keys, []))
    for (const { whole } of batch)
      for (const [name, texts] of Map.groupBy(textsOf(saidIn(whole).answerOf), ([item]) => item ?? '')) {
        const own = found.get(name)
        if (own === undefined) continue
        own.writers += 1
        own.rows.push(...texts.map((cells) => [new Stretch(cells)]))
      }
  return entries.texts.flatMap(({ code, name }) => {
    const { writers = 0, rows = [] } = found.get(name) ?? {}
    return apart.has(code) && writers < MIN_SENSITIVE ? [] : rows
  })
}

/** Rows in the order of what they say. */
function* inOwnOrder(rows: readonly DataRow[]): Generator<DataRows> {
  const told = rows.map((row) => ({ row, text: JSON.stringify(row.map(({ cells }) => cells)) }))
  told.sort((a, b) => (a.text < b.text ? -1 : Number(a.text > b.text)))
  for (let at = 0; at < told.length; at += ROWS_AT_ONCE) yield told.slice(at, at + ROWS_AT_ONCE).map(({ row }) => row)
}

/** Kinds of answers whose cells are kept; a province has some hundreds. */
const KINDS_KEPT = 5000

/** Weight and cells of the design of an answer, made once for all that are alike in it. */
function designCells({ dictionary, weighed }: SurveySource, sizes: ReadonlyMap<string, number>) {
  const names = new Set(dictionary.columns.get('answers')?.map(({ name }) => name))
  const [hasPsu, hasForm] = [names.has('psu'), names.has('form')]
  const make = (row: LeavingAnswer) => {
    const own = JSON.parse(row.attributes) as Record<string, string>
    const made = weighed.weightOf({ ...row, attributes: own })
    const factors = [made?.weight, made?.design, made?.eligibility, made?.response, made?.raking]
    const cells = [
      ...factors.map((factor) => factor ?? null),
      row.stratum,
      sizes.get(row.stratum) ?? null,
      ...(hasPsu ? [row.psu || null] : []),
      ...dictionary.attributes.map((name) => own[name] ?? ''),
      ...(hasForm ? [row.form] : []),
      row.mode,
      weighed.keptOut.get(row.id) ?? null,
    ]
    return { weight: made?.weight ?? null, cells: new Stretch(cells) }
  }
  // no text of the database holds a NUL
  return kept(KINDS_KEPT, make, ({ id, stratum, psu, form, mode, attributes }) =>
    [weighed.keptOut.get(id), form, mode, stratum, psu, attributes].join('\0'),
  )
}
