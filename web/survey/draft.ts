import type { Language } from '../../api/core/instrument/definition.ts'
import type { SurveyAnswer, SurveyAnswers } from '../../api/core/questionnaire/definition.ts'
import { codeOf, keptApart } from '../../api/core/questionnaire/parts.ts'
import { sendableAnswers } from '../../api/core/questionnaire/sendable.ts'
import { differing } from '../offline/draft.ts'
import type { DraftRules, Problem } from '../offline/sender.ts'
import { contextOf, type HeldAnswer, type Survey } from './survey.ts'

/** The body of `POST /api/survey-answers`. */
export type SurveyRevision = {
  readonly id: string
  readonly revision: number
  readonly token: string
  readonly questionnaire: { readonly code: string; readonly version: number }
  readonly answers: SurveyAnswers
  readonly cleared: readonly string[]
  readonly complete: boolean
  readonly language: Language
  readonly startedAt: string
  readonly sentAt: string
  readonly itemMs: Readonly<Record<string, number>>
}

/** Why no more is taken: another device was faster, or the survey itself. */
export type SurveyEnd = 'elsewhere' | 'unknown' | 'closed' | 'early' | 'full' | 'changed'

/**
 * What was answered on this device, what the server is known to hold, and the revision on its way. Kept in the browser's storage;
 * the questionnaire itself is kept beside it, because it is long and never changes.
 */
export type SurveyDraft = {
  readonly format: 1
  readonly token: string
  readonly id: string
  /** Everything that was said or is being written here, also to questions that are not asked any more. */
  readonly answers: SurveyAnswers
  /** The answers of the last revision that the server acknowledged. */
  readonly saved: SurveyAnswers
  /** Sensitive answers that the server holds and this device does not know. */
  readonly hidden: readonly string[]
  /** Sensitive answers that were taken back. */
  readonly cleared: readonly string[]
  readonly language: Language
  readonly startedAt: string
  readonly itemMs: Readonly<Record<string, number>>
  /** The highest revision made or seen; 0 before the first. */
  readonly revision: number
  /** A revision sent and not yet acknowledged. It is repeated word for word, so repeating it can never store twice. */
  readonly pending: SurveyRevision | null
  /** The person pressed "send". */
  readonly finished: boolean
  readonly state: 'open' | 'partial' | 'complete' | SurveyEnd
  /** Where the person is, for a reload. */
  readonly page: string | null
}

/** The server takes revisions 1 to 200. Partial ones stop here, so that "send" always has some left. */
export const PARTIAL_REVISION_MAX = 180
const ITEM_MS_MAX = 3_600_000

/** A draft with nothing answered. @param id a random UUID; `now` an ISO time */
export function newSurveyDraft(token: string, id: string, language: Language, now: string): SurveyDraft {
  return {
    format: 1,
    token,
    id,
    answers: {},
    saved: {},
    hidden: [],
    cleared: [],
    language,
    startedAt: now,
    itemMs: {},
    revision: 0,
    pending: null,
    finished: false,
    state: 'open',
    page: null,
  }
}

/** Takes an answer (null removes it) and adds the time spent on it, in ms. A finished draft does not change. */
export function withAnswer(
  draft: SurveyDraft,
  survey: Survey,
  { key, answer, spentMs }: { key: string; answer: SurveyAnswer | null; spentMs: number },
): SurveyDraft {
  if (draft.finished) return draft
  const answers: Record<string, SurveyAnswer> = { ...draft.answers }
  const others = draft.cleared.filter((one) => one !== key)
  if (answer === null) delete answers[key]
  else answers[key] = answer
  const isApart = keptApart(survey.questionnaire.definition).has(codeOf(key))
  const cleared = answer === null && isApart ? [...others, key] : others
  const ms = Math.min(ITEM_MS_MAX, (draft.itemMs[key] ?? 0) + Math.max(0, Math.round(spentMs)))
  return { ...draft, answers, cleared, itemMs: { ...draft.itemMs, [key]: ms } }
}

/** What would be sent: sound answers to questions that are asked. */
export function toSend(draft: SurveyDraft, survey: Survey): SurveyAnswers {
  return sendableAnswers(survey.questionnaire.definition, draft.answers, contextOf(survey))
}

/** Keys whose answer here is not what the server acknowledged. */
export function changedKeys(draft: SurveyDraft, survey: Survey): string[] {
  const takenBack = draft.hidden.filter((key) => draft.cleared.includes(key))
  return [...new Set([...differing(toSend(draft, survey), draft.saved), ...takenBack])]
}

/** Whether answers can still be added. */
export function isAnswerable({ state }: SurveyDraft): boolean {
  return state === 'open' || state === 'partial'
}

/** How many answers are only on this device; the "send" itself counts as one when nothing else waits. */
export function unsentCount(draft: SurveyDraft, survey: Survey): number {
  return isAnswerable(draft) ? Math.max(changedKeys(draft, survey).length, draft.finished ? 1 : 0) : 0
}

