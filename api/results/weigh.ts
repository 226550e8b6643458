import type { Transaction } from 'kysely'
import { findCampaign, type CampaignRow } from '../../db/queries/campaigns.ts'
import { answerCells, caseCells } from '../../db/queries/survey-results.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { CampaignKey } from '../campaigns/campaign.ts'
import { questionnaireOf } from '../campaigns/questionnaires.ts'
import type { RuleCode } from '../core/quality/rules.ts'
import { answerSigns } from '../core/quality/signs.ts'
import { askedSections } from '../core/questionnaire/asked.ts'
import { weighAnswers, type WeighableAnswer } from '../core/results/weigh-answers.ts'
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
  const rules = rulesOf(row)
  const cells = new CellBook(attributes, await caseCells(trx, key, attributes))
  const { keptOut, weights } =
    rules.length === 0
      ? // who counts depends on nothing that was said, so no answer is read
        { keptOut: NOBODY, weights: caseWeights(cells.count(await answerCells(trx, key, attributes)), weighting) }
      : weighAnswers(await weighable(trx, key, row, attributes), rules, cells, weighting)
  return {
    ...weights,
    keptOut,
    weightOf: ({ id, stratum, psu, attributes: own }) =>
      keptOut.has(id) ? null : (weights.cells[cells.placeOf(stratum, psu ?? '', own) ?? -1] ?? null),
  }
}

const NOBODY: ReadonlyMap<string, RuleCode> = new Map()

async function weighable(
  trx: Transaction<DB>,
  key: CampaignKey,
  asked: Pick<CampaignRow, 'questionnaire_code' | 'questionnaire_version'>,
  attributes: readonly string[],
): Promise<WeighableAnswer[]> {
  const questionnaire = await questionnaireOf(trx, key.tenantId, {
    code: asked.questionnaire_code,
    version: asked.questionnaire_version,
  })
  const answers: WeighableAnswer[] = []
  for await (const batch of answerBatches(trx, key, attributes))
    for (const { id, stratum, psu, values, answers: said, item_ms: itemMs } of batch)
      answers.push({ id, stratum, psu, values, signs: answerSigns(askedSections(questionnaire, said), said, itemMs) })
  return answers
}
