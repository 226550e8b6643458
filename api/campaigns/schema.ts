import { z } from 'zod'
import { LETTER_KINDS } from '../core/letter/letter.ts'
import { campaignDesignSchema } from '../core/sampling/campaign-design.ts'
import { isOneLine } from '../core/text.ts'
import { isAcceptedInstant } from '../core/time/moment.ts'
import { cursorSchema, limitSchema } from '../cursor.ts'
import type { Assignment } from './cases.ts'

const day = z.iso.date().refine((text) => isAcceptedInstant(new Date(`${text}T00:00:00Z`)))
const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .refine((text) => isAcceptedInstant(new Date(`${text}-01T00:00:00Z`)))
const title = z.string().trim().min(1).max(200).refine(isOneLine)
export const questionnaireKeySchema = z.strictObject({
  code: z.string().min(1).max(64).refine(isOneLine),
  version: z.int().min(1),
})
/** Empty: the stratum. */
const quota = z.strictObject({
  attribute: z.string().trim().max(200).refine(isOneLine),
  value: z.string().trim().min(1).max(1300).refine(isOneLine),
  most: z.int().min(1).max(1_000_000),
})
const quotas = z.array(quota).max(200)

/** What a person decides of a campaign. Days and months include both ends. */
const content = {
  title,
  questionnaire: questionnaireKeySchema,
  opensOn: day,
  closesOn: day,
  fromMonth: month,
  toMonth: month,
  design: campaignDesignSchema.nullable(),
  quotas,
}
export const campaignSchema = z.strictObject({
  requestId: z.uuid().transform((id) => id.toLowerCase()),
  ...content,
  design: content.design.default(null),
  quotas: content.quotas.default([]),
})
/** A change names the revision it was made from. */
export const changeSchema = z.strictObject({ basedOn: z.int().min(1), ...content })
export type CampaignInput = z.infer<typeof campaignSchema>
export type CampaignChange = z.infer<typeof changeSchema>

export const campaignParam = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })
export const caseParam = campaignParam.extend({ case: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })
export const emptySchema = z.strictObject({})
export const drawSchema = z.strictObject({ seed: z.int32() })
const stratum = z.string().max(1300).refine(isOneLine)
const psu = z.string().min(1).max(64).refine(isOneLine)
export const releaseSchema = z.strictObject({
  stratum,
  psu: psu.nullable().default(null),
  /** Replacements of this cell that are released in all, those before included. */
  released: z.int().min(0),
})

const userId = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[\w-]+$/)
const disposition = z.enum(['none', 'reached', 'refused', 'ineligible', 'noncontact', 'other', 'quota_full'])
const state = z.enum(['open', 'partial', 'complete'])

export const caseQuery = z.strictObject({
  code: z.string().trim().min(1).max(64).refine(isOneLine).nullable().default(null).describe('Beginning of a code'),
  stratum: stratum.nullable().default(null),
  state: state.nullable().default(null),
  disposition: disposition.nullable().default(null),
  interviewer: userId.nullable().default(null).describe('Id of an interviewer, or `none`'),
  cursor: cursorSchema,
  limit: limitSchema,
})
const mailing = z.enum(['invitation', 'reminder'])
const flag = z.enum(['0', '1']).transform((text) => text === '1')
export const letterQuery = z.strictObject({
  kind: z.enum(LETTER_KINDS),
  to: mailing.default('invitation').describe('Whose envelopes'),
  format: z.enum(['dl', 'c5']).default('dl').describe('Of envelopes'),
  again: flag.default(false).describe('Also to whom one has gone out already'),
  cursor: cursorSchema,
  limit: limitSchema,
})
export const mailingQuery = z.strictObject({ again: flag.default(false) })
export const mailingSchema = z.strictObject({ kind: mailing, sentOn: day })
export const chosenSchema = z.strictObject({ answer: z.uuid().transform((id) => id.toLowerCase()) })
export const dispositionSchema = z.strictObject({ disposition })
/** Either `cases`, or any of the others; `most` cases change hands at most. */
export const assignmentSchema = z
  .strictObject({
    interviewer: userId.nullable(),
    cases: z.array(z.int().min(1)).min(1).max(1000).optional(),
    stratum: stratum.optional(),
    psu: psu.optional(),
    unit: z.int().min(1).max(2_147_483_647).optional(),
    /** Only cases that nobody has. */
    unassigned: z.boolean().default(false),
    most: z.int().min(1).max(100_000).default(100_000),
  })
  .refine(({ cases, stratum: s, psu: p, unit }) => cases === undefined || (s ?? p ?? unit) === undefined)
type AssignmentInput = Omit<z.infer<typeof assignmentSchema>, 'interviewer'>

/** Which cases an assignment means. */
export function toAssignment({ cases, most, ...of }: AssignmentInput): Assignment {
  if (cases !== undefined) return { cases }
  const { stratum: name = null, psu: unit = null, unit: unitId = null } = of
  const interviewer = of.unassigned ? 'none' : null
  return { most, filter: { code: null, stratum: name, psu: unit, unitId, state: null, disposition: null, interviewer } }
}
export const interviewerSchema = z.strictObject({
  email: z.email().max(254),
  name: z.string().trim().min(1).max(100).refine(isOneLine),
})
