import type { Transaction } from 'kysely'
import { z } from 'zod'
import { findTenant } from '../../db/queries/accounts.ts'
import { countCases } from '../../db/queries/campaign-draw.ts'
import { countFrame } from '../../db/queries/campaign-frame.ts'
import { casesToPrint, type Mailing, type PrintableCase } from '../../db/queries/campaign-letters.ts'
import { findCampaign, noteEvent, type CampaignRow } from '../../db/queries/campaigns.ts'
import type { DB } from '../../db/schema/tables.ts'
import { violates } from '../../db/violates.ts'
import { questionsOf } from '../core/field/progress.ts'
import { envelopeDocument, letterDocument } from '../core/letter/document.ts'
import type { Addressee, EnvelopeFormat, LetterContent, LetterKind } from '../core/letter/letter.ts'
import type { Questionnaire } from '../core/questionnaire/definition.ts'
import type { Contact } from '../core/sampling/frame.ts'
import { printedShortCode } from '../core/slip/short-code.ts'
import { localDate } from '../core/time/moment.ts'
import { decodeCursor, encodeCursor } from '../cursor.ts'
import { AppError } from '../errors.ts'
import { shortCodes } from '../invitations/short-code.ts'
import { tokenMaker } from '../invitations/token.ts'
import type { Services } from '../services.ts'
import { designOf, type Actor, type CampaignKey } from './campaign.ts'
import { openContact } from './contacts.ts'
import { questionnaireOf } from './questionnaires.ts'

/** What to print. */
export interface Printing {
  readonly kind: LetterKind
  /** Whose envelopes. */
  readonly to: Mailing
  readonly format: EnvelopeFormat
  /** Also to whom a letter of this kind has gone out already. */
  readonly again: boolean
  readonly cursor: string | undefined
  readonly limit: number
  /** Scheme and host that the letters lead to. */
  readonly origin: string
}
/** Questions that a minute is enough for, where a questionnaire does not say how long it takes. */
const QUESTIONS_PER_MINUTE = 4

/**
 * Letters or envelopes of an open campaign as one document, a page of cases at a time. Printing marks nothing as sent, and a
 * reprint is the same secret. That names and codes were printed, how many and by whom, is noted in the campaign's log.
 * @throws AppError not_found; wrong_state; contact_key_missing when the contacts cannot be read with the keys that are here
 */
export async function printLetters(
  services: Services,
  by: Actor,
  campaignId: number,
  printing: Printing,
): Promise<{ html: string; next: string | null }> {
  const key = { tenantId: by.tenantId, campaignId }
  const tenant = await findTenant(services.db.shared, key.tenantId)
  if (!tenant) throw new AppError('not_found')
  const after = decodeCursor(printing.cursor, z.tuple([z.int()]))?.[0] ?? 0
  const now = services.now()
  const today = localDate(now.toISOString())
  const mailing = printing.kind === 'envelope' ? printing.to : printing.kind
  return onceMore(() =>
    services.db.withTenant(key.tenantId, async (trx) => {
      const row = await findCampaign(trx, key.tenantId, key.campaignId)
      if (!row) throw new AppError('not_found')
      if (row.state !== 'open') throw new AppError('wrong_state')
      const { limit } = printing
      const before = printing.again ? null : today
      const rows = await casesToPrint(trx, key, mailing, { before, after, limit: limit + 1 })
      const shown = rows.slice(0, limit)
      const addressees = await addresseesOf(services, trx, { ...key, prefix: tenant.prefix }, shown, printing)
      const content = await contentOf(trx, key, row, { today, sample: tenant.sample, origin: printing.origin })
      const last = shown.at(-1)
      await notePrinted(trx, by, campaignId, { at: now, kind: printing.kind, printed: shown.length })
      return {
        html:
          printing.kind === 'envelope'
            ? envelopeDocument(addressees, content, printing.format)
            : letterDocument(addressees, content, { reminder: printing.kind === 'reminder' }),
        next: rows.length > limit && last ? encodeCursor([last.id]) : null,
      }
    }),
  )
}

/** Notes in a campaign's log that letters or forms with codes were printed. */
export async function notePrinted(
  trx: Transaction<DB>,
  by: Actor,
  campaignId: number,
  { at, kind, printed }: { at: Date; kind: LetterKind | 'paper_form'; printed: number },
): Promise<void> {
  if (printed === 0) return
  await noteEvent(trx, by.tenantId, campaignId, {
    at,
    actor: by.actor,
    action: 'letters_printed',
    detail: { kind, printed },
  })
}

/** Two printers that come upon the same free code in the same instant: the second finds it taken when it looks again. */
export async function onceMore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (violates(error, 'survey_case_short_key')) return work()
    throw error
  }
}

/** Cases as they stand on paper, each with its link and its typed code. */
export async function addresseesOf(
  services: Services,
  trx: Transaction<DB>,
  key: CampaignKey & { prefix: string },
  rows: readonly PrintableCase[],
  { origin }: Pick<Printing, 'origin'>,
): Promise<Addressee[]> {
  const tenant = { id: key.tenantId, prefix: key.prefix }
  const codes = await shortCodes(trx, services.tokenKeys, tenant.id, 'case', rows)
  const versions = [...new Set(rows.map((row) => row.key_version))]
  const makers = new Map(versions.map((v) => [v, tokenMaker(services.tokenKeys, v, tenant, 'case')]))
  return rows.map((row) => ({
    reference: row.code,
    contact: contactOf(services, key, row),
    url: `${origin}/s/${makers.get(row.key_version)?.(row.id) ?? ''}`,
    code: printedShortCode(codes.get(row.id) ?? ''),
  }))
}

function contactOf(services: Services, key: CampaignKey, row: PrintableCase): Contact | null {
  if (row.sealed === null || row.contact_key === null) return null
  const place = { tenantId: key.tenantId, campaignId: key.campaignId, frameId: row.frame_id }
  const sealed = { key_version: row.contact_key, sealed: row.sealed }
  const contact = services.contactKeys && openContact(services.contactKeys, place, sealed)
  if (contact === null) throw new AppError('contact_key_missing')
  return contact
}

async function contentOf(
  trx: Transaction<DB>,
  key: CampaignKey,
  row: CampaignRow,
  { today, sample, origin }: { today: string; sample: boolean; origin: string },
): Promise<LetterContent> {
  const design = designOf(row)
  if (design === null) throw new Error('an open campaign has no design')
  const asked = { code: row.questionnaire_code, version: row.questionnaire_version }
  const { members } = await countFrame(trx, key)
  const { main, released } = await countCases(trx, key)
  return {
    title: row.title,
    population: row.population,
    minutes: minutesOf(await questionnaireOf(trx, key.tenantId, asked)),
    members,
    drawn: main + released,
    lastDay: row.closes_on,
    day: today,
    address: `${origin.replace(/^https?:\/\//, '')}/s`,
    letter: design.letter,
    sample,
  }
}

function minutesOf(questionnaire: Questionnaire): number {
  return questionnaire.minutes ?? Math.ceil(questionsOf(questionnaire).length / QUESTIONS_PER_MINUTE)
}
