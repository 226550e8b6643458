import { randomUUID } from 'node:crypto'
import { shortCodes } from '../../api/invitations/short-code.ts'
import { sha256 } from '../../api/invitations/token.ts'
import type { World } from './world.ts'

/** The body of `POST /api/survey-answers`. */
export interface SurveyBody {
  id: string
  revision: number
  token: string
  questionnaire: { code: string; version: number }
  answers: Record<string, unknown>
  cleared?: string[]
  complete: boolean
  language: string
  startedAt: string
  sentAt: string
  itemMs: Record<string, number>
}

/** A first revision of the business survey: a few answers, not complete. */
export function surveyBody(token: string, given: Partial<SurveyBody> = {}): SurveyBody {
  return {
    id: randomUUID(),
    revision: 1,
    token,
    questionnaire: { code: 'business-survey', version: 1 },
    answers: { P_TYPE: 'limited', E_DONE: 'new', E_DAYS_NEW: 5 },
    complete: false,
    language: 'vi',
    startedAt: '2026-10-01T08:00:00+07:00',
    sentAt: '2026-10-01T08:03:00+07:00',
    itemMs: { P_TYPE: 2100, E_DONE: 3000 },
    ...given,
  }
}

/** Answers with which the business survey is complete: every required question, nothing sensitive. */
export const ENOUGH = { E_DONE: 'none', L_DONE: 'no', S_USED: ['none'] } as const

/** The typed code of a case, as a letter prints it. */
export async function typedCode({ services, tenant, sql }: World, caseId: number): Promise<string> {
  const [row] = await sql<{ key_version: number; short_n: number | null }[]>`
    select key_version, short_n from survey_case where id = ${caseId}`
  const made = await services.db.withTenant(tenant.id, (trx) =>
    shortCodes(trx, services.tokenKeys, tenant.id, 'case', [{ id: caseId, ...row! }]),
  )
  return made.get(caseId) ?? ''
}

/** The typed code of a rating's ask, as a slip prints it. */
export async function slipCode({ services, tenant, sql }: World, token: string): Promise<string> {
  const [row] = await sql<{ id: number; key_version: number; short_n: number | null }[]>`
    select id::int, key_version, short_n from ask where token_hash = ${Buffer.from(sha256(token))}`
  const made = await services.db.withTenant(tenant.id, (trx) =>
    shortCodes(trx, services.tokenKeys, tenant.id, 'ask', [row!]),
  )
  return made.get(row!.id) ?? ''
}
