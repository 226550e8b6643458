import { z } from 'zod'
import { answerValue, moment } from '../responses/schema.ts'
import { mapOf } from '../validate.ts'

/** The key of an answer: an item or the row of a matrix, in a part that repeats with the unit it is about. */
const answerKey = z.string().regex(/^[A-Z][A-Z0-9_]{0,31}(@[0-9]{1,18})?$/)
const KEYS_MAX = 1000
/** Parts that repeat are asked for each unit of a list, so its length is limited before anything is asked. */
const CHOICES_MAX = 100

/** The body of `POST /api/survey-answers`. Answers are checked against the questionnaire afterwards. */
export const surveyAnswerSchema = z.strictObject({
  id: z.uuid().transform((id) => id.toLowerCase()),
  /** As many as somebody needs who answers a long survey over days, leaving sections and coming back. */
  revision: z.int().min(1).max(200),
  token: z.string().max(64),
  questionnaire: z.strictObject({ code: z.string().max(64), version: z.int().min(1).max(1_000_000) }),
  answers: mapOf(z.string().max(64), answerValue)
    .refine((answers) => Object.keys(answers).length <= KEYS_MAX, { error: 'too_big' })
    .refine((answers) => Object.values(answers).every((one) => !Array.isArray(one) || one.length <= CHOICES_MAX), {
      error: 'too_big',
    }),
  /** Sensitive answers stored before that are taken back; those that are merely absent stay. */
  cleared: z.array(answerKey).max(KEYS_MAX).default([]),
  complete: z.boolean(),
  language: z.enum(['vi', 'en']),
  startedAt: moment,
  sentAt: moment,
  itemMs: mapOf(answerKey, z.int().min(0).max(86_400_000)).refine((ms) => Object.keys(ms).length <= KEYS_MAX, {
    error: 'too_big',
  }),
})
export type SurveySubmission = z.infer<typeof surveyAnswerSchema>
