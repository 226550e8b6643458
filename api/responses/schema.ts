import { z } from 'zod'
import { isAcceptedInstant } from '../core/time/moment.ts'
import { mapOf } from '../validate.ts'

/** An instant with its offset, in years that this program works with. */
export const moment = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine(isAcceptedInstant)

/**
 * An answer as it travels: a text, a number, a list of texts, or `{ na: true }`. Anything else is taken as null, which no question
 * accepts, so that it is refused where it stands and nothing has to walk through whatever it was.
 */
export const answerValue = z.unknown().transform((value) => (hasForm(value) ? value : null))

function hasForm(value: unknown): value is string | number | readonly string[] | { readonly na: true } {
  if (typeof value === 'string' || typeof value === 'number') return true
  if (Array.isArray(value)) return value.every((one) => typeof one === 'string')
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).join() === 'na' &&
    (value as { na?: unknown }).na === true
  )
}
const itemCode = z.string().regex(/^[A-Z][A-Z0-9_]{0,31}$/)

/** The body of `POST /api/responses`. Answers are checked against the instrument afterwards. */
export const submissionSchema = z.strictObject({
  id: z.uuid().transform((id) => id.toLowerCase()),
  revision: z.int().min(1).max(50),
  token: z.string().max(64),
  instrument: z.strictObject({ code: z.string().max(64), version: z.int().min(1).max(1_000_000) }),
  answers: mapOf(z.string().max(64), answerValue).refine((answers) => Object.keys(answers).length <= 100, {
    error: 'too_big',
  }),
  complete: z.boolean(),
  respondent: z.enum(['self', 'relative', 'assisted']),
  language: z.enum(['vi', 'en']),
  startedAt: moment,
  sentAt: moment,
  itemMs: mapOf(itemCode, z.int().min(0).max(86_400_000)).refine((ms) => Object.keys(ms).length <= 100, {
    error: 'too_big',
  }),
  withdrawHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullish(),
})
export type Submission = z.infer<typeof submissionSchema>

/** The body of `POST /api/withdrawals`. */
export const withdrawalSchema = z.strictObject({
  id: z.uuid().transform((id) => id.toLowerCase()),
  secret: z.string().min(1).max(200),
})
