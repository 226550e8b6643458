import type { Transaction } from 'kysely'
import { findCampaign } from '../../db/queries/campaigns.ts'
import { caseCells, type AnswerRow } from '../../db/queries/survey-results.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { CampaignKey } from '../campaigns/campaign.ts'
import { questionnaireOf } from '../campaigns/questionnaires.ts'
import { keptOutBy, medianPace, type QualityRule, type RuleCode } from '../core/quality/rules.ts'
import { answerSigns, type AnswerSigns } from '../core/quality/signs.ts'
import { askedSections } from '../core/questionnaire/asked.ts'
import { caseWeights, type AnswerWeight, type CaseWeights } from '../core/weights/case-weights.ts'
import { CellBook } from '../core/weights/cell-book.ts'
import { AppError } from '../errors.ts'
import { answerBatches } from './answers.ts'
import { rulesOf, weightingAttributes, weightingOf } from './settings.ts'

/** An answer as far as its weight depends on it; `attributes` as they stand on `survey_answer`. */
export interface WeighedAnswer {
  readonly id: string
  readonly stratum: string
  readonly psu: string | null
  readonly attributes: Readonly<Record<string, string>>
}

/** Weights of a campaign as they are now. */
export interface WeighedCampaign extends CaseWeights {
  /** The weight of a complete answer that stands, with its factors; null for one that is kept out. */
  readonly weightOf: (answer: WeighedAnswer) => AnswerWeight | null
  /** Which rule keeps an answer out, by its id. */
  readonly keptOut: ReadonlyMap<string, RuleCode>
}

/**
 * Weighs the answers of a campaign as they stand: rules of quality first, then `caseWeights` over what is left. This is what an
 * export asks for each answer's weight, stratum and first-stage unit; read it in the transaction that reads the answers.
 * @throws AppError not_found
 */
export async function weighCampaign(trx: Transaction<DB>, key: CampaignKey): Promise<WeighedCampaign> {
  const row = await findCampaign(trx, key.tenantId, key.campaignId)
  if (!row) throw new AppError('not_found')
  const weighting = weightingOf(row)
  const attributes = weightingAttributes(weighting)
  const questionnaire = await questionnaireOf(trx, key.tenantId, {
    code: row.questionnaire_code,
    version: row.questionnaire_version,
  })
  const answers: (Pick<AnswerRow, 'id' | 'stratum' | 'psu' | 'values'> & { signs: AnswerSigns })[] = []
  for await (const batch of answerBatches(trx, key, attributes))
    for (const { id, stratum, psu, values, answers: said, item_ms: itemMs } of batch)
      answers.push({ id, stratum, psu, values, signs: answerSigns(askedSections(questionnaire, said), said, itemMs) })
  const keptOut = keptOutAnswers(answers, rulesOf(row))
  const cells = new CellBook(attributes, await caseCells(trx, key, attributes))
  const counting = answers.filter(({ id }) => !keptOut.has(id))
  const made = caseWeights(cells.count(counting), weighting)
  return {
    ...made,
    keptOut,
    weightOf: ({ id, stratum, psu, attributes: own }) =>
      keptOut.has(id) ? null : (made.cells[cells.placeOf(stratum, psu ?? '', own) ?? -1] ?? null),
  }
}

/** Which answers the rules in force keep out. */
export function keptOutAnswers(
  answers: readonly { readonly id: string; readonly signs: AnswerSigns }[],
  rules: readonly QualityRule[],
): Map<string, RuleCode> {
  if (rules.length === 0) return new Map()
  const pace = medianPace(answers.map(({ signs }) => signs))
  return new Map(
    answers.flatMap(({ id, signs }) => {
      const rule = keptOutBy(rules, signs, pace)
      return rule === null ? [] : [[id, rule] as const]
    }),
  )
}
