import type { Answer, Answers } from '../../api/core/instrument/answers.ts'
import type { Applicant, Instrument, Language } from '../../api/core/instrument/definition.ts'
import { idOf, withdrawHashOf } from './receipt.ts'
import type { DraftRules } from './sender.ts'

export type Respondent = 'self' | 'relative' | 'assisted'

/** What `GET /api/invitations/{token}` answers. */
export type Invitation = {
  readonly state: 'open' | 'partial' | 'complete'
  readonly expiresAt: string
  /** The responsible unit; the one that takes the papers in may be another. */
  readonly unit: { readonly id: number; readonly name: string }
  readonly receivingUnit: { readonly id: number; readonly name: string }
  readonly procedure: { readonly code: string; readonly name: string }
  readonly event: string
  readonly applicant: Applicant
  readonly sample: boolean
  readonly instrument: { readonly code: string; readonly version: number; readonly definition: Instrument }
  readonly show: readonly string[]
  readonly more: readonly string[]
  readonly response: { readonly id: string; readonly revision: number; readonly answers: Answers } | null
}

/** The body of `POST /api/responses`. */
export type Revision = {
  readonly id: string
  readonly revision: number
  readonly token: string
  readonly instrument: { readonly code: string; readonly version: number }
  readonly answers: Answers
  readonly complete: boolean
  readonly respondent: Respondent
  readonly language: Language
  readonly startedAt: string
  readonly sentAt: string
  readonly itemMs: Readonly<Record<string, number>>
  readonly withdrawHash: string
}

/**
 * One invitation's answers on this device: what the person chose, what the server is known to hold, and the revision
 * that is on its way. It is kept in the browser's storage, so a reload or a dead battery loses nothing.
 */
export type Draft = {
  readonly format: 1
  readonly token: string
  readonly id: string
  readonly secret: string
  /** The invitation as last read, so that a reload without the server still shows the questions. */
  readonly invitation: Invitation | null
  readonly answers: Answers
  /** The answers of the last revision the server acknowledged. */
  readonly saved: Answers
  readonly respondent: Respondent
  readonly language: Language
  readonly startedAt: string
  readonly itemMs: Readonly<Record<string, number>>
  /** The highest revision made or seen; 0 before the first. */
  readonly revision: number
  /** A revision sent and not yet acknowledged. It is repeated word for word, so repeating it can never store twice. */
  readonly pending: Revision | null
  /** The person pressed "send". */
  readonly finished: boolean
  /** `elsewhere`: completed by another device, so what is here can no longer be added. */
  readonly state: 'open' | 'partial' | 'complete' | 'elsewhere' | 'gone'
}

/** The server takes revisions 1 to 50. Partial ones stop here, so that "send" always has one left. */
export const PARTIAL_REVISION_MAX = 40
const ITEM_MS_MAX = 3_600_000

/** A draft with nothing chosen. `secret` is from `newSecret`, `now` an ISO time. */
export function newDraft(
  invitation: Invitation,
  token: string,
  secret: string,
  language: Language,
  now: string,
): Draft {
  return {
    format: 1,
    token,
    id: idOf(secret),
    secret,
    invitation,
    answers: {},
    saved: {},
    respondent: 'self',
    language,
    startedAt: now,
    itemMs: {},
    revision: 0,
    pending: null,
    finished: false,
    state: 'open',
  }
}

/** Takes an answer (null removes it) and adds the time spent on it, in ms. A finished draft does not change. */
export function withAnswer(draft: Draft, item: string, answer: Answer | null, spentMs: number): Draft {
  if (draft.finished) return draft
  const answers: Record<string, Answer> = { ...draft.answers }
  if (answer === null) delete answers[item]
  else answers[item] = answer
  const ms = Math.min(ITEM_MS_MAX, (draft.itemMs[item] ?? 0) + Math.max(0, Math.round(spentMs)))
  return { ...draft, answers, itemMs: { ...draft.itemMs, [item]: ms } }
}

/** Items whose answer here is not what the server acknowledged. */
export function changedItems(draft: Draft): string[] {
  return differing(draft.answers, draft.saved)
}

/** Keys under which two sets of answers do not say the same. */
export function differing(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): string[] {
  const codes = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...codes].filter((code) => JSON.stringify(a[code]) !== JSON.stringify(b[code]))
}

