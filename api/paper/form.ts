import { z } from 'zod'
import { findTenant } from '../../db/queries/accounts.ts'
import { casesToPrint, letterBatches } from '../../db/queries/campaign-letters.ts'
import { findCampaign } from '../../db/queries/campaigns.ts'
import { designOf, type Actor, type CampaignKey } from '../campaigns/campaign.ts'
import { addresseesOf, notePrinted, onceMore } from '../campaigns/letters.ts'
import { questionnaireOf } from '../campaigns/questionnaires.ts'
import { paperDocument, type PaperForm } from '../core/paper/document.ts'
import { decodeCursor, encodeCursor } from '../cursor.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'

/** Which forms to print. */
export interface FormPrinting {
  readonly kind: 'blank' | 'cases'
  readonly form: string | null
  readonly cursor: string | undefined
  readonly limit: number
  /** Scheme and host that the codes lead to. */
  readonly origin: string
}

/** Forms of one printed document. */
const BATCH = 200

/**
 * What can be printed of a campaign: which forms of list experiments a blank form has, and where each document of forms with codes
 * begins, a page of documents at a time; none unless the campaign is open.
 * @throws AppError not_found
 */
export function listPaperForms(
  services: Services,
  key: CampaignKey,
  query: { cursor: string | undefined; limit: number },
) {
  const after = decodeCursor(query.cursor, z.tuple([z.int()]))?.[0] ?? 0
  return services.db.withTenant(key.tenantId, async (trx) => {
    const row = await findCampaign(trx, key.tenantId, key.campaignId)
    if (!row) throw new AppError('not_found')
    const asked = { code: row.questionnaire_code, version: row.questionnaire_version }
    const forms = (await questionnaireOf(trx, key.tenantId, asked)).forms ?? []
    if (row.state !== 'open') return { state: row.state, forms, items: [], next: null }
    const { limit } = query
    const batches = await letterBatches(trx, key, 'invitation', { before: null, size: BATCH, after, limit: limit + 1 })
    const items = batches.map((batch) => ({ cursor: encodeCursor([batch.after]), cases: batch.cases }))
    return { state: row.state, forms, items: items.slice(0, limit), next: items[limit]?.cursor ?? null }
  })
}

/**
 * Paper forms of an open campaign as one document: blank, or one for each case that has not answered, a page of cases at a time. A
 * reprint has the same codes. That codes were printed is noted in the campaign's log.
 * @throws AppError not_found; wrong_state; invalid_input unknown_form
 */
export async function printPaperForms(
  services: Services,
  by: Actor,
  campaignId: number,
  printing: FormPrinting,
): Promise<{ html: string; next: string | null }> {
  const key = { tenantId: by.tenantId, campaignId }
  const tenant = await findTenant(services.db.shared, key.tenantId)
  if (!tenant) throw new AppError('not_found')
  const after = decodeCursor(printing.cursor, z.tuple([z.int()]))?.[0] ?? 0
  return onceMore(() =>
    services.db.withTenant(key.tenantId, async (trx) => {
      const row = await findCampaign(trx, key.tenantId, key.campaignId)
      if (!row) throw new AppError('not_found')
      if (row.state !== 'open') throw new AppError('wrong_state')
      const asked = { code: row.questionnaire_code, version: row.questionnaire_version }
      const questionnaire = await questionnaireOf(trx, key.tenantId, asked)
      const { limit, origin } = printing
      const content = {
        title: row.title,
        sender: designOf(row)?.letter.sender ?? '',
        population: row.population,
        lastDay: row.closes_on,
        address: `${origin.replace(/^https?:\/\//, '')}/s`,
        sample: tenant.sample,
      }
      if (printing.kind === 'blank') {
        const known = questionnaire.forms ?? []
        const form = printing.form ?? known[0] ?? null
        if (form !== null && !known.includes(form))
          throw new AppError('invalid_input', [{ path: 'form', code: 'unknown_form' }])
        const blank: PaperForm = { reference: null, secret: null, form }
        return { html: paperDocument(questionnaire, [blank], content), next: null }
      }
      const rows = await casesToPrint(trx, key, 'invitation', { before: null, after, limit: limit + 1 })
      const shown = rows.slice(0, limit)
      // without contacts: a form that comes back names nobody
      const anonymous = shown.map((one) => ({ ...one, sealed: null }))
      const addressees = await addresseesOf(services, trx, { ...key, prefix: tenant.prefix }, anonymous, { origin })
      const forms = addressees.map(({ reference, code, url }, at) => ({
        reference,
        secret: { code, url },
        form: shown[at]?.form ?? null,
      }))
      const last = shown.at(-1)
      await notePrinted(trx, by, campaignId, { at: services.now(), kind: 'paper_form', printed: shown.length })
      return {
        html: paperDocument(questionnaire, forms, content),
        next: rows.length > limit && last ? encodeCursor([last.id]) : null,
      }
    }),
  )
}
