import { letterBatches, markSent, type Mailing } from '../../db/queries/campaign-letters.ts'
import { findCampaign, noteEvent } from '../../db/queries/campaigns.ts'
import { newestContacts } from '../../db/queries/contacts.ts'
import { localDate } from '../core/time/moment.ts'
import { encodeCursor } from '../cursor.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { holdOpen, type Actor, type CampaignKey } from './campaign.ts'
import { closedContacts } from './contacts.ts'

/** Letters of one printed document. */
const BATCH = 200

/**
 * How many letters wait to be printed, in batches with the cursor of each, and whether the names and addresses on them can be read.
 * @param again also those that have gone out already
 * @throws AppError not_found
 */
export async function waitingLetters(services: Services, key: CampaignKey, again: boolean) {
  const before = again ? null : localDate(services.now().toISOString())
  return services.db.withTenant(key.tenantId, async (trx) => {
    if (!(await findCampaign(trx, key.tenantId, key.campaignId))) throw new AppError('not_found')
    const waiting = async (mailing: Mailing) => {
      const batches = await letterBatches(trx, key, mailing, { before, size: BATCH })
      return {
        cases: batches.reduce((sum, { cases }) => sum + cases, 0),
        batches: batches.map(({ after, cases }) => ({ cursor: encodeCursor([after]), cases })),
      }
    }
    const contacts = await newestContacts(trx, key.tenantId, { ofEach: 1, campaignId: key.campaignId })
    const isReadable = closedContacts(services.contactKeys, key.tenantId, contacts).length === 0
    return { isReadable, invitation: await waiting('invitation'), reminder: await waiting('reminder') }
  })
}

/**
 * Notes that the letters of a kind that were waiting on a day went out then. The same again changes nothing: whoever got one on that
 * day or later waits for none.
 * @throws AppError not_found; wrong_state; invalid_input for a day before the campaign was opened, or to come
 */
export async function noteSent(
  services: Services,
  by: Actor,
  campaignId: number,
  { kind, sentOn }: { kind: Mailing; sentOn: string },
) {
  const key = { tenantId: by.tenantId, campaignId }
  const now = services.now()
  return services.db.withTenant(by.tenantId, async (trx) => {
    const row = await holdOpen(trx, key)
    const opened = localDate((row.opened_at ?? now).toISOString())
    if (sentOn > localDate(now.toISOString()))
      throw new AppError('invalid_input', [{ path: 'sentOn', code: 'in_future' }])
    if (sentOn < opened) throw new AppError('invalid_input', [{ path: 'sentOn', code: 'before_opening' }])
    const sent = await markSent(trx, key, kind, { day: sentOn, at: new Date(`${sentOn}T12:00:00+07:00`) })
    if (sent > 0)
      await noteEvent(trx, by.tenantId, campaignId, {
        at: now,
        actor: by.actor,
        action: 'letters_sent',
        detail: { kind, sentOn, sent },
      })
    return { sent }
  })
}
