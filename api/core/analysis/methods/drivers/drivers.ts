import { z } from 'zod'
import { SingularError, weightedCovariance } from '../../../stats/drivers/covariance.ts'
import { type Importance, importance, lmgMax } from '../../../stats/drivers/importance.ts'
import { resamples } from '../../../stats/drivers/resample.ts'
import { rankOf } from '../../../stats/ranks/rankOf.ts'
import { quantile } from '../../../stats/quantile.ts'
import { sum } from '../../../stats/sum.ts'
import { DataError } from '../../../table/data-error.ts'
import { method, OptionsError } from '../../method.ts'
import { confOption } from '../columns.ts'
import { type Model, modelOptions, readModel } from './read.ts'
import { collinearAsFault, regressionTable } from './regression.ts'

const metrics = ['lmg', 'last', 'first', 'pratt', 'betasq', 'genizi', 'car', 'johnson'] as const
type Metric = (typeof metrics)[number]

/** Replicates × subsets, and replicates × rows, that are done in some seconds. */
const subsetsMax = 2 ** 22
const drawsMax = 20_000_000

export const driversMethod = method({
  name: 'drivers',
  summary: 'Key drivers: how much of the variance of an outcome each accounts for (LMG/Shapley, Johnson and six more)',
  options: {
    ...modelOptions,
    always: z
      .array(z.string().min(1).max(200))
      .max(100)
      .default([])
      .describe('columns to adjust for (procedure, channel): their part of R² is taken first and not divided'),
    share: z.boolean().default(false).describe('parts that add up to 1 for each measure (relaimpo rela)'),
    bootstrap: z
      .int()
      .min(0)
      .max(20_000)
      .optional()
      .describe('replicates for the intervals; default 1000 for rows and up to ten drivers, else none'),
    seed: z.int().min(0).max(4_294_967_295).default(1).describe('start of the random numbers'),
    conf: confOption,
  },
  output:
    '{ y, n, missing, r2, r2Divided, always, drivers: [{ driver, lmg, last, first, pratt, betasq, genizi, car, johnson, rank, ' +
    'rankLo, rankHi }], intervals: [{ driver, measure, lo, hi }], bootstrap: { replicates, left, seed, conf } | null, regression }; ' +
    'measures are parts of the whole variance of y; lmg, pratt, genizi (= johnson) and car add up to r2Divided; lmg is null ' +
    `above ${lmgMax} drivers; rank by lmg (johnson without it), 1 is most important; intervals are percentiles of rows drawn anew; ` +
    'left: draws in which a variable does not vary or the variables determine each other; ' +
    'regression as of the method of that name, adjusters included',
  source:
    'R relaimpo 2.2-7 calc.relimp; Lindeman, Merenda & Gold 1980, Genizi 1993, Johnson 2000, Zuber & Strimmer 2011',
  run(table, options) {
    const model = readModel(table, options, options.always)
    const count = model.names.length - 1 - options.always.length
    const adjusters = options.always.map((_, i) => count + 1 + i)
    const found = collinearAsFault(table, () => importance(model.moments.covariance, adjusters))
    const measures = measuresOf(found, options.share)
    const ranks = ranksOf(measures)
    const replicates = replicatesOf(options.bootstrap, model, count)
    if (model.rows !== null && replicates * model.rows.weights.length > drawsMax)
      throw new DataError(table.file, [{ code: 'too_many_rows_for_bootstrap', line: null, column: null }])
    const redrawn = replicates === 0 ? null : redraw(model, adjusters, { ...options, replicates })
    const drawn = redrawn?.length ? redrawn : null
    const ends = (values: readonly number[]) => {
      const sorted = values.toSorted((a, b) => a - b)
      const tail = (1 - options.conf) / 2
      return { lo: quantile(sorted, tail, 6), hi: quantile(sorted, 1 - tail, 6) }
    }
    return {
      y: model.names[0],
      n: model.moments.n,
      missing: model.missing,
      r2: found.r2,
      r2Divided: found.r2Divided,
      always: options.always,
      drivers: Array.from({ length: count }, (_, j) => {
        const rank = drawn === null ? null : ends(drawn.map((replicate) => ranksOf(replicate)[j]!))
        return {
          driver: model.names[j + 1],
          ...Object.fromEntries(metrics.map((metric) => [metric, measures[metric]?.[j] ?? null])),
          rank: ranks[j]!,
          rankLo: rank?.lo ?? null,
          rankHi: rank?.hi ?? null,
        }
      }),
      intervals:
        drawn === null
          ? []
          : metrics.flatMap((measure) =>
              (measures[measure] ?? []).map((_, j) => ({
                driver: model.names[j + 1],
                measure,
                ...ends(drawn.map((replicate) => replicate[measure]![j]!)),
              })),
            ),
      bootstrap:
        redrawn === null
          ? null
          : { replicates: redrawn.length, left: replicates - redrawn.length, seed: options.seed, conf: options.conf },
      regression: regressionTable(table, model, options.conf),
    }
  },
})

type Measures = Readonly<Record<Metric, readonly number[] | null>>

function measuresOf(found: Importance, share: boolean): Measures {
  const { lmg, last, first, pratt, betasq, johnson, car } = found
  const all: Measures = { lmg, last, first, pratt, betasq, genizi: johnson, car, johnson }
  if (!share) return all
  const shares = (values: readonly number[] | null) => {
    if (values === null) return null
    const total = sum(values)
    return total === 0 ? values : values.map((value) => value / total)
  }
  return Object.fromEntries(metrics.map((metric) => [metric, shares(all[metric])])) as Measures
}

/** 1 for the most important; equal ones share their places. */
function ranksOf({ lmg, johnson }: Measures): readonly number[] {
  return rankOf((lmg ?? johnson)!).map((place) => place!.average)
}

function replicatesOf(asked: number | undefined, { rows }: Model, count: number): number {
  if (rows === null) {
    if (asked !== undefined && asked > 0) throw new OptionsError([{ path: 'bootstrap', code: 'only_for_rows' }])
    return 0
  }
  const replicates = asked ?? (count <= 10 ? 1000 : 0)
  if (count <= lmgMax && replicates * 2 ** count > subsetsMax)
    throw new OptionsError([{ path: 'bootstrap', code: 'too_big' }])
  return replicates
}

/**
 * Measures of rows drawn anew. Draws that say nothing are left out: in which one row alone was drawn or a variable does not vary,
 * or the variables determine each other.
 */
function redraw(
  { rows }: Model,
  adjusters: readonly number[],
  { seed, replicates, share }: { seed: number; replicates: number; share: boolean },
): Measures[] {
  const { columns, weights } = rows!
  const draw = resamples(weights.length, seed)
  const result: Measures[] = []
  for (let i = 0; i < replicates; i += 1) {
    const drawn = draw()
    if (!columns.every((column) => varies(column, drawn))) continue
    try {
      const { covariance } = weightedCovariance(
        columns,
        weights.map((weight, row) => weight * drawn[row]!),
      )
      result.push(measuresOf(importance(covariance, adjusters), share))
    } catch (error) {
      if (!(error instanceof SingularError)) throw error
    }
  }
  return result
}

function varies(column: readonly number[], drawn: readonly number[]): boolean {
  const first = column[drawn.findIndex((times) => times > 0)]!
  return column.some((value, row) => drawn[row]! > 0 && value !== first)
}
