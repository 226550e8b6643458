import { sum } from '../stats/sum.ts'
import type { IndexIndicator } from './definition.ts'

/** The ends of a scale in raw units. */
export interface Bounds {
  readonly min: number
  readonly max: number
}

/** A normalised column, the raw bounds it rests on (null where none), and why there may be no scores. */
export interface NormalisedColumn {
  readonly scores: Float64Array
  readonly bounds: Bounds | null
  /** Scores that would lie outside the range; cut off when `clip` is on. */
  readonly outside: number
  readonly fault: 'constant_indicator' | 'all_missing' | 'target_not_better' | 'bounds_missing' | 'not_finite' | null
}

/** Smallest and largest value of a column, null when all are missing (NaN). */
export function columnBounds(column: Float64Array): Bounds | null {
  let min = Infinity
  let max = -Infinity
  for (const value of column) {
    if (value < min) min = value
    if (value > max) max = value
  }
  return min <= max ? { min, max } : null
}

/**
 * Puts the raw values of one indicator on its scale, so that more is always better. Missing values (NaN here, and here
 * only) stay missing. With [a, b] the range `to`, or the scale of the edition:
 *
 * - `none`: as they are; `lower` mirrors to a + b − x.
 * - `min-max`, `goalposts`: s = a + (b − a)(x − min)/(max − min); `lower` is a + b − s.
 * - `distance`: (x − worst)/(target − worst) on [a, b]; target is the good end of the bounds, by default the best value.
 * - `z`: (x − mean)/sd with n − 1, sign turned for `lower`; `to` gives another mean and standard deviation.
 * - `rank`: 1 (worst) … n, ties share the lowest; with `to`: a + (b − a)(rank − 1)/(n − 1).
 *
 * @param history bounds of other periods, for `cumulative` and `pooled`; numbers for `fixed` bounds that are not in the definition
 * Sources: OECD/JRC Handbook (2008), step 5; COINr, functions n_minmax, n_goalposts, n_zscore, n_rank, n_dist2targ.
 */
export function normaliseColumn(
  column: Float64Array,
  { direction, normalise }: Pick<IndexIndicator, 'direction' | 'normalise'>,
  scale: Bounds,
  history?: Bounds,
): NormalisedColumn {
  const sample = columnBounds(column)
  const failed = (fault: NormalisedColumn['fault']) => ({
    scores: new Float64Array(column.length).fill(NaN),
    bounds: null,
    outside: 0,
    fault,
  })
  if (sample === null) return failed('all_missing')
  const { method, to } = normalise
  const higher = direction === 'higher'
  if (method === 'rank') {
    const ranks = qualityRanks(column, higher)
    if (to === undefined) return { scores: ranks, bounds: null, outside: 0, fault: null }
    // Where all share one rank, neither end of the range says anything about them.
    if (sample.min === sample.max) return failed('constant_indicator')
    const present = column.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0)
    const [a, b] = to
    const scores = ranks.map((rank) => a + ((b - a) * (rank - 1)) / (present - 1))
    return { scores, bounds: null, outside: 0, fault: null }
  }
  if (method === 'z') {
    // Asked of the ends: the deviation of equal values from their mean need not be zero in floating point.
    if (sample.min === sample.max) return failed('constant_indicator')
    const { mean, sd } = moments(column)
    if (!(sd > 0 && sd < Infinity)) return failed('not_finite')
    const [centre, spread] = to ?? [0, 1]
    const signed = higher ? spread : -spread
    return {
      scores: column.map((value) => centre + (signed * (value - mean)) / sd),
      bounds: null,
      outside: 0,
      fault: null,
    }
  }
  const bounds = method === 'none' ? null : resolveBounds(normalise, sample, history)
  const line = scaleLine({ direction, normalise }, scale, bounds)
  if (typeof line === 'string') return failed(line)
  const { a, b, clip } = line
  let outside = 0
  const scores = column.map((value) => {
    const raw = line.score(value)
    if (raw >= a && raw <= b) return raw
    if (raw < a || raw > b) outside += 1
    return clip ? Math.min(b, Math.max(a, raw)) : raw
  })
  return { scores, bounds, outside: method === 'none' && to === undefined ? 0 : outside, fault: null }
}

