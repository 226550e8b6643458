import { z } from 'zod'
import { RULE_CODES } from '../core/quality/rules.ts'
import { weightingSchema } from '../core/weights/weighting.ts'
import { count, estimate, named, needed, paged, text, unitRef } from './answers.ts'
import { line } from './campaign-answers.ts'
import type { Operation } from './operations.ts'

const number = z.number().nullable()
const published = z.object({ estimate, stage: z.enum(['hidden', 'interval_only', 'full']), needed })
const withheld = z
  .enum(['until_closed', 'too_few'])
  .nullable()
  .describe('Why nothing is told of what is kept apart: answers still come in, or too few were asked')
const element = z.object({
  code: z.string(),
  kind: z.enum(['node', 'indicator']),
  parent: z.string().nullable(),
  label: text,
  item: z.string().nullable().describe('The question that gives it'),
  statistic: z.string().nullable(),
  present: count.describe('Children that the score is made of'),
  of: count,
  clipped: count,
  ...published.shape,
  withheld,
  band: text.nullable().describe('Grade, where the edition has grades'),
})
const root = element.pick({ code: true, present: true, of: true, clipped: true }).extend(published.shape)
const selection = z
  .object({
    rho: z.number().describe('Assumed correlation between answering and the answer, left after weighting'),
    participation: z.number(),
    reach: z.number(),
    lo: z.number(),
    hi: z.number(),
    worth: number.describe('Answers of a random sample that would be as near to the truth'),
  })
  .nullable()
  .describe('The sampling interval widened by what self-selection of that strength may do')
const summary = z.object({
  campaign: line,
  cases: z
    .object({ asked: count, answered: count, silent: count, unknown: count, ineligible: count, quotaFull: count })
    .describe('Released cases; answers that are kept out are silent, whom a filled quota turned away are not'),
  responseRate: estimate.describe('AAPOR RR3 with the answers that count'),
  keptOut: count.describe('Complete answers that rules in force keep out'),
  weights: z.object({
    n: count,
    deff: number.describe('Kish’s design effect of unequal weights'),
    nEff: number,
    warnings: z.array(z.enum(['uneven_weights', 'too_few_effective', 'margins_left_aside'])),
    population: z.number().describe('Members of the population for which the answers stand'),
    capped: count.describe('Answers whose weight was cut'),
  }),
})
const editionName = { id: z.string(), edition: z.string(), label: text }
named(
  'CampaignResults',
  summary.extend({
    rho: z.number(),
    editions: z.array(z.object(editionName)).describe('Editions that this questionnaire feeds'),
    chosen: z
      .object({
        ...editionName,
        scale: z.object({ min: z.number(), max: z.number() }),
        sha256: z.string(),
        units: count,
        elements: z.array(element.extend({ selection })).describe('Nodes from the root down, then indicators'),
      })
      .nullable(),
  }),
)
named('CampaignUnitResults', paged(z.object({ unit: unitRef, elements: z.array(element) })))
const counts = { asked: count, answered: count, dontKnow: count, skipped: count, notAsked: count }
named(
  'CampaignQuestions',
  paged(
    z.object({
      code: z.string(),
      type: z.string(),
      section: z.string(),
      repeats: z.boolean().describe('Asked once for each unit that was rated'),
      label: text,
      short: text,
      sensitive: z.boolean(),
      minimum: count.describe('Answers below which nothing is shown'),
      counts: z.object(counts).nullable(),
      withheld,
      options: z.array(
        z.object({ code: z.string(), label: text, favourable: z.boolean(), share: published.describe('0 to 1') }),
      ),
      mean: published.nullable(),
      unit: text.nullable(),
    }),
  ),
)
const span = z.object({ min: z.number(), max: z.number() }).nullable()
const totals = z.array(z.object({ value: z.string(), total: z.number() }))
named(
  'CampaignWeights',
  summary.extend({
    weighting: weightingSchema,
    frame: z
      .array(z.object({ attribute: z.string(), totals }))
      .describe('Members of the frame by attribute; the empty name is the stratum'),
    margins: z.array(
      z.object({
        attribute: z.string(),
        value: z.string(),
        total: z.number(),
        before: z.number(),
        after: z.number(),
      }),
    ),
    faults: z
      .array(z.object({ code: z.string(), attribute: z.string(), value: z.string().nullable() }))
      .describe('Why the margins were left aside'),
    classes: paged(
      z.object({
        names: z.array(z.string()).describe('Cells that share its factors, at most twelve'),
        namesOmitted: count.describe('How many more there are'),
        joined: z.array(z.string()).describe('Attributes across which it was joined; empty name: strata'),
        answers: count,
        silent: count,
        unknown: count,
        ineligible: count,
        eligibility: number,
        response: number,
        design: span,
        raking: span,
        weight: span,
      }),
    ),
  }),
)
named(
  'CampaignQuality',
  summary.extend({
    pace: number.describe('Median milliseconds for a question'),
    timed: count.describe('Answers with times'),
    rules: z.array(
      z.object({
        code: z.enum(RULE_CODES),
        limit: z.number(),
        inForce: z.boolean(),
        told: count.describe('Answers that it tells at this limit'),
        keptOut: count,
      }),
    ),
    questions: z.array(
      z.object({
        code: z.string(),
        section: z.string(),
        short: text,
        sensitive: z.boolean(),
        repeats: z.boolean(),
        withheld,
        asked: count.nullable(),
        answered: count.nullable(),
        dontKnow: count.nullable(),
        skipped: count.nullable(),
        notAsked: count.nullable(),
      }),
    ),
    score: z
      .object({ ...editionName, with: root.nullable(), without: root.nullable() })
      .nullable()
      .describe('The index with the rules in force and without them'),
  }),
)

