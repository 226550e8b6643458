import { z } from 'zod'

const column = z.string().min(1).max(200)
const cell = z.union([z.string().max(500), z.number(), z.boolean()])
const limits = z.strictObject({
  ge: z.number().optional(),
  gt: z.number().optional(),
  le: z.number().optional(),
  lt: z.number().optional(),
})

/** A filter: every named column must equal the value, be one of the values, or lie within the limits. */
export const whereSchema = z.record(column, z.union([cell, z.array(cell).min(1).max(1000), limits]))

export const shareIntervals = ['wilson', 'logit', 'likelihood', 'asin', 'beta', 'xlogit', 'mean'] as const
export const quantileIntervals = ['mean', 'beta', 'xlogit', 'asin', 'score'] as const
export const quantileRules = [
  'math', 'school', 'shahvaish', 'hf1', 'hf2', 'hf3', 'hf4', 'hf5', 'hf6', 'hf7', 'hf8', 'hf9',
] as const // prettier-ignore
export const intervalNames = [
  'normal', 't', 'wilson', 'logit', 'likelihood', 'asin', 'beta', 'xlogit', 'mean', 'score',
] as const // prettier-ignore

export const askSchema = z.strictObject({
  statistic: z.enum(['mean', 'total', 'ratio', 'share', 'quantile']),
  y: column.describe('the measured column; for a ratio its numerator'),
  x: z
    .union([cell, z.array(cell).min(1).max(1000)])
    .optional()
    .describe('ratio: the column below the line; share: the value or values that count as chosen'),
  p: z.number().gt(0).lt(1).optional().describe('quantile: between 0 and 1, default 0.5'),
  by: z
    .union([column, z.array(column).min(1).max(5)])
    .optional()
    .describe('one estimate for each group of these columns'),
  where: whereSchema.optional().describe('only rows that pass'),
  interval: z.enum(intervalNames).optional(),
  rule: z.enum(quantileRules).optional().describe('quantile: rule of R svyquantile, default math'),
})
export type Ask = z.infer<typeof askSchema>
export type Where = z.infer<typeof whereSchema>

export const calibrateSchema = z.strictObject({
  method: z.enum(['post-stratify', 'rake', 'linear', 'raking', 'logit']),
  /** `{ column: { level: total } }`; the last three methods also take `{ column: total }` and `{ "(Intercept)": total }`. */
  margins: z.record(column, z.union([z.number(), z.record(z.string(), z.number())])),
  /** Smallest and largest change of a weight, for example [0.3, 3]. */
  bounds: z.tuple([z.number(), z.number()]).optional(),
  /** Weights above `cap` × mean are cut and the rest raked again. */
  cap: z.number().gt(1).optional(),
})
export type CalibrateSpec = z.infer<typeof calibrateSchema>

/** One mix of `by` for every group of `over`, as R `svystandardize`. */
export const standardiseSchema = z.strictObject({
  by: column.describe('the column whose mix is held fixed'),
  over: z
    .union([column, z.array(column).min(1).max(5)])
    .optional()
    .describe('columns of the groups that are compared; without it the whole sample'),
  population: z.record(z.string(), z.number().gt(0)).describe('size or share of each level of by'),
  present: z.array(column).max(20).optional().describe('rows without a value in these lose their weight beforehand'),
})
export type StandardiseSpec = z.infer<typeof standardiseSchema>

export const trimSchema = z.strictObject({
  lower: z.number().optional(),
  upper: z.number().optional(),
  strict: z.boolean().optional(),
})

export const lonelyChoices = ['fail', 'adjust', 'merge', 'certainty', 'average'] as const
export type Lonely = (typeof lonelyChoices)[number]

/** A sample design over the columns of a table, and what is asked of it: the file of `cli estimate --design`. */
export const designSchema = z.strictObject({
  strata: z
    .union([column, z.array(column).min(1).max(5)])
    .optional()
    .describe('column of the strata; a list gives one for each stage'),
  clusters: z.array(column).max(5).optional().describe('columns of the sampling units, first stage first'),
  fpc: z
    .union([column, z.array(column).max(5)])
    .optional()
    .describe('population size, or sampled fraction, of each stage'),
  weight: column.optional().describe('sampling weight; default: from fpc, else 1'),
  lonely: z.enum(lonelyChoices).optional().describe('a stratum with one sampling unit, default fail'),
  calibrate: calibrateSchema.optional(),
  standardise: standardiseSchema
    .optional()
    .describe('a common mix for groups that are compared, in place of calibrate'),
  trim: trimSchema.optional().describe('limits of the weights, what is cut off goes to the others'),
  ask: z.array(askSchema).min(1).max(1000),
})
export type DesignSpec = z.infer<typeof designSchema>
