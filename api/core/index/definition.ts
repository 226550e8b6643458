import { z } from 'zod'

/** Statistics of an instrument's item that an indicator can take. Shares and ratios are 0–1, `top2` the share of the two best options. */
export const statistics = ['mean', 'share', 'top2', 'median', 'interpolated-median', 'count', 'ratio'] as const
export type Statistic = (typeof statistics)[number]

const code = z
  .string()
  .max(64)
  .regex(/^[\p{L}\p{N}](?:[\p{L}\p{N} ._:/-]*[\p{L}\p{N}])?$/u)
  .describe('Name of a node or indicator, unique in the edition; also the column name in scoring data')
const words = z.string().trim().min(1).max(2000)
const localText = z.strictObject({ vi: words, en: words })
const range = z.tuple([z.number(), z.number()])
const weight = z
  .number()
  .min(0)
  .max(1e9)
  .describe('Default 1; weights are normalised among the children that are present')
const lineage = z
  .array(
    z.strictObject({
      edition: words.describe('`id` of the other edition'),
      code: code.nullable().describe('Its code there; null: it did not exist'),
      comparable: z.boolean().describe('Whether values of the two may stand in one line'),
      note: localText.optional(),
    }),
  )
  .max(50)
  .describe('What this row was called in other editions')

/** How children become one number. */
export const aggregateSchema = z
  .union([z.enum(['mean', 'sum', 'geometric', 'harmonic']), z.strictObject({ power: z.number().min(-100).max(100) })])
  .describe('How children become one number; `mean` is the weighted arithmetic mean')

const band = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/),
  from: z.number().describe('Lowest score of the band, which belongs to it'),
  label: localText,
})

/** How much of an official counterpart can be seen. */
export const coverageSchema = z
  .strictObject({
    covered: z.int().min(0),
    of: z.int().min(1).nullable().describe('null: the number of official components is not established'),
    note: localText,
  })
  .describe('How much of the official counterpart our instruments can see')

const node = z.strictObject({
  code,
  parent: code.nullable().describe('null for the one root'),
  weight: weight.optional(),
  aggregate: aggregateSchema,
  minShare: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('Share of the children (counted, not weighted) that must be present; default: any'),
  multiply: z
    .number()
    .positive()
    .optional()
    .describe('Factor on the aggregated score, e.g. 10 for a mean of 1–10 shown as 10–100'),
  bands: z
    .array(band)
    .min(1)
    .max(20)
    .optional()
    .describe('Grades of the score, from the best down; a score below the last band has no grade'),
  label: localText,
  source: words,
  coverage: coverageSchema.optional(),
  lineage: lineage.optional(),
})

const bounds = z.strictObject({
  mode: z
    .enum(['sample', 'fixed', 'cumulative', 'pooled'])
    .describe(
      'sample: units of the same period · fixed: the numbers given here or by --bounds · cumulative: this and earlier periods · pooled: all periods',
    ),
  min: z.number().optional(),
  max: z.number().optional(),
})

/** How raw values are put on a scale. */
export const normaliseSchema = z.strictObject({
  method: z.enum(['none', 'min-max', 'goalposts', 'z', 'rank', 'distance']),
  to: range
    .optional()
    .describe(
      'Range of the result, default the scale of the edition; for z mean and standard deviation (default 0, 1); for rank default 1 … number of units',
    ),
  bounds: bounds.optional(),
  clip: z.boolean().optional().describe('Cut at `to`; default true for goalposts, else false'),
})

const fromItem = z.strictObject({
  instrument: words,
  item: words,
  statistic: z.enum(statistics),
  options: z
    .array(words)
    .min(1)
    .max(20)
    .optional()
    .describe('Option codes that count for `share`; default the favourable ones'),
  over: words.optional().describe('Item below the line of `ratio`'),
  procedures: z
    .enum(['5.1', '5.3', '5.4'])
    .optional()
    .describe('Only answers about procedures of this group (certification, land title, personal procedures)'),
})

const indicator = z.strictObject({
  code,
  parent: code,
  weight: weight.optional(),
  direction: z.enum(['higher', 'lower']).describe('Which end is good'),
  normalise: normaliseSchema,
  from: z
    .union([fromItem, z.strictObject({ hard: words })])
    .optional()
    .describe('Where values come from; absent: only from a data file'),
  range: range.optional().describe('Raw values outside are refused as errors of the data'),
  label: localText,
  source: words,
  lineage: lineage.optional(),
})

/** A part of an official index that is left blank. */
export const blankSchema = z.strictObject({
  code,
  parent: code.nullable(),
  label: localText,
  reason: localText,
  source: words,
})

/**
 * Shape of one edition of an index as JSON. What the shape cannot say (one root, no cycles, known items, sane ranges) is
 * checked by `validateDefinition`.
 */
export const definitionSchema = z.strictObject({
  $schema: z.string().optional(),
  id: z
    .string()
    .regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/)
    .describe('Name of the edition, e.g. papi-2021'),
  edition: z.union([words, z.int()]).describe('Which editions of the index it describes'),
  official: z.boolean().describe('true: the structure of a published index; false: our own approximation or template'),
  label: localText,
  scale: z.strictObject({ min: z.number(), max: z.number() }).describe('Range of the root'),
  notes: z.array(localText).max(20).optional().describe('What is not established or must be known before reading'),
  nodes: z.array(node).min(1).max(1000),
  indicators: z.array(indicator).min(1).max(5000),
  blanks: z
    .array(blankSchema)
    .max(1000)
    .optional()
    .describe('Parts of the official index our instruments cannot see: left blank, never imputed'),
})

/** One edition of an index: a tree of nodes with indicators as leaves. Scores of a node are made from its children. */
export type IndexDefinition = z.infer<typeof definitionSchema>
export type IndexNode = IndexDefinition['nodes'][number]
export type IndexIndicator = IndexDefinition['indicators'][number]
export type Normalise = IndexIndicator['normalise']
export type Aggregate = IndexNode['aggregate']
export type IndexBand = NonNullable<IndexNode['bands']>[number]

/** What raw values of an indicator can be: its `range`, or 0–1 for a share or ratio of answers; null: anything. */
export function rawRange({ range, from }: Pick<IndexIndicator, 'range' | 'from'>): readonly [number, number] | null {
  if (range !== undefined) return range
  return from !== undefined && 'item' in from && ['share', 'top2'].includes(from.statistic) ? [0, 1] : null
}

/** The band of a score: the first, from the best down, that it reaches; null below all, or where there are none. */
export function bandOf({ bands = [] }: Pick<IndexNode, 'bands'>, score: number): IndexBand | null {
  // A mean that is 15 on paper may arrive as 14.999999999999998.
  return bands.find(({ from }) => score >= from - 1e-9) ?? null
}

/** The JSON Schema (2020-12) of an index definition, as published in the repository. */
export function definitionJsonSchema(): unknown {
  return { ...z.toJSONSchema(definitionSchema), title: 'Lắng Nghe index definition' }
}
