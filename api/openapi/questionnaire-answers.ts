import { z } from 'zod'
import { FAULT_CODES } from '../core/questionnaire/faults.ts'
import { LEFT_CODES } from '../core/questionnaire/xlsform/left.ts'
import { count, moment, named, paged, text } from './answers.ts'

/** What the doors of questionnaires answer. */

const hash = z.string().describe('SHA-256 in hexadecimal of the canonical text (RFC 8785)')
const key = { code: z.string(), version: z.int() }
const line = z.object({
  ...key,
  state: z.enum(['shipped', 'draft', 'published', 'retired']),
  title: text,
  population: z.enum(['business', 'citizen']),
  sections: count,
  questions: count.describe('Questions, each row of a matrix one'),
  minutes: z.number().describe('That a respondent needs, estimated'),
  sha256: hash.describe('Of the canonical text; a change names it as `basedOn`'),
  copiedFrom: z.object({ ...key, sha256: hash }).nullable(),
  changedAt: moment.nullable(),
  changedBy: z.string().nullable(),
  publishedAt: moment.nullable(),
  publishedBy: z.string().nullable(),
})
const definition = z
  .record(z.string(), z.unknown())
  .describe(
    'As in db/seeds/questionnaires/questionnaire.schema.json; a draft may lack texts, entries of lists and codes',
  )
const fault = z.object({
  path: z.string(),
  code: z.enum(FAULT_CODES),
  subject: z.string().optional().describe('Code of the item, option or section it is about'),
  note: z.literal(true).optional().describe('Worth knowing, but no hindrance to publishing'),
})
const whole = line.extend({ definition, faults: z.array(fault) })
named('QuestionnairePage', paged(line))
named('Questionnaire', whole)
named('QuestionnaireDefinition', definition)
named('QuestionnaireDiscarded', z.object({ discarded: z.literal(true) }))
named(
  'QuestionnaireImport',
  z.object({
    questionnaire: whole,
    left: z
      .array(
        z.object({
          sheet: z.string(),
          row: z.int().nullable(),
          column: z.string().nullable(),
          code: z.enum(LEFT_CODES),
          what: z.string().describe('What stands there, shortened'),
        }),
      )
      .describe('Whatever of an XLSForm is not in the draft, or not in that form'),
    leftOmitted: count,
  }),
)
