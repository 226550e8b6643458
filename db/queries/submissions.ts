import type { Send } from '../send.ts'

/**
 * One answer to be written, with everything that decides whether it may be: the hash of its secret, the instrument it was
 * checked against, and the kinds of applicants for which it was found good. Bytes as lower-case hexadecimal.
 */
export interface AnswerWrite {
  token_hash: string
  instrument_id: number
  applicants: string[]
  id: string
  revision: number
  complete: boolean
  answers: Record<string, unknown>
  marks: Record<string, number | 'na'>
  content_hash: string
  withdraw_hash: string | null
  respondent: string
  language: string
  started_at: string
  sent_at: string
  received_at: string
  answered_on: string
  item_ms: Record<string, number>
  device_hash: string | null
}
/** Whether an answer was an ask's first or replaced a partial one. */
export type Written = 'first' | 'replaced'

/**
 * Writes answers to different asks of one tenant in one statement and one commit: claim, answer, and the note of changed
 * cells. The function finds the tenant and sets its context itself.
 * @returns what was written, by hash of the secret; an ask that does not take the answer is not among them
 */
export async function storeAnswers(
  send: Send,
  tenantPrefix: string,
  batch: AnswerWrite[],
): Promise<Map<string, Written>> {
  const rows = await send<{ hash: string; isFirst: boolean }>(
    'select hash, is_first as "isFirst" from store_answers($1::text, $2::text::jsonb)',
    [tenantPrefix, JSON.stringify(batch)],
  )
  return new Map(rows.map((row) => [row.hash, row.isFirst ? 'first' : 'replaced']))
}
