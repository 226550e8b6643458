import type { Transaction } from 'kysely'
import { z } from 'zod'
import { countCases } from '../../db/queries/campaign-draw.ts'
import {
  answersByDay,
  caseGroups,
  partialAnswers,
  sampledStrata,
  timedAnswers,
  type PartialRow,
} from '../../db/queries/campaign-field.ts'
import { countFrame } from '../../db/queries/campaign-frame.ts'
import { countConflicts } from '../../db/queries/case-answers.ts'
import { findCampaign } from '../../db/queries/campaigns.ts'
import type { DB } from '../../db/schema/tables.ts'
import { dropOff } from '../core/field/drop-off.ts'
import { publishedMedian } from '../core/field/median.ts'
import { countOutcomes, type CaseGroup, type Outcomes } from '../core/field/outcomes.ts'
import { answeredShare, questionsOf } from '../core/field/progress.ts'
import { eligibleShare, responseRates } from '../core/field/response-rates.ts'
import { sectionTimes } from '../core/field/section-times.ts'
import type { Questionnaire } from '../core/questionnaire/definition.ts'
import { decodeCursor, page } from '../cursor.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { campaignLine, type CampaignKey } from './campaign.ts'
import { questionnaireOf } from './questionnaires.ts'

/** Answers whose times are looked at: enough for a median to a few per cent, and a page that does not wait for them. */
const TIMED_ANSWERS = 500
const DAYS_LISTED = 400
/** Partial answers in memory at once. */
const PARTIAL_AT_ONCE = 2000

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
    const partial = await partialCases(trx, key, questionnaire)
    const whole = await caseGroups(trx, key, { stratum: false, partial: false })
    const outcomes = countOutcomes([...whole.map((group) => ({ ...group, share: 0 })), ...partial])
    const sectionOf = new Map(questions.map(({ code, section }) => [code, section]))
    const times = sectionTimes(await timedAnswers(trx, key, TIMED_ANSWERS), sectionOf)
    const last = partial.flatMap(({ last_item: item }) => (item === null ? [] : [{ key: item, answers: 1 }]))
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
    const questionnaire = await questionnaireOf(trx, key.tenantId, asked)
    const strata = await sampledStrata(trx, key, { offset, limit: query.limit + 1 })
    const whole = await caseGroups(trx, key, { stratum: true, partial: false })
    const partial = await partialCases(trx, key, questionnaire)
    const groups = [...whole.map((group) => ({ ...group, share: 0 })), ...partial]
    const e = eligibleShare(countOutcomes(groups))
    const byStratum = Map.groupBy(groups, ({ stratum }) => stratum)
    return page(
      strata,
      query.limit,
      ({ stratum, members, sampled }) => {
        return { stratum, frame: members, ...lineOf(sampled, countOutcomes(byStratum.get(stratum) ?? []), e) }
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

/** A case with a partial answer, and how far that got. */
type PartialCase = CaseGroup & Pick<PartialRow, 'stratum' | 'last_item'>

/** Every partial answer as a case of its own; what it says is measured on the way and not kept. */
async function partialCases(
  trx: Transaction<DB>,
  key: CampaignKey,
  questionnaire: Questionnaire,
): Promise<PartialCase[]> {
  const shareOf = answeredShare(questionnaire)
  const cases: PartialCase[] = []
  for (let after: string | null = null; ;) {
    const rows: PartialRow[] = await partialAnswers(trx, key, { after, limit: PARTIAL_AT_ONCE })
    for (const { stratum, disposition, answers, last_item } of rows)
      cases.push({ state: 'partial', stratum, disposition, opened: true, share: shareOf(answers), cases: 1, last_item })
    if (rows.length < PARTIAL_AT_ONCE) return cases
    after = rows.at(-1)?.id ?? null
  }
}
