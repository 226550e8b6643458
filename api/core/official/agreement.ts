import { blandAltman, type BlandAltman } from '../stats/agreement/blandAltman.ts'
import { concordance, type Concordance } from '../stats/agreement/concordance.ts'
import { correlation, type Correlation } from '../stats/agreement/correlation.ts'
import { sum } from '../stats/sum.ts'
import { blandAltmanByUnit, ByUnit, concordanceByUnit, spearmanByUnit } from './by-unit.ts'
import { outOfSample, type OutOfSample } from './out-of-sample.ts'

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

/**
 * How far our approximation follows a published index. With five units or more: Spearman's correlation with its interval,
 * Bland–Altman's bias and limits, Lin's concordance, all with errors by units where units have several years (`ByUnit`), and the
 * error of pairs that are predicted from other units in other years. With fewer, `calibratable` is false and only the direction
 * of change is compared.
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
  readonly outOfSample: OutOfSample | null
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
  return {
    n: pairs.length,
    units,
    years,
    calibratable,
    ...(calibratable ? measuresOf(pairs, units) : { spearman: null, blandAltman: null, concordance: null }),
    outOfSample: calibratable ? outOfSample(pairs) : null,
    changes: changesOf(pairs, joined),
  }
}

function measuresOf(pairs: readonly AgreementPair[], units: number) {
  const all = { ours: pairs.map((pair) => pair.ours), official: pairs.map((pair) => pair.official) }
  if (units === pairs.length)
    return {
      spearman: correlation(all.ours, all.official, 'spearman'),
      blandAltman: blandAltman(all.ours, all.official),
      concordance: concordance(all.ours, all.official),
    }
  const groups = [...Map.groupBy(pairs, ({ unit }) => unit).values()]
  const means = (value: (pair: AgreementPair) => number) => groups.map((own) => sum(own.map(value)) / own.length)
  const byUnit = new ByUnit(pairs)
  return {
    spearman: spearmanByUnit(
      all,
      { ours: means((pair) => pair.ours), official: means((pair) => pair.official) },
      byUnit,
    ),
    blandAltman: blandAltmanByUnit(all, byUnit),
    concordance: concordanceByUnit(all, byUnit),
  }
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
