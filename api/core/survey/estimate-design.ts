import { measures } from '../analysis/methods/cells.ts'
import { OptionsError } from '../analysis/method.ts'
import { type Estimate, makeEstimate, notMeasured, suppress } from '../stats/estimate.ts'
import { normalQuantile } from '../stats/normalQuantile.ts'
import { tQuantile } from '../stats/tQuantile.ts'
import { type Table, texts } from '../table/table.ts'
import { calibrate } from './calibrate.ts'
import { openSquares, variance } from './covariance.ts'
import { type Design, makeDesign } from './design.ts'
import { degreesOfFreedom, type Domain, domains, indicator } from './domain.ts'
import {
  kish,
  type Linear,
  linearMean,
  linearRatio,
  linearTotal,
  type Observed,
  observed,
  simpleVariance,
} from './linear.ts'
import { quantileEstimate } from './quantile.ts'
import { shareInterval, shareVariance } from './share-interval.ts'
import { type Ask, type DesignSpec, designSchema, quantileIntervals, shareIntervals } from './spec.ts'
import { standardise } from './standardise.ts'
import { trimWeights } from './trim.ts'

/** An Estimate of a survey, with what was asked and what the design costs. */
export interface SurveyEstimate extends Estimate {
  readonly statistic: Ask['statistic']
  readonly y: string
  readonly p?: number
  /** The value of y whose share this is, where y has several and none was named. */
  readonly level?: string
  /** The group this is about. */
  readonly by?: Readonly<Record<string, string>>
  /** Variance over that of a simple random sample of the same size, drawn without replacement (R `deff = TRUE`). */
  readonly deff: number | null
  /** The same, drawn with replacement (R `deff = "replace"`). */
  readonly deffReplace: number | null
  /** Kish's effect of unequal weights alone. */
  readonly kishDeff: number | null
}

/**
 * Reads a design file's text.
 * @throws OptionsError with the path of each fault
 */
export function parseDesign(given: unknown): DesignSpec {
  const parsed = designSchema.safeParse(given)
  if (parsed.success) return parsed.data
  throw new OptionsError(
    parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), code: 'unknown_option' }))
        : [{ path: issue.path.join('.'), code: issue.code }],
    ),
  )
}

/** The design of a file: its stages and weights, calibrated and trimmed as it says. @throws as `makeDesign`, `calibrate` */
export function preparedDesign(table: Table, spec: DesignSpec): Design {
  if (spec.standardise !== undefined && spec.calibrate !== undefined)
    throw new OptionsError([{ path: 'standardise', code: 'not_with_calibrate' }])
  const plain = makeDesign(table, spec)
  if (spec.standardise !== undefined) return standardise(table, plain, spec.standardise)
  const calibrated = spec.calibrate === undefined ? plain : calibrate(table, plain, spec.calibrate)
  return spec.trim === undefined ? calibrated : trimWeights(calibrated, spec.trim)
}

/**
 * Everything a design file asks, in its order; an ask with `by` gives one estimate for each group, ascending.
 *
 * Means, totals, ratios and shares by Taylor linearisation with Student's interval on sampling units less strata of the
 * domain; shares with Wilson's interval at the effective size unless `interval` says otherwise; quantiles by Woodruff. Rows
 * without an answer are left out of a statistic but stay in the design.
 * @throws DataError, OptionsError
 */
export function estimateDesign(table: Table, spec: DesignSpec): SurveyEstimate[] {
  const design = preparedDesign(table, spec)
  return spec.ask.flatMap((ask, i) => {
    try {
      return answer(table, design, ask)
    } catch (error) {
      if (!(error instanceof OptionsError)) throw error
      throw new OptionsError(error.faults.map(({ path, code }) => ({ path: `ask.${i}.${path}`, code })))
    }
  })
}

