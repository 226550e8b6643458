import { noteEvent } from '../../db/queries/campaigns.ts'
import { setQualityRules } from '../../db/queries/survey-results.ts'
import { holdCampaign, type Actor, type CampaignKey } from '../campaigns/campaign.ts'
import { canonicalText } from '../core/instrument/canonical.ts'
import { DEFAULT_LIMITS, isToldBy, medianPace, RULE_CODES, type QualityRule } from '../core/quality/rules.ts'
import { questionResults } from '../core/results/questions.ts'
import { sampleOf, weighAnswers } from '../core/results/weigh-answers.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { gatherCampaign, type CampaignAnswers } from './gather.ts'
import { chosenEdition, editionsOf, scoresOf, summaryOf } from './results.ts'
import { rulesOf } from './settings.ts'

/**
 * Data quality of a campaign: how many answers each rule tells at its limit and whether it keeps them out, questions with the
 * answers they lack, and the index with and without the rules in force.
 * @throws AppError not_found; wrong_state for a draft
 */
export async function campaignQuality(services: Services, key: CampaignKey) {
  const gathered = await gatherCampaign(services, key)
  const { row, answers, rules, questionnaire, respondents, sample, weighed } = gathered
  const pace = medianPace(answers.map(({ signs }) => signs))
  const inForce = new Map(rules.map((rule) => [rule.code, rule.limit]))
  const edition = chosenEdition(await editionsOf(services, key, gathered), undefined)
  const rootOf = (of: CampaignAnswers) => (edition === null ? null : (scoresOf(of, edition).whole[0] ?? null))
  const ruleBy = Map.groupBy(weighed.keptOut.values(), (code) => code)
  return {
    ...summaryOf(gathered),
    pace,
    timed: answers.filter(({ signs }) => signs.msPerQuestion !== null).length,
    rules: RULE_CODES.map((code) => {
      const limit = inForce.get(code) ?? DEFAULT_LIMITS[code]
      const rule = { code, limit } as QualityRule
      return {
        code,
        limit,
        inForce: inForce.has(code),
        told: answers.filter(({ signs }) => isToldBy(rule, signs, pace)).length,
        keptOut: ruleBy.get(code)?.length ?? 0,
      }
    }),
    questions: questionResults(questionnaire, respondents, sample, row.state === 'closed').map(
      ({ code, section, short, sensitive, repeats, counts, withheld }) => ({
        code,
        section,
        short,
        sensitive,
        repeats,
        withheld,
        ...(counts ?? UNTOLD),
      }),
    ),
    score:
      edition === null
        ? null
        : {
            id: edition.id,
            edition: edition.edition,
            label: edition.definition.label,
            with: rootOf(gathered),
            without: rules.length === 0 ? null : rootOf(withoutRules(gathered)),
          },
  }
}

/**
 * Puts rules in force, or takes them back, and notes who did and how many answers each keeps out. Nothing is deleted: without the
 * rule all is as before.
 * @throws AppError not_found; wrong_state for a draft
 */
export async function setCampaignRules(services: Services, by: Actor, campaignId: number, rules: QualityRule[]) {
  const key = { tenantId: by.tenantId, campaignId }
  const now = services.now()
  const { answers, cells, weighting } = await gatherCampaign(services, key)
  const { keptOut } = weighAnswers(answers, rules, cells, weighting)
  await services.db.withTenant(by.tenantId, async (trx) => {
    const row = await holdCampaign(trx, key)
    if (row.state === 'draft') throw new AppError('wrong_state')
    const before = rulesOf(row)
    if (canonicalText(before) === canonicalText(rules)) return
    await setQualityRules(trx, key, rules)
    const detail = { before, after: rules, keptOut: keptOut.size, of: answers.length }
    await noteEvent(trx, by.tenantId, campaignId, { at: now, actor: by.actor, action: 'quality_rules', detail })
  })
  return campaignQuality(services, key)
}

/** Counts of a question that is withheld. */
const UNTOLD = { asked: null, answered: null, dontKnow: null, skipped: null, notAsked: null }

/** The same campaign as if no rule were in force. */
function withoutRules(gathered: CampaignAnswers): CampaignAnswers {
  const weighed = weighAnswers(gathered.answers, [], gathered.cells, gathered.weighting)
  return { ...gathered, weighed, sample: sampleOf(gathered.answers, weighed) }
}
