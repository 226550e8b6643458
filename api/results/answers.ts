import type { Transaction } from 'kysely'
import { completeAnswers, privateAnswers, privateKeyVersions, type AnswerRow } from '../../db/queries/survey-results.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { CampaignKey } from '../campaigns/campaign.ts'
import type { SurveyAnswers } from '../core/questionnaire/definition.ts'
import { toHex, type TokenKeys } from '../invitations/token.ts'
import { pseudonymOf } from '../surveys/case.ts'

/** Answers in memory at once. */
const ANSWERS_AT_ONCE = 2000

/** Complete answers that stand, by id, a few at a time, without sensitive items. @param attributes of the frame to bring along */
export async function* answerBatches(
  trx: Transaction<DB>,
  key: CampaignKey,
  attributes: readonly string[],
): AsyncGenerator<AnswerRow[]> {
  for (let after: string | null = null; ;) {
    const rows: AnswerRow[] = await completeAnswers(trx, key, { attributes, after, limit: ANSWERS_AT_ONCE })
    if (rows.length > 0) yield rows
    if (rows.length < ANSWERS_AT_ONCE) return
    after = rows.at(-1)?.id ?? null
  }
}

/** An answer, and beside it all that was said. */
export interface WholeAnswer extends AnswerRow {
  readonly whole: SurveyAnswers
}

/**
 * The same with sensitive answers joined to them. That is possible only here, in the process that holds the key; they are
 * never written anywhere together.
 */
export async function* wholeAnswerBatches(
  trx: Transaction<DB>,
  key: CampaignKey,
  keys: TokenKeys,
  attributes: readonly string[],
): AsyncGenerator<WholeAnswer[]> {
  const versions = await privateKeyVersions(trx, key)
  for await (const rows of answerBatches(trx, key, attributes)) {
    const names = versions.map((version) => rows.map(({ id }) => toHex(pseudonymOf(keys, version, key.tenantId, id))))
    const found = names.length === 0 ? null : await privateAnswers(trx, key, names.flat())
    yield rows.map((row, i) => {
      const apart = names.flatMap((of) => found?.get(of[i] ?? '') ?? ([] as SurveyAnswers[]))
      const whole: SurveyAnswers = apart.length === 0 ? row.answers : Object.assign({}, row.answers, ...apart)
      return { ...row, whole }
    })
  }
}
