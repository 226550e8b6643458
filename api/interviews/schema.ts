import { z } from 'zod'
import { isOneLine } from '../core/text.ts'
import { moment } from '../responses/schema.ts'
import { surveyAnswerSchema } from '../surveys/schema.ts'

const uuid = z.uuid().transform((id) => id.toLowerCase())
/** More interviews than a tablet makes in its life, and few enough to look for gaps among them. */
const SEQ_MAX = 100_000
export const BATCH_MAX = 50

/** A tablet gives itself its id, so that registering it twice registers one. */
export const deviceSchema = z.strictObject({
  id: uuid,
  label: z.string().trim().min(1).max(60).refine(isOneLine),
})

/** What was said, whole: the tablet has everything, so a revision needs nothing of an earlier one. */
const answer = surveyAnswerSchema.pick({
  id: true,
  revision: true,
  questionnaire: true,
  answers: true,
  complete: true,
  language: true,
  itemMs: true,
})

/** One visit: an interview, or what became of the attempt, or both. Instants are by the device's clock. */
const itemSchema = z
  .strictObject({
    /** Counted by the device from 1, without gaps. */
    seq: z.int().min(1).max(SEQ_MAX),
    case: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
    answer: answer.nullable(),
    disposition: z.enum(['reached', 'refused', 'ineligible', 'noncontact', 'other']).nullable(),
    startedAt: moment,
    endedAt: moment,
  })
  .refine((item) => item.answer !== null || item.disposition !== null)
export type InterviewItem = z.infer<typeof itemSchema>

/** The body of `POST /api/interviews`. Without items it asks for gaps. */
export const batchSchema = z.strictObject({
  device: uuid,
  sentAt: moment,
  items: z.array(itemSchema).max(BATCH_MAX),
})
export type InterviewBatch = z.infer<typeof batchSchema>
