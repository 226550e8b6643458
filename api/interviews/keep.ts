import type { Transaction } from 'kysely'
import { turnAwayIfFull } from '../../db/queries/campaign-quotas.ts'
import { noteEvent } from '../../db/queries/campaigns.ts'
import { findDevice, findReceipt, insertReceipt, notedLater, type ReceiptRow } from '../../db/queries/devices.ts'
import { holdOpenedCase, setDisposition, type OpenedCase } from '../../db/queries/survey-cases.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { Actor } from '../campaigns/campaign.ts'
import { localDate } from '../core/time/moment.ts'
import { AppError } from '../errors.ts'
import { hmacSha256, toHex, type TokenKeys } from '../invitations/token.ts'
import type { Services } from '../services.ts'
import { checkInterview, storeInterview, type StoredInterview } from './store.ts'
import type { InterviewItem } from './schema.ts'

/** Where a batch comes from. */
export interface From {
  readonly device: string
  readonly sentAt: Date
  readonly skewMs: number
  /** Of the tenant. */
  readonly prefix: string
}
/** What became of an item that was taken. */
export interface Kept {
  readonly seq: number
  readonly status: ReceiptRow['outcome']
  /** Under which id its answer is kept. */
  readonly answer: string | null
  readonly receivedAt: string
}

/**
 * Takes one numbered item of a device: its answer, what it notes of the case and the receipt in one commit. The same item again gives
 * the same receipt.
 * @throws AppError id_taken for other content under a number that was used; not_found; not_yet_open; expired; quota_full;
 *   invalid_input; revision_conflict; already_complete
 */
export async function keepItem(services: Services, by: Actor, from: From, item: InterviewItem): Promise<Kept> {
  const { tenantId } = by
  const key = { tenantId, deviceId: from.device, seq: item.seq }
  const now = services.now()
  const hashes = itemHashes(services.tokenKeys, item)
  const checked = item.answer && (await checkInterview(services, from, item.answer, now))
  return services.db.withTenant(tenantId, async (trx) => {
    // one after the other for each device, so that a batch that is sent twice at once is taken once
    if (!(await findDevice(trx, { tenantId, id: from.device, userId: by.actor }, true))) throw new AppError('not_found')
    const known = await findReceipt(trx, key)
    if (known) {
      if (![...hashes.values()].includes(toHex(known.content_hash)))
        throw new AppError('id_taken', [{ path: 'seq', code: 'other_content' }])
      return keptView(known)
    }
    const found = await holdOpenedCase(trx, tenantId, item.case)
    if (!found || found.campaign_state === 'draft') throw new AppError('not_found')
    if (localDate(now.toISOString()) < found.opens_on) throw new AppError('not_yet_open')
    const stored: StoredInterview =
      checked === null
        ? { outcome: 'noted', answer: null }
        : await storeInterview(services, trx, { by, from, item, found, now }, checked)
    await note(trx, by, key, item, found, now)
    // whoever was asked and found the quota full is no refusal, as on the web; it says more than the interviewer's own note
    if ((stored.outcome === 'set_aside' || stored.outcome === 'rival') && found.campaign_state === 'open')
      await turnAwayIfFull(trx, { tenantId, campaignId: found.campaign_id }, found)
    const receipt: ReceiptRow = {
      device_id: from.device,
      seq: item.seq,
      case_id: found.id,
      answer_id: stored.answer,
      content_hash: Buffer.from(hashes.get(services.tokenKeys.current) ?? '', 'hex'),
      outcome: stored.outcome,
      disposition: item.disposition,
      device_at: item.endedAt,
      skew_ms: from.skewMs,
      received_at: now,
    }
    await insertReceipt(trx, tenantId, receipt)
    return keptView(receipt)
  })
}

/**
 * Notes what became of an attempt, in an open campaign and by whoever has the case. The device's highest number counts, in whatever
 * order items arrive; a complete answer says more than any note, before or after it.
 */
async function note(
  trx: Transaction<DB>,
  by: Actor,
  key: { tenantId: number; deviceId: string; seq: number },
  { disposition }: InterviewItem,
  found: OpenedCase,
  now: Date,
): Promise<void> {
  if (disposition === null || disposition === found.disposition) return
  if (found.campaign_state !== 'open' || found.interviewer !== by.actor) return
  if (await notedLater(trx, key, found.id)) return
  await setDisposition(trx, key.tenantId, found.id, disposition)
  const detail = { case: found.id, code: found.code, before: found.disposition, disposition }
  await noteEvent(trx, key.tenantId, found.campaign_id, { at: now, actor: by.actor, action: 'disposition', detail })
}

function keptView({ seq, outcome, answer_id: answer, received_at: at }: ReceiptRow): Kept {
  return { seq, status: outcome, answer, receivedAt: at.toISOString() }
}

/** What makes two items the same, by version of the key: keyed, as the content of any answer. */
function itemHashes(keys: TokenKeys, { case: id, answer, disposition, startedAt, endedAt }: InterviewItem) {
  const said = answer && { ...answer, answers: Object.entries(answer.answers).sort(([a], [b]) => (a < b ? -1 : 1)) }
  const { itemMs: _, ...content } = said ?? { itemMs: null }
  const text = `interview:${JSON.stringify([id, content, disposition, startedAt.toISOString(), endedAt.toISOString()])}`
  return new Map([...keys.byVersion].map(([version, secret]) => [version, toHex(hmacSha256(secret, text))]))
}
