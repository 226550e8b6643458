import type { Transaction } from 'kysely'
import { claimAsk, setAskState } from '../../db/queries/asks.ts'
import { findResponse, insertResponse, replaceRevision } from '../../db/queries/responses.ts'
import { appendChanges } from '../../db/queries/tallies.ts'
import { violates } from '../../db/violates.ts'
import type { DB } from '../../db/schema/tables.ts'
import { checkAnswers, toMarks, type Answers } from '../core/instrument/answers.ts'
import { canonicalText } from '../core/instrument/canonical.ts'
import type { Instrument } from '../core/instrument/definition.ts'
import { pairItems, pairMark } from '../core/instrument/pairs.ts'
import { nextStep } from '../core/response/next-step.ts'
import { localDate } from '../core/time/moment.ts'
import { AppError, type Issue } from '../errors.ts'
import { cellsOf, openAsk, tenantOfToken } from '../invitations/invitation.ts'
import { fromHex, sha256 } from '../invitations/token.ts'
import type { Services } from '../services.ts'
import type { Submission } from './schema.ts'

type Ask = Awaited<ReturnType<typeof openAsk>>

/**
 * Stores an answer: the first time, as a higher revision of a partial one, or not at all because it is there already.
 * One transaction holds the claim of the ask, the answer and the note that its cells changed; what is acknowledged is
 * committed. The locked ask row puts all writers of one answer in line.
 * @returns `created` for the first, with the stored revision and state
 * @throws AppError not_found | expired | withdrawn | invalid_input | token_taken | id_taken | revision_conflict | superseded | already_complete
 */
export async function submitResponse(services: Services, submission: Submission, deviceHash: Uint8Array | null) {
  const tenant = await tenantOfToken(services, submission.token)
  const now = services.now()
  try {
    return await services.db.withTenant(tenant.id, async (trx) => {
      const ask = await openAsk(trx, tenant.id, submission.token, now)
      const issues = inputIssues(submission, ask)
      if (issues.length > 0) throw new AppError('invalid_input', issues)
      return store(trx, tenant.id, ask, submission, { now, deviceHash })
    })
  } catch (error) {
    // the id already answers another ask
    if (violates(error, 'ask_response_key') || violates(error, 'response_pkey')) throw new AppError('id_taken')
    throw error
  }
}

async function store(
  trx: Transaction<DB>,
  tenantId: number,
  ask: Ask,
  submission: Submission,
  context: { now: Date; deviceHash: Uint8Array | null },
) {
  const claimed = await claimAsk(trx, tenantId, ask.id, submission.id)
  if (!claimed)
    throw new AppError(ask.state === 'complete' && ask.response_id === null ? 'already_complete' : 'token_taken')
  const key = { tenantId, askedOn: claimed.asked_on, id: submission.id }
  const contentHash = await sha256(canonicalText(content(submission)))
  const stored = await findResponse(trx, key)
  const step = nextStep(
    stored
      ? { revision: stored.revision, complete: stored.complete, sameContent: equal(stored.content_hash, contentHash) }
      : null,
    submission.revision,
  )
  if (typeof step === 'object') throw new AppError(step.refused)
  const state = submission.complete ? ('complete' as const) : ('partial' as const)
  if (step === 'repeat') return { created: false, id: submission.id, revision: submission.revision, state }

  const revision = {
    revision: submission.revision,
    complete: submission.complete,
    answers: submission.answers as Answers as Record<string, string | { na: true }>,
    marks: marksOf(ask.definition as Instrument, submission.answers as Answers),
    content_hash: contentHash,
    respondent: submission.respondent,
    language: submission.language,
    sent_at: submission.sentAt,
    received_at: context.now,
    item_ms: submission.itemMs,
    withdraw_hash: submission.withdrawHash ? fromHex(submission.withdrawHash) : (stored?.withdraw_hash ?? null),
  }
  if (step === 'replace') await replaceRevision(trx, key, revision)
  else {
    await insertResponse(trx, {
      tenant_id: tenantId,
      asked_on: claimed.asked_on,
      id: submission.id,
      responsible_unit_id: claimed.responsible_unit_id,
      receiving_unit_id: claimed.receiving_unit_id,
      procedure_id: claimed.procedure_id,
      event: claimed.event,
      lateness: claimed.lateness,
      applicant: claimed.applicant,
      channel: claimed.channel,
      stream: claimed.stream,
      instrument_id: claimed.instrument_id,
      started_at: submission.startedAt,
      device_hash: context.deviceHash,
      ...revision,
    })
  }
  await setAskState(trx, tenantId, ask.id, { state, answered_on: localDate(context.now.toISOString()) })
  await appendChanges(trx, tenantId, cellsOf(claimed))
  return { created: step === 'insert', id: submission.id, revision: submission.revision, state }
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
