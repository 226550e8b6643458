import type { Transaction } from 'kysely'
import { caseGroups } from '../../db/queries/campaign-field.ts'
import { findCampaign, type CampaignRow } from '../../db/queries/campaigns.ts'
import { answersMark, caseCells } from '../../db/queries/survey-results.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { CampaignKey } from '../campaigns/campaign.ts'
import { questionnaireOf } from '../campaigns/questionnaires.ts'
import { countOutcomes, type Outcomes } from '../core/field/outcomes.ts'
import { eligibleShare, responseRates } from '../core/field/response-rates.ts'
import type { QualityRule } from '../core/quality/rules.ts'
import { answerSigns } from '../core/quality/signs.ts'
import { askedSections } from '../core/questionnaire/asked.ts'
import type { Questionnaire } from '../core/questionnaire/definition.ts'
import type { Participation } from '../core/results/bands.ts'
import { RespondentsBuilder, type Respondents } from '../core/results/respondents.ts'
import type { Sample } from '../core/results/sample.ts'
import { sampleOf, weighAnswers, type WeighableAnswer, type WeighedAnswers } from '../core/results/weigh-answers.ts'
import type { Estimate } from '../core/stats/estimate.ts'
import { CellBook } from '../core/weights/cell-book.ts'
import type { Weighting } from '../core/weights/case-weights.ts'
import { AppError } from '../errors.ts'
import { memory } from '../indices/remember.ts'
import type { Services } from '../services.ts'
import { wholeAnswerBatches } from './answers.ts'
import { rulesOf, weightingAttributes, weightingOf } from './settings.ts'

/** Answers of a campaign as columns, one with its weight and signs beside each. */
interface Gathered {
  readonly answers: readonly WeighableAnswer[]
  readonly respondents: Respondents
}

/** A campaign with its answers weighed, as results, quality and weights are made from. */
export interface CampaignAnswers extends Gathered, Participation {
  readonly row: CampaignRow
  readonly questionnaire: Questionnaire
  readonly weighting: Weighting
  readonly rules: readonly QualityRule[]
  readonly cells: CellBook
  readonly cases: CaseTotals
  /** AAPOR's RR3 with the answers that count as complete. */
  readonly responseRate: Estimate
  readonly weighed: WeighedAnswers
  readonly sample: Sample
}

/** Cases that were asked, by what is known of them; answers that are kept out are silent. */
export interface CaseTotals {
  readonly asked: number
  readonly answered: number
  readonly silent: number
  readonly unknown: number
  readonly ineligible: number
  readonly quotaFull: number
}

/** Columns of the last campaigns that were looked at: nothing is read twice while no answer comes in. */
const kept = memory<Gathered>(2)

/**
 * Reads and weighs a campaign's complete answers. Sensitive answers are joined on the way into columns, in this process alone.
 * @throws AppError not_found; wrong_state for a draft
 */
export async function gatherCampaign(services: Services, key: CampaignKey): Promise<CampaignAnswers> {
  return services.db.withTenant(key.tenantId, async (trx) => {
    const row = await findCampaign(trx, key.tenantId, key.campaignId)
    if (!row) throw new AppError('not_found')
    if (row.state === 'draft') throw new AppError('wrong_state')
    const asked = { code: row.questionnaire_code, version: row.questionnaire_version }
    const questionnaire = await questionnaireOf(trx, key.tenantId, asked)
    const weighting = weightingOf(row)
    const rules = rulesOf(row)
    const attributes = weightingAttributes(weighting)
    const mark = JSON.stringify([key.tenantId, key.campaignId, attributes, await answersMark(trx, key)])
    const gathered = kept.get(mark) ?? kept.set(mark, await readAnswers(trx, services, key, questionnaire, attributes))
    const cells = new CellBook(attributes, await caseCells(trx, key, attributes))
    const weighed = weighAnswers(gathered.answers, rules, cells, weighting)
    const outcomes = await outcomesOf(trx, key, weighed.weights.effect.n)
    const responseRate = responseRates(outcomes, eligibleShare(outcomes)).rr3
    return {
      row,
      questionnaire,
      weighting,
      rules,
      cells,
      cases: totalsOf(outcomes),
      weighed,
      ...gathered,
      sample: sampleOf(gathered.answers, weighed),
      responseRate,
      participation: responseRate.est ?? 0,
      unevenness: weighed.weights.unevenness,
    }
  })
}

async function readAnswers(
  trx: Transaction<DB>,
  services: Services,
  key: CampaignKey,
  questionnaire: Questionnaire,
  attributes: readonly string[],
): Promise<Gathered> {
  const answers: WeighableAnswer[] = []
  const builder = new RespondentsBuilder(questionnaire)
  for await (const batch of wholeAnswerBatches(trx, key, services.tokenKeys, attributes))
    for (const { id, stratum, psu, values, form, unit_id: unit, answers: said, whole, item_ms: itemMs } of batch) {
      const pages = askedSections(questionnaire, said)
      answers.push({ id, stratum, psu, values, signs: answerSigns(pages, said, itemMs) })
      builder.add(whole === said ? pages : askedSections(questionnaire, whole), whole, { unit, form })
    }
  return { answers, respondents: builder.build() }
}

function totalsOf(outcomes: Outcomes): CaseTotals {
  const { complete, unknown, ineligible, quotaFull } = outcomes
  const asked = Object.values(outcomes).reduce((sum, cases) => sum + cases, 0)
  return {
    asked,
    answered: complete,
    silent: asked - complete - unknown - ineligible - quotaFull,
    unknown,
    ineligible,
    quotaFull,
  }
}

/**
 * What became of the cases as the field report has it, but for answers that are kept out, which are cases without one. A partial
 * answer is none either; how far it got changes neither these counts nor AAPOR's RR3.
 */
async function outcomesOf(trx: Transaction<DB>, key: CampaignKey, counting: number): Promise<Outcomes> {
  const groups = await caseGroups(trx, key, { stratum: false, partial: true })
  const outcomes = countOutcomes(groups.map((group) => ({ ...group, share: 0 })))
  const keptOut = Math.max(0, outcomes.complete - counting)
  return { ...outcomes, complete: outcomes.complete - keptOut, other: outcomes.other + keptOut }
}