const read = ['not_found', 'wrong_state', 'invalid_input'] as const
const campaign = '/api/campaigns/:id'

/** Operations of the doors of results, as in the table role × endpoint. */
export const resultOperations: Readonly<Record<string, Operation>> = {
  [`GET ${campaign}/results`]: {
    id: 'getCampaignResults',
    summary: 'Sub-indicators of a campaign as a whole, each with sampling interval and selection band',
    answers: { 200: 'CampaignResults' },
    problems: read,
  },
  [`GET ${campaign}/results/units`]: {
    id: 'listCampaignUnitResults',
    summary: 'Sub-indicators by unit: the commune people are from, or the office that was rated',
    answers: { 200: 'CampaignUnitResults' },
    problems: [...read, 'malformed_cursor'],
  },
  [`GET ${campaign}/results/questions`]: {
    id: 'listCampaignQuestions',
    summary: 'Weighted results question by question, with what is missing and why',
    answers: { 200: 'CampaignQuestions' },
    problems: [...read, 'malformed_cursor'],
  },
  [`GET ${campaign}/weights`]: {
    id: 'getCampaignWeights',
    summary: 'How answers are weighed, factor by factor',
    answers: { 200: 'CampaignWeights' },
    problems: [...read, 'malformed_cursor'],
  },
  [`PUT ${campaign}/weights`]: {
    id: 'putCampaignWeights',
    summary: 'Set classes of non-response, margins and cap',
    answers: { 200: 'CampaignWeights' },
    problems: [...read, 'malformed_json'],
  },
  [`GET ${campaign}/quality`]: {
    id: 'getCampaignQuality',
    summary: 'Signs of haste, item non-response, and what rules keep out',
    answers: { 200: 'CampaignQuality' },
    problems: read,
  },
  [`PUT ${campaign}/quality`]: {
    id: 'putCampaignQuality',
    summary: 'Put rules in force by which answers are kept out of results, or take them back',
    answers: { 200: 'CampaignQuality' },
    problems: [...read, 'malformed_json'],
  },
}
