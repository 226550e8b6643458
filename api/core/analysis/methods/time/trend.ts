import { centre } from '../../../stats/centre.ts'
import { correlation } from '../../../stats/agreement/correlation.ts'
import { kendallScore } from '../../../stats/agreement/kendallScore.ts'
import { leastSquares } from '../../../stats/leastSquares.ts'
import { normalCdf } from '../../../stats/normalCdf.ts'
import { sum } from '../../../stats/sum.ts'
import { tCdf } from '../../../stats/tCdf.ts'
import { theilSen } from '../../../stats/theil-sen.ts'
import { tQuantile } from '../../../stats/tQuantile.ts'
import { DataError } from '../../../table/data-error.ts'
import { method } from '../../method.ts'
import { measures } from '../cells.ts'
import { columnOption, confOption } from '../columns.ts'

/** Every pair of points is looked at. */
const rowsMax = 3000

export const trendMethod = method({
  name: 'trend',
  summary: 'Trend of a series: straight line, Mann–Kendall and Kendall, Sen’s slope, Spearman',
  options: {
    y: columnOption('y', 'values; a missing one is left out'),
    t: columnOption('t', 'times as numbers; without such a column the positions 1, 2, 3 …'),
    conf: confOption,
  },
  output:
    '{ n, missing, linear: { intercept, interceptSe, slope, se, t, df, p, lo, hi, r2, sigma, autocorrelation }, mannKendall: ' +
    '{ s, varS, z, p }, kendall: { tau, p, exact }, sen: { slope, lo, hi, intercept }, spearman: { rho, p, exact } }; p ' +
    'two-sided; z with continuity correction; autocorrelation of the line’s residuals at lag 1; null where constant values ' +
    'leave nothing to compute',
  source: 'R lm, cor.test(kendall, spearman), trend mk.test and sens.slope; Mann 1945, Kendall 1975, Sen 1968',
  run(table, options) {
    const all = measures(table, options.y)
    const times =
      options.t === 't' && !table.columns.includes('t') ? all.map((_, i) => i + 1) : measures(table, options.t)
    const fault = (code: string, column: string) => new DataError(table.file, [{ code, line: null, column }])
    const points = all.flatMap((y, i) => {
      const t = times[i] ?? null
      return y === null || t === null ? [] : [{ t, y }]
    })
    if (points.length < 3) throw fault(points.length === 0 ? 'no_values' : 'too_few_rows', options.y)
    if (points.length > rowsMax) throw fault('too_many_rows', options.y)
    points.sort((a, b) => a.t - b.t)
    const [t, y] = [points.map((point) => point.t), points.map((point) => point.y)]
    if (t[0] === t.at(-1)) throw fault('no_variation', options.t)
    const { score: s, variance: varS } = kendallScore(t, y)
    const z = varS > 0 ? (s - Math.sign(s)) / Math.sqrt(varS) : 0
    const [kendall, spearman] = (['kendall', 'spearman'] as const).map((name) => correlation(t, y, name))
    const n = y.length
    return {
      n,
      missing: all.length - n,
      linear: line(t, y, options.conf),
      mannKendall: { s, varS, z, p: 2 * normalCdf(-Math.abs(z)) },
      kendall: { tau: kendall!.est, p: kendall!.p, exact: kendall!.exact },
      sen: theilSen(t, y, varS, options.conf),
      spearman: { rho: spearman!.est, p: spearman!.p, exact: spearman!.exact },
    }
  },
})

/** Straight line through points with at least two different times. */
function line(t: readonly number[], y: readonly number[], conf: number) {
  // Years are far from 0: the line is drawn through the middle of the times.
  const middle = centre(t)
  const fit = leastSquares(
    [t.map(() => 1), t.map((time) => time - middle)],
    y,
    t.map(() => 1),
  )
  const df = t.length - 2
  const [level, slope] = [fit.coefficients[0]!, fit.coefficients[1]!]
  const total = sum(y.map((value) => (value - centre(y)) ** 2))
  // What rounding leaves of a perfect line, or of constant values, is no spread.
  const rss = fit.squares <= 1e-24 * sum(y.map((value) => value * value)) ? 0 : fit.squares
  const variance = rss / df
  const [levelVariance, slopeVariance] = [variance * fit.inverse.get(0, 0), variance * fit.inverse.get(1, 1)]
  const se = Math.sqrt(slopeVariance)
  const half = tQuantile((1 + conf) / 2, df) * se
  const ratio = se === 0 ? null : slope / se
  const after = fit.residuals.slice(1)
  return {
    intercept: level - slope * middle,
    interceptSe: Math.sqrt(levelVariance + middle * middle * slopeVariance),
    slope,
    se,
    t: ratio,
    df,
    p: ratio === null ? null : 2 * tCdf(-Math.abs(ratio), df),
    lo: slope - half,
    hi: slope + half,
    r2: total === 0 ? null : 1 - rss / total,
    sigma: Math.sqrt(variance),
    autocorrelation: rss === 0 ? null : sum(after.map((residual, i) => residual * fit.residuals[i]!)) / rss,
  }
}
