import type { Transaction } from 'kysely'
import { findAnswerOfDevice, isAnswerId, keepAside, markInterview, type Aside } from '../../db/queries/case-answers.ts'
import { isQuotaFull } from '../../db/queries/campaign-quotas.ts'
import { findCaseAnswer, storeSurveyAnswers, type SurveyWrite } from '../../db/queries/survey-answers.ts'
import type { OpenedCase } from '../../db/queries/survey-cases.ts'
import type { DB } from '../../db/schema/tables.ts'
import { within } from '../../db/send.ts'
import type { Actor } from '../campaigns/campaign.ts'
import type { SurveyAnswers } from '../core/questionnaire/definition.ts'
import { nextStep } from '../core/response/next-step.ts'
import { localDate } from '../core/time/moment.ts'
import { AppError } from '../errors.ts'
import { toHex } from '../invitations/token.ts'
import type { Services } from '../services.ts'
import type { KnownQuestionnaire } from '../surveys/questionnaires.ts'
import type { SurveySubmission } from '../surveys/schema.ts'
import { chosenUnits, issuesOf } from '../surveys/submit.ts'
import { contentHashes, surveyWrite } from '../surveys/write.ts'
import type { From } from './keep.ts'
import type { InterviewItem } from './schema.ts'

/** How an interview is kept, and under which id. */
export interface StoredInterview {
  readonly outcome: 'stored' | 'superseded' | 'noted' | Aside
  readonly answer: string | null
}
type InterviewAnswer = NonNullable<InterviewItem['answer']>
/** An interview's answer with what checking it needs. */
export interface Checked {
  readonly answer: InterviewAnswer
  readonly known: KnownQuestionnaire
  readonly units: ReadonlyMap<string, string>
}

/** Reads what an interview's answers are checked against. @throws AppError invalid_input for a questionnaire that is none */
export async function checkInterview(
  services: Services,
  { prefix }: From,
  answer: InterviewAnswer,
  now: Date,
): Promise<Checked> {
  const { code, version } = answer.questionnaire
  const known = await services.findQuestionnaire(services.db, prefix, code, version)
  if (known === null) throw wrong('wrong_questionnaire')
  return { answer, known, units: await chosenUnits(services, known, answer.answers as SurveyAnswers, now) }
}

/**
 * Stores an interview of a case that is held. It counts when the case is the interviewer's own and nobody else has answered; beside
 * an answer of another device or of the respondent it is kept as a rival, and set aside when the survey is over or its quota is full,
 * until somebody decides. What goes on with an answer that counts and comes too late for that becomes its rival. Nothing that was said
 * in a household is thrown away because of what happened elsewhere.
 * @throws AppError invalid_input; revision_conflict | already_complete by the rule of revisions; quota_full when the last place is taken
 *   in this very moment: sent again, it is kept beside
 */
export async function storeInterview(
  services: Services,
  trx: Transaction<DB>,
  at: { by: Actor; from: From; item: InterviewItem; found: OpenedCase; now: Date },
  { answer, known, units }: Checked,
): Promise<StoredInterview> {
  const { by, from, item, found, now } = at
  const key = { tenantId: by.tenantId, campaignId: found.campaign_id }
  const { code, version } = answer.questionnaire
  if (found.questionnaire_code !== code) throw wrong('wrong_questionnaire')
  if (found.questionnaire_version !== version) throw wrong('wrong_version')
  const own = await findAnswerOfDevice(trx, key.tenantId, found.id, from.device)
  // an id that is somebody else's, or with which somebody went on in a browser, is left to them
  const id = own?.id ?? ((await isAnswerId(trx, key, answer.id)) ? crypto.randomUUID() : answer.id)
  const submission: SurveySubmission = {
    ...answer,
    id,
    token: '',
    cleared: [],
    startedAt: item.startedAt,
    sentAt: from.sentAt,
  }
  const sameContent =
    own !== undefined && toHex(own.content_hash) === contentHashes(services.tokenKeys, submission)[found.key_version]
  const step = nextStep(own ? { ...own, sameContent } : null, answer.revision)
  const kept = own === undefined || own.standing === 'main' ? 'stored' : own.standing
  if (step === 'repeat') return { outcome: kept, answer: id }
  if (typeof step === 'object' && step.refused === 'superseded') return { outcome: 'superseded', answer: id }
  if (typeof step === 'object') throw new AppError(step.refused)
  const said = answer.answers as SurveyAnswers
  const issues = issuesOf(known, said, { form: found.form, units }, answer.complete)
  if (issues.length > 0) throw new AppError('invalid_input', issues)
  const about = { now, keys: services.tokenKeys, deviceHash: null, forms: [found.form], answers: said }
  const isLate = own?.standing === 'main' && (await comesLate(trx, at, answer.complete && !own.complete))
  const seen = isLate ? null : (own?.revision ?? null)
  const write = surveyWrite(isLate ? { ...submission, id: crypto.randomUUID() } : submission, known, { ...about, seen })
  const standing = own === undefined ? await asideOf(trx, at) : own.standing
  const aside = isLate ? 'rival' : standing === 'main' ? null : standing
  if (aside === null) {
    await storeMain(trx, at, write)
    return { outcome: 'stored', answer: id }
  }
  const place = { tenantId: key.tenantId, caseId: found.id, keyVersion: found.key_version }
  await keepAside(trx, { ...place, standing: aside, from: { device: from.device, seq: item.seq } }, write)
  return { outcome: aside, answer: write.id }
}

/** Whether an answer that counts can no longer be gone on with: the survey is over, or this would complete it and the quota is full. */
async function comesLate(
  trx: Transaction<DB>,
  { by, found, now }: { by: Actor; found: OpenedCase; now: Date },
  completes: boolean,
): Promise<boolean> {
  if (isOver(found, now)) return true
  return completes && (await isQuotaFull(trx, { tenantId: by.tenantId, campaignId: found.campaign_id }, found))
}

/** Why a first interview does not count; null: it does. */
async function asideOf(
  trx: Transaction<DB>,
  { by, found, now }: { by: Actor; found: OpenedCase; now: Date },
): Promise<Aside | null> {
  const key = { tenantId: by.tenantId, campaignId: found.campaign_id }
  if (found.interviewer !== by.actor) return 'rival'
  if (await findCaseAnswer(trx, by.tenantId, found.id)) return 'rival'
  if (isOver(found, now) || found.state !== 'open') return 'set_aside'
  return (await isQuotaFull(trx, key, found)) ? 'set_aside' : null
}

/** Through the statement that stores every answer to a survey. */
async function storeMain(
  trx: Transaction<DB>,
  { by, from, item, found, now }: { by: Actor; from: From; item: InterviewItem; found: OpenedCase; now: Date },
  write: SurveyWrite,
): Promise<void> {
  if (isOver(found, now)) throw new AppError('expired')
  // every released case of an open campaign has its secret
  const hash = toHex(found.token_hash ?? new Uint8Array())
  const written = await storeSurveyAnswers(within(trx), from.prefix, [{ ...write, token_hash: hash }])
  if (!written.has(hash)) throw new AppError('quota_full')
  const key = { tenantId: by.tenantId, campaignId: found.campaign_id }
  await markInterview(trx, key, write.id, { device: from.device, seq: item.seq })
}

function isOver({ campaign_state: state, closes_on: last }: OpenedCase, now: Date): boolean {
  return state !== 'open' || localDate(now.toISOString()) > last
}

function wrong(code: string): AppError {
  return new AppError('invalid_input', [{ path: 'answer.questionnaire', code }])
}
