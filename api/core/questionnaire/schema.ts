import { z } from 'zod'
import type { UnitKind } from '../units/kinds.ts'
import type { Condition } from './condition.ts'
import type { Questionnaire } from './definition.ts'

/** The most that a questionnaire can hold; larger ones are refused before they are looked at more closely. */
export const LIMITS = {
  sections: 60,
  itemsInSection: 60,
  items: 400,
  options: 100,
  rows: 40,
  statements: 10,
  forms: 6,
  /** Parts of an `all` or `any`. */
  parts: 40,
  /** Levels of a condition, and of anything else. */
  depth: 24,
} as const

const UNIT_KINDS = ['province', 'department', 'commune', 'one_stop', 'centre', 'district'] as const satisfies UnitKind[]

/** No control characters save line breaks and tabs, no half of a surrogate pair: both break what reads the text later. */
const plain = (text: string) => !/[^\P{Cc}\n\t]|\p{Surrogate}/u.test(text)
const words = (longest: number) => z.string().max(longest).regex(/\S/).refine(plain)
const localText = (longest: number) => z.strictObject({ vi: words(longest), en: words(longest) })

/** Codes of a questionnaire, of sections, of items and matrix rows, of options, and of forms. */
export const CODES = {
  questionnaire: /^[a-z][a-z0-9-]{0,62}$/,
  section: /^[a-z][a-z0-9_]{0,31}$/,
  item: /^[A-Z][A-Z0-9_]{0,31}$/,
  option: /^[a-z0-9_]{1,31}$/,
  form: /^[A-Z][A-Z0-9]{0,7}$/,
} as const
const codeOf = (pattern: RegExp) => z.string().max(64).regex(pattern).refine(plain)
const itemCode = codeOf(CODES.item)
const flag = z.literal(true)

const end = z.union([z.number(), z.string().max(10)])
const condition: z.ZodType<Condition> = z
  .lazy(() =>
    z.union([
      z.strictObject({ item: itemCode, is: z.array(codeOf(CODES.option)).min(1).max(LIMITS.options) }),
      z.strictObject({ item: itemCode, from: end.exactOptional(), to: end.exactOptional() }),
      z.strictObject({ item: itemCode, answered: z.boolean() }),
      z.strictObject({ all: z.array(condition).min(1).max(LIMITS.parts) }),
      z.strictObject({ any: z.array(condition).min(1).max(LIMITS.parts) }),
      z.strictObject({ not: condition }),
    ]),
  )
  .meta({ id: 'Condition', description: 'When a section, item or row is asked; see the comment in condition.ts' })

const lineage = z
  .array(
    z.strictObject({
      code: codeOf(CODES.questionnaire),
      version: z.int().min(1).max(9999),
      item: itemCode,
      comparable: z.boolean().describe('Whether the two may stand in one series'),
    }),
  )
  .max(20)
  .describe('The same question in an earlier version or another questionnaire')

const base = {
  code: itemCode.describe('Unique in the questionnaire; an answer travels under it'),
  text: localText(1000),
  hint: localText(500).exactOptional(),
  short: localText(200).describe('Name of what is measured, for tables and data dictionaries'),
  when: condition.exactOptional(),
  required: flag.exactOptional(),
  na: flag.exactOptional().describe('Offers "không biết / không trả lời", which is never zero'),
  sensitive: flag.exactOptional().describe('Asked privately and stored apart from whatever identifies the respondent'),
  minimum: z.int().min(10).max(1000).exactOptional().describe('Fewest answers below which nothing is shown'),
  source: words(1000),
  lineage: lineage.exactOptional(),
}
const options = z
  .array(
    z.strictObject({
      code: codeOf(CODES.option),
      text: localText(300),
      value: z.number().min(-1e6).max(1e6).exactOptional().describe('Its number in a scale'),
      favourable: flag.exactOptional(),
      points: z.number().min(-1000).max(1000).exactOptional(),
      exclusive: flag.exactOptional().describe('Multiple choice: excludes all others'),
    }),
  )
  .min(1)
  .max(LIMITS.options)