function answer(table: Table, design: Design, ask: Ask): SurveyEstimate[] {
  assertFits(ask)
  const by = [ask.by ?? []].flat()
  const parts = domains(table, design, ask.where, by)
  const name = (part: Domain) => ({
    statistic: ask.statistic,
    y: ask.y,
    ...(ask.p === undefined ? {} : { p: ask.p }),
    ...(by.length === 0 ? {} : { by: part.by }),
  })
  if (ask.statistic === 'share') {
    const levels = levelsOf(table, ask)
    return parts.flatMap((part) =>
      levels.map(({ level, values }) => ({
        ...share(design, part.rows, observed(part.rows, values), ask),
        ...name(part),
        ...(level === null ? {} : { level }),
      })),
    )
  }
  const y = measures(table, ask.y)
  if (ask.statistic === 'ratio') {
    const x = measures(table, ask.x as string)
    return parts.map((part) => {
      const rows = part.rows.filter((row) => y[row] !== null && x[row] !== null)
      const pick = (values: readonly (number | null)[]) => Float64Array.from(rows, (row) => values[row]!)
      const linear = rows.length === 0 ? null : linearRatio(design, rows, pick(y), pick(x))
      return { ...symmetric(design, part.rows, linear, ask, rows.length), ...name(part) }
    })
  }
  return parts.map((part) => {
    const data = observed(part.rows, y)
    if (ask.statistic === 'quantile') return { ...quantile(design, part.rows, data, ask), ...name(part) }
    const linear = data.rows.length === 0 ? null : (ask.statistic === 'mean' ? linearMean : linearTotal)(design, data)
    return { ...symmetric(design, part.rows, linear, ask, data.rows.length), ...name(part) }
  })
}

function assertFits({ statistic, x, p, rule, interval }: Ask): void {
  const faults: { path: string; code: string }[] = []
  const refuse = (path: string, code: string) => faults.push({ path, code })
  if (statistic === 'ratio' && typeof x !== 'string') refuse('x', 'ratio_needs_a_column')
  if (x !== undefined && statistic !== 'ratio' && statistic !== 'share') refuse('x', 'not_for_this_statistic')
  if (p !== undefined && statistic !== 'quantile') refuse('p', 'not_for_this_statistic')
  if (rule !== undefined && statistic !== 'quantile') refuse('rule', 'not_for_this_statistic')
  const fitting: readonly string[] =
    statistic === 'share' ? shareIntervals : statistic === 'quantile' ? quantileIntervals : ['t', 'normal']
  if (interval !== undefined && !fitting.includes(interval)) refuse('interval', 'not_for_this_statistic')
  if (faults.length > 0) throw new OptionsError(faults)
}

/** What counts as chosen: the values named, or yes / TRUE / 1; each value of a text column when none is named. */
function levelsOf(table: Table, { y, x }: Ask): { level: string | null; values: (number | null)[] }[] {
  if (x !== undefined) return [{ level: null, values: indicator(table, y, [x].flat()) }]
  const cells = texts(table, y)
  const known = [...new Set(cells)].filter((cell) => cell !== null)
  const isText = known.some((cell) => Number.isNaN(Number(cell)) && !/^(yes|no|true|false)$/i.test(cell))
  if (!isText) return [{ level: null, values: indicator(table, y, null) }]
  return known.sort().map((level) => ({ level, values: indicator(table, y, [level]) }))
}

type Measured = Estimate & Pick<SurveyEstimate, 'deff' | 'deffReplace' | 'kishDeff'>
const unknownEffects = { deff: null, deffReplace: null, kishDeff: null }

/** Nothing is told without an interval: no rows, or no degrees of freedom to judge them by. */
function unanswered(method: string, n: number): Measured {
  return {
    ...suppress({ ...notMeasured(method), n }, n === 0 ? 'not_measured' : 'too_few', { keepN: true }),
    n,
    ...unknownEffects,
  }
}

const weightsOf = (design: Design, rows: Int32Array) => Float64Array.from(rows, (row) => design.weight[row]!)

