import type { SurveyWrite } from '../../db/queries/survey-answers.ts'
import type { SurveyAnswers } from '../core/questionnaire/definition.ts'
import { codeOf, lastAnswered, splitSensitive } from '../core/questionnaire/parts.ts'
import { localDate } from '../core/time/moment.ts'
import { hmacSha256, sha256, toHex, type TokenKeys } from '../invitations/token.ts'
import { pseudonymOf } from './case.ts'
import type { KnownQuestionnaire } from './questionnaires.ts'
import type { SurveySubmission } from './schema.ts'

/** What is known of an answer beside its submission. */
interface About {
  readonly now: Date
  readonly keys: TokenKeys
  readonly deviceHash: Uint8Array | null
  /** Forms for which the answers were found good; null where there are none. */
  readonly forms: readonly (string | null)[]
  /** The answers of the submission, or these with sensitive ones of revision `seen`. */
  readonly answers: SurveyAnswers
  readonly seen: number | null
}

/**
 * An answer as it is written. Times spent on questions that are kept apart are left out: that such a question was asked would tell
 * what was answered before it.
 */
export function surveyWrite(submission: SurveySubmission, known: KnownQuestionnaire, about: About): SurveyWrite {
  const { definition, apart, tenantId } = known
  const now = about.now.toISOString()
  const { open, sensitive } = splitSensitive(definition, about.answers)
  const itemMs = Object.entries(submission.itemMs).filter(([key]) => !apart.has(codeOf(key)))
  const pseudonyms = [...about.keys.byVersion.keys()].map(
    (version) => [version, toHex(pseudonymOf(about.keys, version, tenantId, submission.id))] as const,
  )
  return {
    token_hash: toHex(sha256(submission.token)),
    questionnaire_code: definition.code,
    questionnaire_version: definition.version,
    forms: about.forms.map((form) => form ?? ''),
    id: submission.id,
    revision: submission.revision,
    complete: submission.complete,
    seen: about.seen,
    answers: open,
    sensitive,
    pseudonyms: Object.fromEntries(pseudonyms),
    content_hashes: contentHashes(about.keys, submission),
    last_item: lastAnswered(definition, about.answers),
    item_ms: Object.fromEntries(itemMs),
    language: submission.language,
    started_at: submission.startedAt.toISOString(),
    sent_at: submission.sentAt.toISOString(),
    received_at: now,
    today: localDate(now),
    device_hash: about.deviceHash ? toHex(about.deviceHash) : null,
  }
}

/**
 * What makes two submissions the same, by version of the key: what was said, not when. Keyed, because a plain hash over few
 * possible answers would give the sensitive ones among them away.
 */
export function contentHashes(keys: TokenKeys, submission: SurveySubmission): Record<string, string> {
  const { id, answers, cleared, complete, language } = submission
  const byKey = Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1))
  const text = `survey-content:${JSON.stringify([id, byKey, cleared.toSorted(), complete, language])}`
  return Object.fromEntries([...keys.byVersion].map(([version, secret]) => [version, toHex(hmacSha256(secret, text))]))
}