function nextRevision(draft: SurveyDraft, survey: Survey, now: string): SurveyDraft | null {
  if (!isAnswerable(draft)) return null
  if (draft.pending !== null) return draft
  const answers = toSend(draft, survey)
  if (Object.keys(answers).length === 0) return null
  const isDue = changedKeys(draft, survey).length > 0 && draft.revision < PARTIAL_REVISION_MAX
  if (!draft.finished && !isDue) return null
  const { code, version } = survey.questionnaire
  const revision = draft.revision + 1
  const { id, token, cleared, language, startedAt } = draft
  const itemMs = Object.fromEntries(Object.entries(draft.itemMs).filter(([key]) => Object.hasOwn(answers, key)))
  const pending: SurveyRevision = {
    id,
    revision,
    token,
    questionnaire: { code, version },
    answers,
    cleared,
    complete: draft.finished,
    language,
    startedAt,
    sentAt: now,
    itemMs,
  }
  return { ...draft, revision, pending }
}

function acknowledged(draft: SurveyDraft, sent: SurveyRevision): SurveyDraft {
  // Another tab may already have had this revision acknowledged and sent the next.
  if (draft.pending?.revision !== sent.revision || draft.id !== sent.id) return draft
  const hidden = draft.hidden.filter((key) => !sent.cleared.includes(key) && !Object.hasOwn(sent.answers, key))
  return { ...draft, pending: null, saved: sent.answers, hidden, state: sent.complete ? 'complete' : 'partial' }
}

/**
 * The server holds a revision that this device did not make. Its answers are taken over, and what was changed here since the last
 * acknowledgement is laid on top, to be sent as the next revision of the same answer. A sensitive answer that was not changed here
 * becomes one that only the server knows, because another device may have changed it.
 */
function adopted(draft: SurveyDraft, survey: Survey, held: HeldAnswer): SurveyDraft {
  const answers: Record<string, SurveyAnswer> = { ...held.answers }
  // A pending revision may have arrived although its acknowledgement did not: what was changed and changed back meanwhile equals
  // the last acknowledged one, yet the server holds the one in between.
  const sent = draft.pending === null ? [] : differing(draft.pending.answers, draft.saved)
  const said = toSend(draft, survey)
  const unsound = Object.keys(draft.answers).filter((key) => !Object.hasOwn(said, key))
  for (const key of new Set([...changedKeys(draft, survey), ...sent, ...unsound])) {
    const own = draft.answers[key]
    if (own === undefined) delete answers[key]
    else answers[key] = own
  }
  return {
    ...draft,
    id: held.id,
    answers,
    saved: held.answers,
    hidden: held.hidden.filter((key) => !Object.hasOwn(answers, key)),
    revision: held.id === draft.id ? Math.max(held.revision, draft.revision) : held.revision,
    pending: null,
    state: 'partial',
  }
}

/** What a fresh look at the survey means for a draft. */
export function reconciled(draft: SurveyDraft, survey: Survey): SurveyDraft {
  if (draft.state === 'complete') return draft
  if (survey.state === 'complete') {
    // A "send" of ours whose answer got lost may be what completed it; repeating it tells.
    return draft.pending?.complete === true ? draft : { ...draft, state: 'elsewhere', pending: null }
  }
  const { pending } = draft
  const isOld =
    pending !== null &&
    (pending.questionnaire.code !== survey.questionnaire.code ||
      pending.questionnaire.version !== survey.questionnaire.version)
  const seen: SurveyDraft = {
    ...draft,
    state: draft.revision > 0 ? 'partial' : 'open',
    ...(isOld || draft.state === 'changed' ? { pending: null, finished: false } : {}),
  }
  const held = survey.answer
  if (held === null) return seen
  // Our own revision on its way is repeated first; only then is what the server holds older than what is here.
  if (held.id === draft.id && held.revision <= draft.revision)
    return { ...seen, hidden: held.hidden.filter((key) => !Object.hasOwn(draft.answers, key)) }
  return adopted(seen, survey, held)
}

/** Why a problem ends a survey here; null for one that does not. */
export function endOf({ status, code, issues }: Problem): SurveyEnd | null {
  if (code === 'already_complete') return 'elsewhere'
  if (code === 'quota_full') return 'full'
  if (code === 'not_yet_open') return 'early'
  if (status === 404) return 'unknown'
  if (status === 410) return 'closed'
  return status === 422 && Array.isArray(issues) && issues.some(isOfOldForm) ? 'changed' : null
}

function isOfOldForm(issue: unknown): boolean {
  const { code } = issue as { code?: unknown }
  return code === 'wrong_version' || code === 'wrong_questionnaire'
}

/** What remains once an answer is complete: that it is. */
export function completed(draft: SurveyDraft): SurveyDraft {
  return { ...draft, answers: {}, saved: {}, hidden: [], cleared: [], itemMs: {}, page: null }
}

/** How a survey's draft meets the server's replies. @param of the survey as last read; `newId` for an id that turned out to be taken */
export function surveyRules(
  of: () => Survey | null,
  newId: () => string,
): DraftRules<SurveyDraft, SurveyRevision, Survey> {
  return {
    nextRevision: (draft, now) => {
      const survey = of()
      return survey && nextRevision(draft, survey, now)
    },
    acknowledged,
    endOf,
    renamed: (draft) => ({ ...draft, id: newId(), pending: null }),
    met: (draft, seen) =>
      seen.answer === null ? reconciled({ ...draft, pending: null }, seen) : adopted(draft, seen, seen.answer),
  }
}
