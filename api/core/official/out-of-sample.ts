import { sum } from '../stats/sum.ts'
import type { AgreementPair } from './agreement.ts'

/** Errors of one year's pairs, each predicted from other units in other years. */
export interface OutOfSampleYear {
  readonly year: number
  readonly n: number
  /** Mean of |predicted − published|, of the plain estimate and of the one put on the published scale. */
  readonly plain: number
  readonly equated: number
}

export interface OutOfSample {
  readonly years: readonly OutOfSampleYear[]
  readonly plain: number
  readonly equated: number
}

/**
 * The error of values that nothing is known of: each pair is predicted by the line that equates mean and standard deviation of
 * both sides, taken from the pairs that share neither its unit nor its year. Null with one year alone, or where ours do not vary.
 * Source: Kolen & Brennan (2014) ch. 2, linear equating.
 * @param pairs one for each unit and year
 */
export function outOfSample(pairs: readonly AgreementPair[]): OutOfSample | null {
  const middle = {
    ours: sum(pairs.map((pair) => pair.ours)) / pairs.length,
    official: sum(pairs.map((pair) => pair.official)) / pairs.length,
  }
  const sumsOf = (some: readonly AgreementPair[]): Sums => {
    const over = (value: (x: number, y: number) => number) =>
      sum(some.map(({ ours, official }) => value(ours - middle.ours, official - middle.official)))
    return [some.length, over((x) => x), over((x) => x * x), over((_, y) => y), over((_, y) => y * y)]
  }
  const all = sumsOf(pairs)
  const by = (key: (pair: AgreementPair) => number) =>
    new Map([...Map.groupBy(pairs, key)].map(([group, own]) => [group, sumsOf(own)]))
  const [units, years] = [by(({ unit }) => unit), by(({ year }) => year)]
  const errors = pairs.flatMap((pair) => {
    const [unit, year, own] = [units.get(pair.unit)!, years.get(pair.year)!, sumsOf([pair])]
    const line = meanSigma(all.map((total, k) => total - unit[k]! - year[k]! + own[k]!) as unknown as Sums, all)
    if (line === null) return []
    const [x, y] = [pair.ours - middle.ours, pair.official - middle.official]
    return [
      {
        year: pair.year,
        plain: Math.abs(pair.ours - pair.official),
        equated: Math.abs(line.intercept + line.slope * x - y),
      },
    ]
  })
  if (errors.length === 0) return null
  const mean = (some: typeof errors) => ({
    plain: sum(some.map(({ plain }) => plain)) / some.length,
    equated: sum(some.map(({ equated }) => equated)) / some.length,
  })
  return {
    years: [...Map.groupBy(errors, ({ year }) => year)]
      .map(([year, own]) => ({ year, n: own.length, ...mean(own) }))
      .sort((a, b) => a.year - b.year),
    ...mean(errors),
  }
}

/** Count, Σx, Σx², Σy, Σy² about the middle of all. */
type Sums = readonly [number, number, number, number, number]

/** The line that gives our values the mean and spread of the published ones; null where ours do not vary. */
function meanSigma([n, x, xx, y, yy]: Sums, all: Sums): { slope: number; intercept: number } | null {
  if (n < 2) return null
  const [ours, official] = [xx - (x * x) / n, yy - (y * y) / n]
  // what is left by rounding is no spread
  if (!(ours > 1e-12 * all[2])) return null
  const slope = Math.sqrt(Math.max(0, official) / ours)
  return { slope, intercept: (y - slope * x) / n }
}
