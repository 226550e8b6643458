import { z } from 'zod'
import { countCases } from '../../db/queries/campaign-draw.ts'
import {
  answersByDay,
  caseGroups,
  sampledStrata,
  timedAnswers,
  type CaseGroupRow,
} from '../../db/queries/campaign-field.ts'
import { countFrame } from '../../db/queries/campaign-frame.ts'
import { countConflicts } from '../../db/queries/case-answers.ts'
import { findCampaign } from '../../db/queries/campaigns.ts'
import { dropOff } from '../core/field/drop-off.ts'
import { publishedMedian } from '../core/field/median.ts'
import { countOutcomes, type Outcomes } from '../core/field/outcomes.ts'
import { progressOf, questionsOf, type Question } from '../core/field/progress.ts'
import { eligibleShare, responseRates } from '../core/field/response-rates.ts'
import { sectionTimes } from '../core/field/section-times.ts'
import { decodeCursor, page } from '../cursor.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { campaignLine, type CampaignKey } from './campaign.ts'
import { questionnaireOf } from './questionnaires.ts'

/** Answers whose times are looked at: enough for a median to a few per cent, and a page that does not wait for them. */
const TIMED_ANSWERS = 500
const DAYS_LISTED = 400

/**
 * How the field work of a campaign stands: what became of its cases, AAPOR's response rates, answers by day, time for each section
 * and where answers stop. Nothing in it says what was answered, or by whom.
 * @throws AppError not_found
 */
export async function fieldReport(services: Services, key: CampaignKey) {
  return services.db.withTenant(key.tenantId, async (trx) => {
    const row = await findCampaign(trx, key.tenantId, key.campaignId)
    if (!row) throw new AppError('not_found')
    const asked = { code: row.questionnaire_code, version: row.questionnaire_version }
    const questionnaire = await questionnaireOf(trx, key.tenantId, asked)
    const questions = questionsOf(questionnaire)
    const { members } = await countFrame(trx, key)
    const { main, released } = await countCases(trx, key)
    const groups = await caseGroups(trx, key, false)
    const outcomes = countOutcomes(groups.map((group) => withProgress(questions, group)))
    const sectionOf = new Map(questions.map(({ code, section }) => [code, section]))
    const times = sectionTimes(await timedAnswers(trx, key, TIMED_ANSWERS), sectionOf)
    const last = groups.flatMap(({ last_item: item, cases }) => (item === null ? [] : [{ key: item, answers: cases }]))
    const stopped = new Map(dropOff(questions, outcomes.complete, last).map((one) => [one.code, one.stopped]))
    return {
      campaign: campaignLine(row),
      frame: members,
      target: main,
      conflicts: await countConflicts(trx, key),
      ...lineOf(main + released, outcomes, eligibleShare(outcomes)),
      eligible: eligibleShare(outcomes),
      days: await answersByDay(trx, key, DAYS_LISTED),
      sections: questionnaire.sections.map(({ code, title }) => ({
        code,
        title,
        timeMs: publishedMedian(times.get(code) ?? []),
        questions: questions
          .filter(({ section }) => section === code)
          .map((question) => ({
            code: question.code,
            short: question.short,
            stopped: stopped.get(question.code) ?? null,
          })),
      })),
    }
  })
}

/**
 * The same by strata, in order of their names. The share of unknown cases that is taken to be eligible is the campaign's.
 * @throws AppError not_found
 */
export async function fieldStrata(
  services: Services,
  key: CampaignKey,
  query: { cursor: string | undefined; limit: number },
) {
  const offset = decodeCursor(query.cursor, z.tuple([z.int().min(0)]))?.[0] ?? 0
  return services.db.withTenant(key.tenantId, async (trx) => {
    const row = await findCampaign(trx, key.tenantId, key.campaignId)
    if (!row) throw new AppError('not_found')
    const asked = { code: row.questionnaire_code, version: row.questionnaire_version }
    const questions = questionsOf(await questionnaireOf(trx, key.tenantId, asked))
    const strata = await sampledStrata(trx, key, { offset, limit: query.limit + 1 })
    const groups = await caseGroups(trx, key, true)
    const e = eligibleShare(countOutcomes(groups.map((group) => withProgress(questions, group))))
    const byStratum = Map.groupBy(groups, ({ stratum }) => stratum)
    return page(
      strata,
      query.limit,
      ({ stratum, members, sampled }) => {
        const of = (byStratum.get(stratum) ?? []).map((group) => withProgress(questions, group))
        return { stratum, frame: members, ...lineOf(sampled, countOutcomes(of), e) }
      },
      () => [offset + query.limit],
    )
  })
}

/** Counts and rates of one line. Reached is everybody of whom more is known than that nobody could be reached. */
function lineOf(sampled: number, outcomes: Outcomes, e: number) {
  return {
    sampled,
    reached: sampled - outcomes.unknown - outcomes.nonContact,
    answered: outcomes.complete,
    outcomes,
    rates: responseRates(outcomes, e),
  }
}

function withProgress(questions: readonly Question[], { last_item: item, ...group }: CaseGroupRow) {
  return { ...group, progress: progressOf(questions, item) }
}
