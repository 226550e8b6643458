import { findResponse } from '../../db/queries/responses.ts'
import type { AnswerWrite } from '../../db/queries/submissions.ts'
import { violates } from '../../db/violates.ts'
import { checkAnswers, toMarks, type Answers } from '../core/instrument/answers.ts'
import { canonicalText } from '../core/instrument/canonical.ts'
import type { Instrument } from '../core/instrument/definition.ts'
import { pairItems, pairMark } from '../core/instrument/pairs.ts'
import { nextStep } from '../core/response/next-step.ts'
import { localDate } from '../core/time/moment.ts'
import { AppError, type Issue } from '../errors.ts'
import { openAsk, readSecret } from '../invitations/invitation.ts'
import { sha256, toHex } from '../invitations/token.ts'
import type { Services } from '../services.ts'
import type { Submission } from './schema.ts'

type Ask = Awaited<ReturnType<typeof openAsk>>

/**
 * Stores an answer: the first time, as a higher revision of a partial one, or not at all because it is there already.
 * One statement holds the claim of the ask, the answer and the note that its cells changed; what is acknowledged is
 * committed. The statement takes the ask only at the revision seen here, so whoever was overtaken looks again.
 * @returns `created` for the first, with the stored revision and state
 * @throws AppError not_found | rate_limited | expired | withdrawn | invalid_input | token_taken | id_taken | revision_conflict | superseded | already_complete
 */
export async function submitResponse(services: Services, submission: Submission, deviceHash: Uint8Array | null) {
  const { tenant, tokenHash } = await readSecret(services, submission.token, deviceHash)
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const now = services.now()
    const { ask, stored } = await services.db.withTenant(tenant.id, async (trx) => {
      const ask = await openAsk(trx, tenant.id, tokenHash, now)
      const own = ask.response_id === submission.id
      return {
        ask,
        stored: own
          ? await findResponse(trx, { tenantId: tenant.id, askedOn: ask.asked_on, id: submission.id })
          : undefined,
      }
    })
    const issues = inputIssues(submission, ask)
    if (issues.length > 0) throw new AppError('invalid_input', issues)
    refuseOthers(ask, submission.id)
    const contentHash = await sha256(canonicalText(content(submission)))
    const step = nextStep(
      stored ? { ...stored, sameContent: equal(stored.content_hash, contentHash) } : null,
      submission.revision,
    )
    if (typeof step === 'object') throw new AppError(step.refused)
    const state = submission.complete ? ('complete' as const) : ('partial' as const)
    const answer = { id: submission.id, revision: submission.revision, state }
    if (step === 'repeat') return { created: false, ...answer }
    const write = toWrite(submission, ask, { expected: stored?.revision ?? 0, now, contentHash, deviceHash })
    if (await writeOnce(services, tenant.id, write)) return { created: step === 'insert', ...answer }
  }
  throw new AppError('unavailable')
}

/** Writing meets another writer of the same ask at most as often as revisions race. */
const MAX_ATTEMPTS = 8

async function writeOnce(services: Services, tenantId: number, write: AnswerWrite): Promise<boolean> {
  try {
    return await services.writeAnswer(tenantId, write)
  } catch (error) {
    // the id already answers another ask
    if (violates(error, 'ask_response_key') || violates(error, 'response_pkey')) throw new AppError('id_taken')
    throw error
  }
}

/** An ask that is bound to another answer, or was answered so long ago that nobody knows by which. */
function refuseOthers(ask: Ask, id: string): void {
  if (ask.response_id !== null && ask.response_id !== id) throw new AppError('token_taken')
  if (ask.response_id === null && ask.state !== 'open') throw new AppError('already_complete')
}

function toWrite(
  submission: Submission,
  ask: Ask,
  context: { expected: number; now: Date; contentHash: Uint8Array; deviceHash: Uint8Array | null },
): AnswerWrite {
  return {
    ask_id: ask.id,
    id: submission.id,
    expected: context.expected,
    revision: submission.revision,
    complete: submission.complete,
    answers: submission.answers,
    marks: marksOf(ask.definition as Instrument, submission.answers as Answers),
    content_hash: toHex(context.contentHash),
    withdraw_hash: submission.withdrawHash ?? null,
    respondent: submission.respondent,
    language: submission.language,
    started_at: submission.startedAt.toISOString(),
    sent_at: submission.sentAt.toISOString(),
    received_at: context.now.toISOString(),
    answered_on: localDate(context.now.toISOString()),
    item_ms: submission.itemMs,
    device_hash: context.deviceHash ? toHex(context.deviceHash) : null,
  }
}

/** What makes two submissions the same: what was said and by whom, not when it was sent. */
function content({ answers, complete, respondent, language }: Submission) {
  return { answers, complete, respondent, language }
}

function inputIssues(submission: Submission, ask: Ask): Issue[] {
  if (submission.instrument.code !== ask.instrument_code) return [{ path: 'instrument.code', code: 'wrong_instrument' }]
  if (submission.instrument.version !== ask.instrument_version)
    return [{ path: 'instrument.version', code: 'wrong_version' }]
  if (Object.keys(submission.answers).length === 0) return [{ path: 'answers', code: 'empty' }]
  return checkAnswers(ask.definition as Instrument, ask.applicant, submission.answers).slice(0, 50)
}

/** Option positions, with the joint items that intervals of composites are made from. */
function marksOf(definition: Instrument, answers: Answers): Record<string, number | 'na'> {
  const marks = toMarks(definition, answers)
  const joint = pairItems(definition).flatMap((pair) => {
    const mark = pairMark(pair, marks)
    return mark === null ? [] : [[pair.code, mark] as const]
  })
  return { ...marks, ...Object.fromEntries(joint) }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
