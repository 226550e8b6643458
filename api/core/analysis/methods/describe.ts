import { z } from 'zod'
import { moments } from '../../stats/moments.ts'
import { shape } from '../../stats/shape.ts'
import { median, medianAbsoluteDeviation, quantile, type QuantileType } from '../../stats/quantile.ts'
import { numberOf } from '../../table/table.ts'
import { method } from '../method.ts'
import { measures } from './cells.ts'

const types = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const

export const describeMethod = method({
  name: 'describe',
  summary:
    'Count, missing, mean, variance, skewness, kurtosis, extremes, median, MAD and quantiles (nine definitions) of columns',
  options: {
    columns: z
      .array(z.string().min(1).max(200))
      .max(500)
      .optional()
      .describe('columns to describe; without it every column that holds only numbers'),
    probs: z
      .array(z.number().min(0).max(1))
      .max(200)
      .default([0, 0.25, 0.5, 0.75, 1])
      .describe('probabilities of the quantiles'),
    type: z
      .union([z.literal(types), z.literal('all')])
      .default(7)
      .describe('definition of the quantile by Hyndman & Fan, 1 to 9, or "all"'),
  },
  output:
    '{ columns: [{ column, n, missing, distinct, zeros, mean, variance, sd, skewness, kurtosis, min, max, median, mad, quantiles: [{ type, p, value }] }] }; ' +
    'variance has divisor n − 1 and is null for one value, skewness and kurtosis (of a normal distribution 0) correct for the ' +
    'size and are null below three and four values and for equal ones; everything is null for none',
  source: 'R mean, var, mad, quantile(type = 1…9); Hyndman & Fan 1996; Joanes & Gill 1998 (e1071 type 2)',
  run(table, options) {
    const names =
      options.columns ??
      table.columns.filter((_, at) => table.rows.every(({ cells }) => typeof numberOf(cells[at] ?? '') !== 'string'))
    const chosen: readonly QuantileType[] = options.type === 'all' ? types : [options.type as QuantileType]
    return {
      columns: names.map((column) => {
        const cells = measures(table, column)
        const sorted = cells.filter((value) => value !== null).sort((a, b) => a - b)
        const missing = cells.length - sorted.length
        if (sorted.length === 0) return { column, n: 0, missing, distinct: 0, zeros: 0, ...nothing }
        const { n, mean, variance } = moments(sorted)
        return {
          column,
          n,
          missing,
          distinct: new Set(sorted).size,
          zeros: sorted.filter((value) => value === 0).length,
          mean,
          variance,
          sd: variance === null ? null : Math.sqrt(variance),
          ...shape(sorted),
          min: sorted[0]!,
          max: sorted.at(-1)!,
          median: median(sorted),
          mad: medianAbsoluteDeviation(sorted),
          quantiles: chosen.flatMap((type) =>
            options.probs.map((p) => ({ type, p, value: quantile(sorted, p, type) })),
          ),
        }
      }),
    }
  },
})

const nothing = {
  mean: null,
  variance: null,
  sd: null,
  skewness: null,
  kurtosis: null,
  min: null,
  max: null,
  median: null,
  mad: null,
  quantiles: [],
} as const