/** How many answers are only on this device; the "send" itself counts as one when nothing else waits. */
export function unsentCount(draft: Draft): number {
  if (draft.state === 'complete' || draft.state === 'elsewhere' || draft.state === 'gone') return 0
  return Math.max(changedItems(draft).length, draft.finished ? 1 : 0)
}

/**
 * The revision to send now, as the draft with `pending` set, or null when there is nothing to send. A pending revision
 * always goes first.
 */
export function nextRevision(draft: Draft, now: string): Draft | null {
  if (draft.state === 'complete' || draft.state === 'elsewhere' || draft.state === 'gone') return null
  if (draft.pending !== null) return draft
  if (Object.keys(draft.answers).length === 0 || draft.invitation === null) return null
  if (!draft.finished && (changedItems(draft).length === 0 || draft.revision >= PARTIAL_REVISION_MAX)) return null
  const { code, version } = draft.invitation.instrument
  const revision = draft.revision + 1
  const pending: Revision = {
    id: draft.id,
    revision,
    token: draft.token,
    instrument: { code, version },
    answers: draft.answers,
    complete: draft.finished,
    respondent: draft.respondent,
    language: draft.language,
    startedAt: draft.startedAt,
    sentAt: now,
    itemMs: draft.itemMs,
    withdrawHash: withdrawHashOf(draft.secret),
  }
  return { ...draft, revision, pending }
}

/** The server stored the pending revision. */
export function acknowledged(draft: Draft, sent: Revision): Draft {
  // Another tab may already have had this revision acknowledged and sent the next.
  if (draft.pending?.revision !== sent.revision || draft.id !== sent.id) return draft
  const state = sent.complete ? 'complete' : 'partial'
  return { ...draft, pending: null, saved: sent.answers, state }
}

/**
 * The server holds a revision this device did not make (another device or tab). Its answers are taken over, and what
 * was changed here since the last acknowledgement is laid on top, to be sent as the next revision of the same response.
 */
export function adopted(draft: Draft, held: NonNullable<Invitation['response']>): Draft {
  const answers: Record<string, Answer> = { ...held.answers }
  // A pending revision may have arrived although its acknowledgement did not: an answer that was changed and changed
  // back meanwhile equals the last acknowledged one, yet the server holds the one in between.
  const sent = draft.pending === null ? [] : differing(draft.pending.answers, draft.saved)
  for (const item of new Set([...changedItems(draft), ...sent])) {
    const own = draft.answers[item]
    if (own === undefined) delete answers[item]
    else answers[item] = own
  }
  return {
    ...draft,
    id: held.id,
    answers,
    saved: held.answers,
    revision: held.id === draft.id ? Math.max(held.revision, draft.revision) : held.revision,
    pending: null,
    state: 'partial',
  }
}

/** What a fresh look at the invitation means for a draft kept on this device. */
export function reconciled(draft: Draft, invitation: Invitation): Draft {
  const seen = { ...draft, invitation }
  if (draft.state === 'complete' || draft.state === 'gone') return seen
  if (invitation.state === 'complete') {
    // A "send" of ours whose answer got lost may be what completed it; repeating it tells.
    return draft.pending?.complete === true ? seen : { ...seen, state: 'elsewhere', pending: null }
  }
  const held = invitation.response
  if (held === null) return seen
  // Our own revision on its way is repeated first; only then is what the server holds older than what is here.
  if (held.id === draft.id && held.revision <= draft.revision) return { ...seen, saved: draft.saved }
  return adopted(seen, held)
}

/** What remains once a response is complete: its receipt, without the answers. */
export function receiptOnly(draft: Draft): Draft {
  return {
    ...draft,
    answers: {},
    saved: {},
    itemMs: {},
    invitation: draft.invitation && { ...draft.invitation, response: null },
  }
}

/** How a rating's draft meets the server's replies. @param newSecret for an id that turned out to be taken */
export function ratingRules(newSecret: () => string): DraftRules<Draft, Revision, Invitation> {
  return {
    nextRevision,
    acknowledged,
    endOf: ({ status, code }) =>
      code === 'already_complete' ? 'elsewhere' : [404, 410].includes(status) ? 'gone' : null,
    renamed: (draft) => {
      const secret = newSecret()
      return { ...draft, secret, id: idOf(secret), pending: null }
    },
    met: (draft, seen) =>
      seen.response ? adopted(draft, seen.response) : reconciled({ ...draft, pending: null }, seen),
  }
}