/** A normalisation that looks at one value only, once its bounds are known: a straight line, cut at [a, b] if `clip`. */
export interface ScaleLine {
  /** Before the cut. */
  readonly score: (value: number) => number
  readonly slope: number
  readonly a: number
  readonly b: number
  readonly clip: boolean
}

/**
 * The line of `none`, `min-max`, `goalposts` and `distance`, or why there is none.
 * @param bounds ends in raw units; null for `none`
 */
export function scaleLine(
  { direction, normalise }: Pick<IndexIndicator, 'direction' | 'normalise'>,
  scale: Bounds,
  bounds: Bounds | null,
): ScaleLine | 'constant_indicator' | 'target_not_better' | 'bounds_missing' | 'not_finite' {
  const { method, to } = normalise
  const [a, b] = to ?? [scale.min, scale.max]
  const higher = direction === 'higher'
  const clip = normalise.clip ?? method === 'goalposts'
  if (method === 'none') {
    return { score: higher ? (value) => value : (value) => a + b - value, slope: higher ? 1 : -1, a, b, clip }
  }
  if (bounds === null) return 'bounds_missing'
  const { min, max } = bounds
  const width = max - min
  if (width === Infinity) return 'not_finite'
  if (!(width > 0)) return method === 'distance' && width < 0 ? 'target_not_better' : 'constant_indicator'
  const rising = (value: number) => a + (b - a) * ((value - min) / width)
  const slope = (b - a) / width
  // Mirrored with one subtraction, so that the two directions add up to a + b.
  return { score: higher ? rising : (value) => a + b - rising(value), slope: higher ? slope : -slope, a, b, clip }
}

/** Whether bounds from outside (other periods, a file) can change the scores of an indicator normalised like this. */
export function takesBounds({ method, bounds }: IndexIndicator['normalise']): boolean {
  const stretches = method === 'min-max' || method === 'goalposts' || method === 'distance'
  const open = bounds?.min === undefined || bounds.max === undefined
  return stretches && open && bounds !== undefined && bounds.mode !== 'sample'
}

/** The bounds a method stands on: given ones first, then those of the periods its mode names. */
function resolveBounds(normalise: IndexIndicator['normalise'], sample: Bounds, history?: Bounds): Bounds | null {
  const { method, bounds: given = { mode: 'sample' } } = normalise
  const wide = {
    min: Math.min(sample.min, history?.min ?? Infinity),
    max: Math.max(sample.max, history?.max ?? -Infinity),
  }
  if (given.mode === 'fixed' && method !== 'distance') {
    const min = given.min ?? history?.min
    const max = given.max ?? history?.max
    return min === undefined || max === undefined ? null : { min, max }
  }
  const from = given.mode === 'sample' ? sample : given.mode === 'fixed' ? (history ?? sample) : wide
  return { min: given.min ?? from.min, max: given.max ?? from.max }
}

/** Mean and standard deviation (n − 1) of at least two values. */
function moments(column: Float64Array): { mean: number; sd: number } {
  const values = [...column].filter((value) => !Number.isNaN(value))
  const mean = sum(values) / values.length
  const variance = sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1)
  return { mean, sd: Math.sqrt(variance) }
}

/** Rank from the worst (1), ties sharing the lowest. */
function qualityRanks(column: Float64Array, higher: boolean): Float64Array {
  const order = [...column.keys()].filter((i) => !Number.isNaN(column[i]!))
  order.sort((i, j) => (higher ? column[i]! - column[j]! : column[j]! - column[i]!))
  const ranks = new Float64Array(column.length).fill(NaN)
  order.forEach((i, place) => {
    const before = order[place - 1]
    ranks[i] = before !== undefined && column[before] === column[i] ? ranks[before]! : place + 1
  })
  return ranks
}
