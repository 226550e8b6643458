import { sql, type Kysely } from 'kysely'
import type { DB } from '../schema/tables.ts'

/** One answer to be written, with the revision its writer has seen (0 before the first). Bytes as lower-case hexadecimal. */
export interface AnswerWrite {
  ask_id: number
  id: string
  expected: number
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

/**
 * Writes answers to different asks of one tenant in one statement and one commit: claim, answer, and the note of changed
 * cells. The function sets the tenant's context itself.
 * @returns ids of the asks that were written; an ask that has moved on meanwhile is not among them
 */
export async function storeAnswers(db: Kysely<DB>, tenantId: number, batch: AnswerWrite[]): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`
    select store_answers(${tenantId}::int, ${JSON.stringify(batch)}::text::jsonb) as id`.execute(db)
  return new Set(rows.map((row) => row.id))
}
