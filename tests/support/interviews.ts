import { randomUUID } from 'node:crypto'
import type { OpenCase } from './campaign.ts'

/** One numbered item of a tablet. */
export interface Item {
  seq: number
  case: number
  answer: Record<string, unknown> | null
  disposition: string | null
  startedAt: string
  endedAt: string
}

/** An interview with the business survey; partial unless told otherwise. */
export function interview(seq: number, of: Pick<OpenCase, 'id'>, answer: Record<string, unknown> = {}): Item {
  return {
    seq,
    case: of.id,
    answer: {
      id: randomUUID(),
      revision: 1,
      questionnaire: { code: 'business-survey', version: 1 },
      answers: { P_TYPE: 'limited', E_DONE: 'new', E_DAYS_NEW: 5 },
      complete: false,
      language: 'vi',
      itemMs: { P_TYPE: 2100 },
      ...answer,
    },
    disposition: null,
    startedAt: '2026-10-01T08:00:00+07:00',
    endedAt: '2026-10-01T08:20:00+07:00',
  }
}

/** A visit without an interview. */
export function visit(seq: number, of: Pick<OpenCase, 'id'>, disposition: string): Item {
  return { ...interview(seq, of), answer: null, disposition }
}
