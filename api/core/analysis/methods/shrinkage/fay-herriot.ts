import { z } from 'zod'
import { benchmark, benchmarkRules } from '../../../stats/shrinkage/benchmark.ts'
import { fayHerriot, fayHerriotMethods, type ModelArea } from '../../../stats/shrinkage/fayHerriot.ts'
import { CollinearError } from '../../../stats/leastSquares.ts'
import { sum } from '../../../stats/sum.ts'
import type { Table } from '../../../table/table.ts'
import { DataError } from '../../../table/data-error.ts'
import { method, OptionsError } from '../../method.ts'
import { completeMeasures, refuse } from '../cells.ts'
import { confOption } from '../columns.ts'
import { estimateOptions, type UnitEstimate, unitEstimates } from '../estimates.ts'
import { modelTerms } from './model-columns.ts'

const columnList = z.array(z.string().min(1).max(200)).max(40).default([])

export const fayHerriotMethod = method({
  name: 'fay-herriot',
  summary: 'Small-area estimates: direct estimates drawn to a regression on covariates, with mean squared errors',
  options: {
    method: z.enum(fayHerriotMethods).default('REML').describe('estimator of the variance of the area effects'),
    positive: z
      .boolean()
      .default(false)
      .describe('where that variance is estimated as 0, take Li & Lahiri’s positive one'),
    covariates: columnList.describe('columns with numbers'),
    factors: columnList.describe('columns with levels; the first level is the reference'),
    intercept: z.boolean().default(true).describe('a constant term'),
    conf: confOption,
    benchmark: z
      .enum(benchmarkRules)
      .optional()
      .describe('change all estimates by one factor or one amount so that Σ size·estimate is the total'),
    size: z.string().min(1).max(200).optional().describe('column: size of each area, for benchmark'),
    total: z.number().optional().describe('total for benchmark; default Σ size·est of the direct estimates'),
    ...estimateOptions,
    est: estimateOptions.est.describe('column: the direct estimate; an area without one gets its synthetic value'),
  },
  output:
    '{ areas, method, estimatedBy, refvar, coefficients: [{ term, est, se, z, p }], logLikelihood, aic, bic, kic, conf, rows: ' +
    '[{ line, unit, est, variance, gamma, synthetic, eblup, mse, rmse, cv, lo, hi, benchmarked }] }; refvar is the variance of ' +
    'the area effects, eblup the estimate by the model, gamma the share of the direct estimate in it, synthetic xβ; ' +
    'benchmarked only when asked; null without covariates',
  source:
    'R sae eblupFH and mseFH (to full precision instead of a relative 1e-4); Fay & Herriot 1979, Datta & Lahiri 2000, ' +
    'Datta, Rao & Smith 2005, Li & Lahiri 2010',
  run(table, options) {
    const units = unitEstimates(table, options)
    const { terms, rows: known } = modelTerms(table, options)
    const used = units.flatMap(({ est, variance }, i) => {
      const x = known[i] ?? null
      return est === null || variance === null || x === null ? [] : [{ y: est, v: variance, x }]
    })
    // as many terms as areas fit everything: nothing is left to tell the areas' own spread from
    if (used.length <= terms.length)
      throw new DataError(table.file, [{ code: 'fewer_rows_than_terms', line: null, column: options.est }])
    const model = {
      y: used.map(({ y }) => y),
      v: used.map(({ v }) => v),
      columns: terms.map((_, a) => used.map(({ x }) => x[a]!)),
    }
    const fit = fitted(() => fayHerriot(model, options))
    let at = 0
    const areas = units.map(({ est }, i): ModelArea | null => {
      const x = known[i] ?? null
      if (x === null) return null
      return est === null ? fit.predict(x) : fit.fitted[at++]!
    })
    const benchmarked = options.benchmark === undefined ? null : benchmarkedValues(table, options, units, areas)
    return {
      areas: fit.areas,
      method: options.method,
      estimatedBy: fit.estimatedBy,
      refvar: fit.refvar,
      coefficients: fit.coefficients.map((coefficient, a) => ({ term: terms[a]!, ...coefficient })),
      logLikelihood: fit.logLikelihood,
      aic: fit.aic,
      bic: fit.bic,
      kic: fit.kic,
      conf: options.conf,
      rows: units.map((unit, i) => ({
        ...unit,
        ...areaFields(areas[i] ?? null),
        ...(benchmarked === null ? {} : { benchmarked: benchmarked[i] ?? null }),
      })),
    }
  },
})

function fitted<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof CollinearError) throw new OptionsError([{ path: 'covariates', code: 'collinear' }])
    throw error
  }
}

function areaFields(area: ModelArea | null) {
  if (area === null)
    return { gamma: null, synthetic: null, eblup: null, mse: null, rmse: null, cv: null, lo: null, hi: null }
  const { gamma, synthetic, eblup, mse, lo, hi } = area
  const rmse = Math.sqrt(mse)
  return { gamma, synthetic, eblup, mse, rmse, cv: eblup === 0 ? null : rmse / Math.abs(eblup), lo, hi }
}

function benchmarkedValues(
  table: Table,
  options: {
    benchmark?: (typeof benchmarkRules)[number] | undefined
    size?: string | undefined
    total?: number | undefined
  },
  units: readonly UnitEstimate[],
  areas: readonly (ModelArea | null)[],
): (number | null)[] {
  if (options.size === undefined) throw new OptionsError([{ path: 'size', code: 'benchmark_needs_size' }])
  const sizes = completeMeasures(table, options.size)
  refuse(table, options.size, sizes, (size) => (size >= 0 ? null : 'negative'))
  if (areas.includes(null)) throw new OptionsError([{ path: 'benchmark', code: 'benchmark_needs_all_covariates' }])
  if (options.total === undefined && units.some(({ est }) => est === null))
    throw new OptionsError([{ path: 'total', code: 'benchmark_needs_total' }])
  const total = options.total ?? sum(units.map(({ est }, i) => sizes[i]! * est!))
  const found = benchmark(
    areas.map((area) => area!.eblup),
    sizes,
    total,
    options.benchmark!,
  )
  if (found === null) throw new DataError(table.file, [{ code: 'weights_of_zero', line: null, column: options.size }])
  return found
}
