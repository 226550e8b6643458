import { type ChartPoint, type RunRules, signals } from '../../../stats/charts/signals.ts'

/** What the rows of a chart's result carry beside value and limits. */
export interface Labelled {
  readonly line: number
  readonly time: string | null
}

/** The shape of `chartResult`, for the `output` of a method. */
export const chartOutput =
  '{ center, stdDev, lcl, ucl, baseline, points, beyondLimits, violatingRuns, trends, twoOfThree, rows: [{ line, time, ' +
  'value, center, lcl, ucl, baseline, beyond, run, trend, twoOfThree }] }; center, lcl and ucl above the rows are null ' +
  'where they differ from point to point; the lists hold positions from 1, those above the centre first'

/**
 * The result of a control chart as plain data.
 * @param extra columns of a row, beside those of every chart
 */
export function chartResult(
  stdDev: number | null,
  points: readonly ChartPoint[],
  inBaseline: readonly boolean[],
  labels: readonly Labelled[],
  rules: RunRules,
  extra: readonly Readonly<Record<string, unknown>>[] = [],
) {
  const found = signals(points, rules)
  const [runs, trends, twoOfThree] = [found.runs, found.trends, found.twoOfThree].map((list) => new Set(list))
  const positions = (list: readonly number[]) => list.map((i) => i + 1)
  return {
    center: common(points.map(({ center }) => center)),
    stdDev,
    lcl: common(points.map(({ lcl }) => lcl)),
    ucl: common(points.map(({ ucl }) => ucl)),
    baseline: inBaseline.filter(Boolean).length,
    points: points.length,
    beyondLimits: positions(found.beyond),
    violatingRuns: positions(found.runs),
    trends: positions(found.trends),
    twoOfThree: positions(found.twoOfThree),
    rows: points.map(({ value, center, lcl, ucl }, i) => ({
      ...labels[i],
      value,
      ...extra[i],
      center,
      lcl,
      ucl,
      baseline: inBaseline[i],
      beyond: value > ucl ? 'above' : value < lcl ? 'below' : null,
      run: runs!.has(i),
      trend: trends!.has(i),
      twoOfThree: twoOfThree!.has(i),
    })),
  }
}

/** The value that all share, or null. */
function common(values: readonly number[]): number | null {
  return values.every((value) => value === values[0]) ? (values[0] ?? null) : null
}
