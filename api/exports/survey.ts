import type { Transaction } from 'kysely'
import { noteEvent } from '../../db/queries/campaigns.ts'
import { countComplete, smallCells } from '../../db/queries/survey-export.ts'
import type { CampaignState } from '../../db/schema/campaigns.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { Actor, CampaignKey } from '../campaigns/campaign.ts'
import { MIN_SHOW, MIN_SENSITIVE } from '../core/disclosure/thresholds.ts'
import type { Part } from '../core/export/columns.ts'
import { AppError } from '../errors.ts'
import { weighCampaign } from '../results/weigh.ts'
import type { Services } from '../services.ts'
import { streamInTenant } from './in-tenant.ts'
import { TruncatedError } from './row-export.ts'
import { surveyDictionary, surveyItems } from './survey-dictionary.ts'
import { csvPieces, savPieces, xlsxPieces, type DataTable, type Format, type Look } from './survey-formats.ts'
import { surveyRows } from './survey-rows.ts'
import { XLSX_ROWS_MAX } from './xlsx.ts'

/** What of a campaign leaves, and how. */
export interface SurveyChoice {
  readonly format: Format
  readonly part: Part
  readonly look: Look
}

/**
 * Streams a part of a campaign's complete answers as a file for an analyst. That it left, and who took it, is noted in the
 * campaign's log before the first byte.
 *
 * What identifies and what is sensitive never leave in one file: answers to sensitive items, and to whatever is asked only on
 * account of one, come alone, without weight, stratum and attributes, in the order of what they say, once the campaign is closed,
 * not below thirty answers, and without what would still tell one of them from others (`tellableRows`). Free text comes alone too.
 * No contact, code of the frame, secret, id or time leaves at all.
 *
 * @throws AppError not_found; invalid_input for a part that the questionnaire does not have, for one that waits for the campaign's
 *   end, for sensitive items of too few, for texts as a system file, and for more rows than a sheet holds
 */
export async function exportSurvey(services: Services, by: Actor, campaignId: number, choice: SurveyChoice) {
  const key = { tenantId: by.tenantId, campaignId }
  const at = services.now()
  await services.db.withTenant(by.tenantId, async (trx) => {
    await checked(trx, key, choice)
    const detail = { format: choice.format, part: choice.part }
    await noteEvent(trx, by.tenantId, campaignId, { at, actor: by.actor, action: 'exported', detail })
  })
  return streamInTenant(services.db, by.tenantId, async (trx) => {
    const answers = await checked(trx, key, choice)
    const dictionary = await surveyDictionary(trx, key)
    const columns = dictionary.columns.get(choice.part) ?? []
    const weighed = await weighCampaign(trx, key)
    const source = { key, dictionary, weighed, keys: services.tokenKeys }
    const rows = () => surveyRows(trx, source, choice.part)
    const isOneEach = choice.part === 'answers'
    // a system file says how many cases it has before the first
    const count = isOneEach || choice.format !== 'sav' ? answers : await counted(rows())
    let gone = 0
    const counting = async function* () {
      for await (const batch of rows()) yield each(batch, () => (gone += 1))
      if (isOneEach && gone !== answers) throw new TruncatedError(gone, answers)
    }
    const table: DataTable = { columns, rows: counting(), count, title: dictionary.title, made: at }
    const head = { name: `${campaignId}-${choice.part}.${choice.format}`, rows: () => gone }
    return { head, pieces: piecesOf(table, choice) }
  })
}

/** Two files one answer apart give that answer away, so what comes alone comes once: when no more answers do. */
const waits = (part: Part, state: CampaignState) => part !== 'answers' && part !== 'units' && state !== 'closed'

/** @returns complete answers */
async function checked(trx: Transaction<DB>, key: CampaignKey, { part, format }: SurveyChoice): Promise<number> {
  const { parts, row } = await surveyItems(trx, key)
  const refuse = (path: string, code: string) => new AppError('invalid_input', [{ path, code }])
  if (!parts.includes(part)) throw refuse('part', 'no_such_part')
  if (waits(part, row.state)) throw refuse('part', 'until_closed')
  if (part === 'texts' && format === 'sav') throw refuse('format', 'no_texts')
  const answers = await countComplete(trx, key)
  if (part.startsWith('sensitive') && answers < MIN_SENSITIVE) throw refuse('part', 'too_few')
  if (format === 'xlsx' && answers >= XLSX_ROWS_MAX) throw refuse('format', 'too_many_rows')
  return answers
}

function piecesOf(table: DataTable, { format, look }: SurveyChoice): AsyncIterable<Uint8Array> {
  switch (format) {
    case 'csv':
      return csvPieces(table, look)
    case 'xlsx':
      return xlsxPieces(table, look.labels)
    case 'sav':
      return savPieces(table, look.labels ?? 'vi')
  }
}

function* each<T>(batch: Iterable<T>, seen: () => void): Generator<T> {
  for (const one of batch) {
    seen()
    yield one
  }
}

async function counted(batches: AsyncIterable<Iterable<unknown>>): Promise<number> {
  let rows = 0
  for await (const batch of batches) for (const _ of batch) rows += 1
  return rows
}

/** The data dictionary of a campaign's files, with how easily a row could be known. @throws AppError not_found */
export async function surveyCodebook(services: Services, key: CampaignKey) {
  return services.db.withTenant(key.tenantId, async (trx) => {
    const { title, state, questionnaire, attributes, columns } = await surveyDictionary(trx, key)
    const risk = await smallCells(trx, key, attributes, MIN_SHOW)
    return {
      campaign: { id: key.campaignId, title },
      questionnaire: { code: questionnaire.code, version: questionnaire.version, title: questionnaire.title },
      answers: risk.answers,
      risk: { attributes, minimum: MIN_SHOW, small: risk.small, alone: risk.alone },
      parts: [...columns].map(([part, list]) => ({
        part,
        withheld: waits(part, state) ? ('until_closed' as const) : null,
        columns: [...list],
      })),
    }
  })
}