const atMost = z.int().min(1).max(LIMITS.options)
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

const item = z.discriminatedUnion('type', [
  z.strictObject({ ...base, type: z.literal('single'), options }),
  z.strictObject({ ...base, type: z.literal('multiple'), options, atMost: atMost.exactOptional() }),
  z.strictObject({ ...base, type: z.literal('ranking'), options, atMost: atMost.exactOptional() }),
  z.strictObject({
    ...base,
    type: z.literal('number'),
    unit: localText(60),
    min: z.number().min(-1e12).max(1e12),
    max: z.number().min(-1e12).max(1e12),
    decimals: z.int().min(0).max(6).exactOptional().describe('Decimal places; default 0'),
  }),
  z.strictObject({ ...base, type: z.literal('percent') }),
  z.strictObject({ ...base, type: z.literal('date'), min: day.exactOptional(), max: day.exactOptional() }),
  z.strictObject({ ...base, type: z.literal('text'), longest: z.int().min(1).max(2000).exactOptional() }),
  z.strictObject({
    ...base,
    type: z.literal('matrix'),
    options,
    rows: z
      .array(
        z.strictObject({
          code: itemCode,
          text: localText(1000),
          short: localText(200),
          when: condition.exactOptional(),
          lineage: lineage.exactOptional(),
        }),
      )
      .min(1)
      .max(LIMITS.rows),
  }),
  z.strictObject({
    ...base,
    type: z.literal('list'),
    statements: z.array(localText(300)).min(2).max(LIMITS.statements),
    extra: localText(300).describe('Stands only on the forms of `treated`'),
    treated: z.array(codeOf(CODES.form)).min(1).max(LIMITS.forms),
  }),
  z.strictObject({
    ...base,
    type: z.literal('units'),
    kinds: z.array(z.enum(UNIT_KINDS)).min(1).max(UNIT_KINDS.length),
    atMost: z.int().min(1).max(20),
  }),
])

const section = z.strictObject({
  code: codeOf(CODES.section),
  title: localText(200),
  intro: localText(3000).exactOptional(),
  when: condition.exactOptional(),
  repeat: itemCode.exactOptional().describe('Asked once for each unit chosen in the `units` item of this code'),
  items: z.array(item).min(1).max(LIMITS.itemsInSection),
})

/**
 * Shape of a questionnaire as JSON. What the shape cannot say (codes that exist, conditions that can hold, ranges that span
 * something) is checked by `questionnaireFaults`.
 */
export const questionnaireSchema = z.strictObject({
  $schema: z.string().max(500).exactOptional(),
  code: codeOf(CODES.questionnaire),
  version: z.int().min(1).max(9999),
  kind: z.literal('survey'),
  title: localText(200),
  languages: z.tuple([z.literal('vi'), z.literal('en')]),
  notice: z.strictObject({ version: words(32), text: localText(6000) }),
  population: z.enum(['business', 'citizen']).describe('Whom it is meant for: firms or households'),
  minutes: z.int().min(1).max(240).exactOptional().describe('Expected minutes; absent: computed from the items'),
  forms: z
    .array(codeOf(CODES.form))
    .min(2)
    .max(LIMITS.forms)
    .exactOptional()
    .describe('Forms of list experiments that respondents get by chance'),
  sections: z.array(section).min(1).max(LIMITS.sections),
})

/** Says to the compiler that what passes the schema is a `Questionnaire`. */
export const asQuestionnaire = (parsed: z.infer<typeof questionnaireSchema>): Questionnaire => parsed

/** The JSON Schema (2020-12) of a questionnaire, as published in the repository. */
export function questionnaireJsonSchema(): unknown {
  return { ...z.toJSONSchema(questionnaireSchema), title: 'Lắng Nghe questionnaire' }
}