/** Variance of a statistic; what rounding alone leaves of a statistic that the design fixes is no variance. */
function varianceOf(design: Design, linear: Linear): number {
  const v = variance(design, linear.rows, linear.z)
  return v > roundingOf(design, linear) ? v : 0
}

const roundingOf = (design: Design, linear: Linear) => (simpleVariance(design, linear)?.replace ?? 0) * 1e-20

/** Whether a statistic without variance is certain: everyone was asked, or the margins of a calibration give it. */
function isFixed(design: Design, linear: Linear): boolean {
  return !(openSquares(design, linear.rows, linear.z) > roundingOf(design, linear))
}

function effects(design: Design, linear: Linear, v: number) {
  const simple = simpleVariance(design, linear)
  const kishDeff = kish(weightsOf(design, linear.rows)).deff
  const n = linear.rows.length
  if (simple === null || !(simple.replace > 0)) return { deff: null, deffReplace: null, kishDeff, nEff: n / kishDeff }
  const deffReplace = v / simple.replace
  return {
    deff: simple.share > 0 ? deffReplace / simple.share : null,
    deffReplace,
    kishDeff,
    nEff: v > 0 ? n / deffReplace : n / kishDeff,
  }
}

function symmetric(design: Design, domain: Int32Array, linear: Linear | null, ask: Ask, n: number): Measured {
  const method = `taylor_${ask.statistic}${ask.interval === 'normal' ? '_normal' : ''}`
  const df = degreesOfFreedom(design, domain)
  if (linear === null || df < 1) return unanswered(method, n)
  const v = varianceOf(design, linear)
  const se = Math.sqrt(v)
  const half = (ask.interval === 'normal' ? normalQuantile(0.975) : tQuantile(0.975, df)) * se
  const { est } = linear
  const { nEff, ...rest } = effects(design, linear, v)
  const used = ask.interval === 'normal' ? null : df
  return { ...makeEstimate({ est, se, df: used, lo: est - half, hi: est + half, n, nEff, method }), ...rest }
}

function share(design: Design, domain: Int32Array, data: Observed, ask: Ask): Measured {
  const kind = (ask.interval ?? 'wilson') as (typeof shareIntervals)[number]
  const method = `taylor_share_${kind}`
  const df = degreesOfFreedom(design, domain)
  const n = data.rows.length
  if (n === 0 || df < 1) return unanswered(method, n)
  const linear = linearMean(design, data)
  const p = Math.min(1, Math.max(0, linear.est))
  const nKish = kish(weightsOf(design, data.rows)).nEff
  const linearised = varianceOf(design, linear)
  // the other kinds are those of R, which says nothing of units that are alike
  const isChance = kind === 'wilson' && linearised === 0 && !isFixed(design, linear)
  const v = isChance ? shareVariance({ p, variance: 0, nKish }) : linearised
  const { nEff, ...rest } = effects(design, linear, v)
  const ends = shareInterval(kind, { p, variance: v, n: domain.length, df, nKish })
  const size = v > 0 && p > 0 && p < 1 ? (p * (1 - p)) / v : nEff
  return { ...makeEstimate({ est: p, se: Math.sqrt(v), df, ...ends, n, nEff: size, method }), ...rest }
}

function quantile(design: Design, domain: Int32Array, data: Observed, ask: Ask): Measured {
  const rule = ask.rule ?? 'math'
  const interval = (ask.interval ?? 'mean') as (typeof quantileIntervals)[number]
  const method = `quantile_${rule}_${interval}`
  const df = degreesOfFreedom(design, domain)
  const n = data.rows.length
  if (n === 0 || df < 1) return unanswered(method, n)
  const { est, se, lo, hi, nEff } = quantileEstimate(design, data, { p: ask.p ?? 0.5, rule, interval, df })
  const kishDeff = kish(weightsOf(design, data.rows)).deff
  return {
    ...makeEstimate({ est, se, df, lo: Math.min(lo, hi), hi, n, nEff, method }),
    deff: null,
    deffReplace: n / nEff,
    kishDeff,
  }
}
