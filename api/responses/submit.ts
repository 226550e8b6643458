import { findResponse } from '../../db/queries/responses.ts'
import type { AnswerWrite, Written } from '../../db/queries/submissions.ts'
import { violates } from '../../db/violates.ts'
import { checkAnswers, toMarks, type Answers } from '../core/instrument/answers.ts'
import { canonicalText } from '../core/instrument/canonical.ts'
import { APPLICANTS, type Applicant, type Instrument } from '../core/instrument/definition.ts'
import { pairMark } from '../core/instrument/pairs.ts'
import { nextStep } from '../core/response/next-step.ts'
import { localDate } from '../core/time/moment.ts'
import type { Device } from '../device.ts'
import { AppError, type Issue } from '../errors.ts'
import { openAsk, readSecret } from '../invitations/invitation.ts'
import { sha256, toHex, tokenPrefix } from '../invitations/token.ts'
import type { Services } from '../services.ts'
import type { KnownInstrument } from './instruments.ts'
import type { Submission } from './schema.ts'

type Ask = Awaited<ReturnType<typeof openAsk>>

/**
 * Stores an answer: the first time, as a higher revision of a partial one, or not at all because it is there already.
 * One statement holds the claim of the ask, the answer and the note that its cells changed; what is acknowledged is
 * committed. The statement decides the whole rule of revisions by itself, so the usual answer costs nothing else; only when it
 * takes nothing is the ask looked at, to say why, or to try again where it has just moved on.
 * @returns `created` for the first, with the stored revision and state
 * @throws AppError not_found | rate_limited | expired | withdrawn | invalid_input | token_taken | id_taken | revision_conflict | superseded | already_complete
 */
export async function submitResponse(services: Services, submission: Submission, device: Device | null) {
  const { code, version } = submission.instrument
  const instrument = await services.findInstrument(services.db, code, version)
  const state = submission.complete ? ('complete' as const) : ('partial' as const)
  const answer = { id: submission.id, revision: submission.revision, state }
  const about = { now: services.now(), deviceHash: device?.hash ?? null }
  const prefix = tokenPrefix(submission.token)
  const applicants =
    instrument === null || prefix === null
      ? []
      : APPLICANTS.filter((one) => inputIssues(submission, instrument.definition, one).length === 0)
  if (prefix !== null && instrument !== null && applicants.length > 0) {
    const tokenHash = sha256(submission.token)
    const write = toWrite(submission, { ...about, tokenHash, instrument, applicants })
    const written = await writeOnce(services, prefix, write)
    if (written !== null) return { created: written === 'first', ...answer }
  }
  const { tenant, tokenHash } = await readSecret(services, submission.token, device)
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const { ask, stored } = await look(services, tenant.id, tokenHash, submission.id)
    if (ask.instrument_code !== code) refuse('instrument.code', 'wrong_instrument')
    if (ask.instrument_version !== version || instrument === null) return refuse('instrument.version', 'wrong_version')
    const issues = inputIssues(submission, instrument.definition, ask.applicant)
    if (issues.length > 0) throw new AppError('invalid_input', issues)
    refuseOthers(ask, submission.id)
    const write = toWrite(submission, { ...about, tokenHash, instrument, applicants: [ask.applicant] })
    const step = nextStep(
      stored ? { ...stored, sameContent: toHex(stored.content_hash) === write.content_hash } : null,
      submission.revision,
    )
    if (typeof step === 'object') throw new AppError(step.refused)
    if (step === 'repeat') return { created: false, ...answer }
    const written = await writeOnce(services, tenant.prefix, write)
    if (written !== null) return { created: written === 'first', ...answer }
  }
  throw new AppError('unavailable')
}

/** Writing meets another writer of the same ask at most as often as revisions race. */
const MAX_ATTEMPTS = 8

function look(services: Services, tenantId: number, tokenHash: Uint8Array, id: string) {
  return services.db.withTenant(tenantId, async (trx) => {
    const ask = await openAsk(trx, tenantId, tokenHash, services.now())
    const stored = ask.response_id === id ? await findResponse(trx, { tenantId, askedOn: ask.asked_on, id }) : undefined
    return { ask, stored }
  })
}

async function writeOnce(services: Services, prefix: string, write: AnswerWrite): Promise<Written | null> {
  try {
    return await services.writeAnswer(prefix, write)
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

/** The answer as it is written; it must have been checked for one kind of applicant at least. */
function toWrite(
  submission: Submission,
  about: {
    tokenHash: Uint8Array
    instrument: KnownInstrument
    applicants: Applicant[]
    now: Date
    deviceHash: Uint8Array | null
  },
): AnswerWrite {
  const now = about.now.toISOString()
  return {
    token_hash: toHex(about.tokenHash),
    instrument_id: about.instrument.id,
    applicants: about.applicants,
    id: submission.id,
    revision: submission.revision,
    complete: submission.complete,
    answers: submission.answers,
    marks: marksOf(about.instrument, submission.answers as Answers),
    content_hash: toHex(sha256(canonicalText(content(submission)))),
    withdraw_hash: submission.withdrawHash ?? null,
    respondent: submission.respondent,
    language: submission.language,
    started_at: submission.startedAt.toISOString(),
    sent_at: submission.sentAt.toISOString(),
    received_at: now,
    answered_on: localDate(now),
    item_ms: submission.itemMs,
    device_hash: about.deviceHash ? toHex(about.deviceHash) : null,
  }
}

/** What makes two submissions the same: what was said and by whom, not when it was sent. */
function content({ answers, complete, respondent, language }: Submission) {
  return { answers, complete, respondent, language }
}

function inputIssues(submission: Submission, definition: Instrument, applicant: Applicant): Issue[] {
  if (Object.keys(submission.answers).length === 0) return [{ path: 'answers', code: 'empty' }]
  return checkAnswers(definition, applicant, submission.answers).slice(0, 50)
}

/** Option positions, with the joint items that intervals of composites are made from. */
function marksOf({ definition, pairs }: KnownInstrument, answers: Answers): Record<string, number | 'na'> {
  const marks = toMarks(definition, answers)
  const joint = pairs.flatMap((pair) => {
    const mark = pairMark(pair, marks)
    return mark === null ? [] : [[pair.code, mark] as const]
  })
  return { ...marks, ...Object.fromEntries(joint) }
}

function refuse(path: string, code: string): never {
  throw new AppError('invalid_input', [{ path, code }])
}
