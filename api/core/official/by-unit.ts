import { blandAltman, type BlandAltman, type WithError } from '../stats/agreement/blandAltman.ts'
import { concordance, type Concordance } from '../stats/agreement/concordance.ts'
import { correlation, type Correlation } from '../stats/agreement/correlation.ts'
import { sum } from '../stats/sum.ts'
import { tCdf } from '../stats/tCdf.ts'
import { tQuantile } from '../stats/tQuantile.ts'

/** Both sides of pairs, in two lists of one length. */
export interface Sides {
  readonly ours: readonly number[]
  readonly official: readonly number[]
}

/** More units than this are left out in groups. */
const GROUPS_MAX = 100

/**
 * Errors of figures over pairs of units and years, units taken as the things that were drawn: the years of one unit resemble
 * each other and are no independent proofs. The jackknife leaves out one unit with all its years at a time (of more than 100
 * units one group of them), se² = (g − 1)/g · Σ(θ₍ᵢ₎ − θ̄)², Student's t on g − 1.
 * Source: Efron & Tibshirani (1993) ch. 11; Kott, Journal of Official Statistics 17 (2001), delete-a-group jackknife.
 */
export class ByUnit {
  readonly #parts: readonly Sides[]

  /** @param pairs at least two units */
  constructor(pairs: readonly { readonly unit: number; readonly ours: number; readonly official: number }[]) {
    const units = [...new Set(pairs.map(({ unit }) => unit))].sort((a, b) => a - b)
    const groups = Math.min(units.length, GROUPS_MAX)
    const groupOf = new Map(units.map((unit, i) => [unit, i % groups]))
    this.#parts = Array.from({ length: groups }, (_, group) => {
      const left = pairs.filter(({ unit }) => groupOf.get(unit) !== group)
      return { ours: left.map((pair) => pair.ours), official: left.map((pair) => pair.official) }
    })
  }

  /** Null where a figure has no value without one of the units, or the same without each. */
  error(figure: (sides: Sides) => number | null | undefined): { se: number; df: number } | null {
    const values = this.#parts.map(figure)
    if (!values.every((value) => typeof value === 'number' && Number.isFinite(value))) return null
    const found = values as number[]
    const mean = sum(found) / found.length
    const squares = sum(found.map((value) => (value - mean) ** 2))
    const se = Math.sqrt(((found.length - 1) / found.length) * squares)
    return se > 1e-12 * Math.max(1, Math.abs(mean)) ? { se, df: found.length - 1 } : null
  }
}

/**
 * Spearman's coefficient of all pairs, its interval and test by units on Fisher's scale. Where no unit makes a difference (all in
 * perfect order), those of as many pairs as there are units.
 */
export function spearmanByUnit(all: Sides, means: Sides, units: ByUnit): Correlation {
  const found = correlation(all.ours, all.official, 'spearman')
  if (found.est === null) return found
  const z = (sides: Sides) => fisher(correlation(sides.ours, sides.official, 'spearman').est)
  const error = units.error(z)
  const centre = fisher(found.est)
  if (error === null || centre === null) {
    const { p, lo, hi } = correlation(means.ours, means.official, 'spearman')
    const holds = lo !== null && hi !== null && lo <= found.est && found.est <= hi
    return { ...found, statistic: null, exact: false, ...(holds ? { p, lo, hi } : { p: null, lo: null, hi: null }) }
  }
  const t = centre / error.se
  const p = 2 * tCdf(-Math.abs(t), error.df)
  return { est: found.est, statistic: t, df: error.df, p, exact: false, ...fisherLimits(centre, error) }
}

/** Lin's concordance of all pairs with its interval by units on Fisher's scale, none where no unit makes a difference. */
export function concordanceByUnit({ ours, official }: Sides, units: ByUnit): Concordance {
  const found = concordance(ours, official)
  const centre = fisher(found.ccc)
  const error = units.error((sides) => fisher(concordance(sides.ours, sides.official).ccc))
  if (centre === null || error === null) return { ...found, se: null, lo: null, hi: null }
  return { ...found, se: error.se * (1 - found.ccc! ** 2), ...fisherLimits(centre, error) }
}

/** Bland and Altman's bias and limits of all pairs with errors by units. */
export function blandAltmanByUnit({ ours, official }: Sides, units: ByUnit): BlandAltman {
  const found = blandAltman(ours, official)
  const error = (part: (one: BlandAltman) => number | undefined) =>
    units.error((sides) => part(blandAltman(sides.ours, sides.official)))
  const withError = (part: (one: BlandAltman) => WithError | null): WithError | null => {
    const own = part(found)
    const by = error((one) => part(one)?.est)
    if (own === null || by === null) return own
    const arm = tQuantile(0.975, by.df) * by.se
    return { est: own.est, se: by.se, lo: own.est - arm, hi: own.est + arm }
  }
  const slope = error((one) => one.trend?.slope)
  return {
    ...found,
    bias: withError(({ bias }) => bias),
    lower: withError(({ lower }) => lower),
    upper: withError(({ upper }) => upper),
    trend:
      found.trend === null || slope === null
        ? found.trend
        : {
            ...found.trend,
            slopeSe: slope.se,
            slopeP: 2 * tCdf(-Math.abs(found.trend.slope / slope.se), slope.df),
          },
  }
}

/** Null at ±1 too, which has no place on the scale. */
function fisher(r: number | null): number | null {
  return r === null || 1 - Math.abs(r) < 1e-12 ? null : Math.atanh(r)
}

function fisherLimits(centre: number, { se, df }: { se: number; df: number }): { lo: number; hi: number } {
  const arm = tQuantile(0.975, df) * se
  return { lo: Math.tanh(centre - arm), hi: Math.tanh(centre + arm) }
}
