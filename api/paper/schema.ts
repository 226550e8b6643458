import { z } from 'zod'
import { campaignParam, caseParam } from '../campaigns/schema.ts'
import type { Choice } from '../core/paper/passes.ts'
import { cursorSchema, limitSchema } from '../cursor.ts'
import { answerValue, moment } from '../responses/schema.ts'
import { mapOf } from '../validate.ts'
import { surveyAnswerSchema } from '../surveys/schema.ts'

export { campaignParam, caseParam }
export const passParam = caseParam.extend({
  pass: z.enum(['1', '2']).transform((text): 1 | 2 => (text === '1' ? 1 : 2)),
})

export const findQuery = z.strictObject({
  code: z.string().trim().min(1).max(64).describe('Code of the firm or household, or the typed code of its form'),
})
export const formQuery = z.strictObject({
  kind: z.enum(['blank', 'cases']).describe('A form without a code, or one for each case that has not answered'),
  form: z.string().max(32).nullable().default(null).describe('Of a blank form: which form of list experiments'),
  cursor: cursorSchema,
  limit: limitSchema,
})

export const formListQuery = z.strictObject({ cursor: cursorSchema, limit: limitSchema })

const { answers } = surveyAnswerSchema.shape
/** What was typed. Answers are checked against the questionnaire afterwards. */
export const entrySchema = z.strictObject({ answers })
export type EntryInput = z.infer<typeof entrySchema>

const DECISIONS_MAX = 1000
const choice = z.union([
  z.strictObject({ pass: z.union([z.literal(1), z.literal(2)]) }),
  z.strictObject({ answer: answerValue }),
])
export const mergeSchema = z.strictObject({
  /** When the passes were typed that were compared. */
  basedOn: z.strictObject({ first: moment, second: moment }),
  choices: mapOf(z.string().regex(/^[A-Z][A-Z0-9_]{0,31}(@[0-9]{1,18})?$/), choice)
    .refine((choices) => Object.keys(choices).length <= DECISIONS_MAX, { error: 'too_big' })
    .transform((choices) => choices as Record<string, Choice>),
  complete: z.boolean(),
})
export type MergeInput = z.infer<typeof mergeSchema>
