import { createHash, randomUUID } from 'node:crypto'

/** The body of `POST /api/responses`. */
export interface Submission {
  id: string
  revision: number
  token: string
  instrument: { code: string; version: number }
  answers: Record<string, unknown>
  complete: boolean
  respondent: string
  language: string
  startedAt: string
  sentAt: string
  itemMs: Record<string, number>
  withdrawHash: string
}

/** A first answer as the rating page sends it at the first tap: one item, not complete. */
export function submission(token: string, given: Partial<Submission> = {}): Submission {
  return {
    id: randomUUID(),
    revision: 1,
    token,
    instrument: { code: 'dossier-rating', version: 1 },
    answers: { OVERALL: '4' },
    complete: false,
    respondent: 'self',
    language: 'vi',
    startedAt: '2026-10-01T08:00:00+07:00',
    sentAt: '2026-10-01T08:00:09.500+07:00',
    itemMs: { OVERALL: 2100 },
    withdrawHash: hashOf('bí mật'),
    ...given,
  }
}

/** How the browser hashes the secret of a receipt. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex')
}
