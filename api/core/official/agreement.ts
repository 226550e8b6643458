import { blandAltman, type BlandAltman } from '../stats/agreement/blandAltman.ts'
import { concordance, type Concordance } from '../stats/agreement/concordance.ts'
import { correlation, type Correlation } from '../stats/agreement/correlation.ts'
import { sum } from '../stats/sum.ts'

/** Our estimate and the published value of one unit and year. */
export interface AgreementPair {
  readonly unit: number
  readonly year: number
  readonly ours: number
  /** Ends of our interval; null where it has none. */
  readonly lo: number | null
  readonly hi: number | null
  readonly official: number
}

/** Below this many units a level cannot be calibrated: one point a year of one province says nothing of a line. */
export const CALIBRATION_UNITS_MIN = 5

/** Both sides from one year to the next. A change of ours is `unclear` while it may be chance: no larger than its own error at 95 %. */
export interface DirectionOfChange {
  readonly unit: number
  readonly from: number
  readonly to: number
  readonly ours: number
  readonly official: number
  readonly agrees: boolean
  readonly unclear: boolean
}

/** Errors of one year when it is predicted from the others. */
export interface OutOfSampleYear {
  readonly year: number
  readonly n: number
  /** Mean of |predicted − published|, of the plain estimate and of the one put on the published scale. */
  readonly plain: number
  readonly equated: number
}

/**
 * How far our approximation follows a published index. With five units or more: Spearman's correlation with its interval,
 * Bland–Altman's bias and limits, Lin's concordance, and the error in each year when the scales are equated (mean and standard
 * deviation) on the other years. With fewer, `calibratable` is false and only the direction of change is compared.
 * Sources: statistics for linked scales: Kolen & Brennan (2014) ch. 2; Bland & Altman (1986); Lin (1989).
 */
export interface Agreement {
  readonly n: number
  readonly units: number
  readonly years: number
  readonly calibratable: boolean
  readonly spearman: Correlation | null
  readonly blandAltman: BlandAltman | null
  readonly concordance: Concordance | null
  readonly outOfSample: {
    readonly years: readonly OutOfSampleYear[]
    readonly plain: number
    readonly equated: number
  } | null
  readonly changes: readonly DirectionOfChange[]
}

/** @param joined whether the published values of two consecutive years may be set against each other */
export function agreementOf(
  pairs: readonly AgreementPair[],
  joined: (from: number, to: number) => boolean = () => true,
): Agreement {
  const units = new Set(pairs.map(({ unit }) => unit)).size
  const years = new Set(pairs.map(({ year }) => year)).size
  const calibratable = units >= CALIBRATION_UNITS_MIN
  const [ours, official] = [pairs.map((pair) => pair.ours), pairs.map((pair) => pair.official)]
  return {
    n: pairs.length,
    units,
    years,
    calibratable,
    spearman: calibratable ? correlation(ours, official, 'spearman') : null,
    blandAltman: calibratable ? blandAltman(ours, official) : null,
    concordance: calibratable ? concordance(ours, official) : null,
    outOfSample: calibratable ? leaveOneYearOut(pairs) : null,
    changes: changesOf(pairs, joined),
  }
}

function leaveOneYearOut(pairs: readonly AgreementPair[]): Agreement['outOfSample'] {
  const byYear = Map.groupBy(pairs, ({ year }) => year)
  if (byYear.size < 2) return null
  const years = [...byYear].flatMap(([year, own]): OutOfSampleYear[] => {
    const line = meanSigma(pairs.filter((pair) => pair.year !== year))
    if (line === null) return []
    const mean = (error: (pair: AgreementPair) => number) => sum(own.map((pair) => Math.abs(error(pair)))) / own.length
    return [
      {
        year,
        n: own.length,
        plain: mean((pair) => pair.ours - pair.official),
        equated: mean((pair) => line.intercept + line.slope * pair.ours - pair.official),
      },
    ]
  })
  if (years.length === 0) return null
  const total = sum(years.map(({ n }) => n))
  const over = (part: 'plain' | 'equated') => sum(years.map((one) => one.n * one[part])) / total
  return { years: years.toSorted((a, b) => a.year - b.year), plain: over('plain'), equated: over('equated') }
}

/** The line that gives our values the mean and spread of the published ones; null where ours do not vary. */
function meanSigma(pairs: readonly AgreementPair[]): { slope: number; intercept: number } | null {
  const moments = (values: readonly number[]) => {
    const mean = sum(values) / values.length
    return { mean, spread: Math.sqrt(sum(values.map((value) => (value - mean) ** 2))) }
  }
  const ours = moments(pairs.map((pair) => pair.ours))
  const official = moments(pairs.map((pair) => pair.official))
  if (!(ours.spread > 0)) return null
  const slope = official.spread / ours.spread
  return { slope, intercept: official.mean - slope * ours.mean }
}

function changesOf(
  pairs: readonly AgreementPair[],
  joined: (from: number, to: number) => boolean,
): DirectionOfChange[] {
  return [...Map.groupBy(pairs, ({ unit }) => unit)].flatMap(([unit, own]) => {
    const ordered = own.toSorted((a, b) => a.year - b.year)
    return ordered.slice(1).flatMap((now, k): DirectionOfChange[] => {
      const before = ordered[k]!
      if (!joined(before.year, now.year)) return []
      const [ours, official] = [now.ours - before.ours, now.official - before.official]
      // half-widths of independent intervals add as squares; overlap of the two would ask for far more
      const half = ({ lo, hi }: AgreementPair) => (lo === null || hi === null ? 0 : (hi - lo) / 2)
      return [
        {
          unit,
          from: before.year,
          to: now.year,
          ours,
          official,
          agrees: Math.sign(ours) === Math.sign(official),
          unclear: Math.abs(ours) <= Math.hypot(half(before), half(now)),
        },
      ]
    })
  })
}
