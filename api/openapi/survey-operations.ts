import { z } from 'zod'
import { day, named, unitKind } from './answers.ts'
import type { Operation } from './operations.ts'

named(
  'Survey',
  z.object({
    token: z.string().optional().describe('The token of the same case, when it was asked for by typed code'),
    state: z.enum(['open', 'partial', 'complete']),
    closesOn: day.describe('Last day on which answers are taken'),
    campaign: z.object({
      title: z.string(),
      organiser: z.object({ name: z.string(), phone: z.string(), email: z.string() }).nullable().describe('Who asks'),
    }),
    form: z.string().nullable().describe('Form of list experiments that this case got by chance'),
    sample: z.boolean(),
    questionnaire: z.object({
      code: z.string(),
      version: z.int(),
      sha256: z.string(),
      definition: z.looseObject({ code: z.string() }),
    }),
    units: z
      .array(z.object({ id: z.int(), kind: unitKind, name: z.string() }))
      .max(2000)
      .describe('Units to choose from, by name; empty where the questionnaire lets none be chosen'),
    answer: z
      .object({
        id: z.uuid(),
        revision: z.int(),
        answers: z.record(z.string(), z.unknown()),
        hidden: z
          .array(z.string())
          .describe(
            'Keys of sensitive answers that are stored, without what is asked only on account of one; the answers are never sent back',
          ),
      })
      .nullable()
      .describe('While partial, so that it can be continued elsewhere'),
  }),
)

const refusals = ['not_found', 'rating_code', 'rate_limited', 'expired', 'not_yet_open', 'quota_full'] as const

/** Operations of the respondent's doors of surveys, as in the table role × endpoint. */
export const surveyOperations: Readonly<Record<string, Operation>> = {
  'GET /api/surveys/:token': {
    id: 'getSurvey',
    summary: 'What the page of a survey shows for a token or a typed code; opening never spends it',
    answers: { 200: 'Survey' },
    problems: refusals,
  },
  'POST /api/survey-answers': {
    id: 'postSurveyAnswer',
    summary:
      'Store an answer to a survey or a higher revision of it; the same one again changes nothing. Sensitive answers stored before stay unless they are among the cleared',
    answers: { 200: 'Stored', 201: 'Stored' },
    problems: [
      ...refusals,
      'malformed_json',
      'invalid_input',
      'too_large',
      'revision_conflict',
      'superseded',
      'already_complete',
      'token_taken',
      'id_taken',
    ],
  },
}
