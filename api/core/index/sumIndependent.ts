import { type Estimate, makeEstimate, notMeasured, suppress } from '../stats/estimate.ts'
import { normalQuantile } from '../stats/normalQuantile.ts'
import { sum } from '../stats/sum.ts'
import { tQuantile } from '../stats/tQuantile.ts'

/**
 * Sum of estimates made from **different people**, so that their errors are independent: se = √Σ se², degrees of freedom
 * by Welch–Satterthwaite, Student's 95 % interval cut at the scale. Do not use it for several items of the same
 * respondents: their answers covary (use `availableCase`).
 *
 * A sum exists only when every part does: one part not measured makes it not measured, else one suppressed part
 * suppresses it for the same reason. If a part shows only its interval the sum does too, by adding lower and upper ends,
 * which is wider than needed. `n` is the smallest of the parts.
 * Source: B. L. Welch, Biometrika 34 (1947).
 */
export function sumIndependent(
  parts: readonly Estimate[],
  scale: { min: number; max: number },
  method: string,
): Estimate {
  if (parts.length === 0 || parts.some((part) => part.suppressed === 'not_measured')) return notMeasured(method)
  const hidden = parts.find((part) => part.suppressed === 'too_few') ?? parts.find((part) => part.suppressed !== null)
  if (hidden !== undefined) return suppress({ ...hidden, method }, hidden.suppressed!, { keepN: true })

  const n = smallest(parts.map((part) => part.n))
  const nEff = smallest(parts.map((part) => part.nEff))
  const clip = (value: number) => Math.min(scale.max, Math.max(scale.min, value))
  const { est: values, se: errors } = { est: all(parts, 'est'), se: all(parts, 'se') }
  if (values === null || errors === null) {
    const lows = all(parts, 'lo')
    const highs = all(parts, 'hi')
    if (lows === null || highs === null) return suppress({ ...parts[0]!, n, method }, 'too_few', { keepN: true })
    const ends = { lo: clip(sum(lows)), hi: clip(sum(highs)) }
    const est = values === null ? null : clip(sum(values))
    return makeEstimate({ est, se: null, df: null, ...ends, n, nEff, method })
  }
  const est = clip(sum(values))
  const variances = errors.map((error) => error * error)
  const se = Math.sqrt(sum(variances))
  // A part without df has a known or normal error and adds nothing to the denominator.
  const spread = sum(variances.map((v, i) => (parts[i]!.df === null ? 0 : (v * v) / parts[i]!.df!)))
  const df = spread > 0 ? (se * se * (se * se)) / spread : null
  const reach = se * (df === null ? normalQuantile(0.975) : tQuantile(0.975, df))
  return makeEstimate({ est, se, df, lo: clip(est - reach), hi: clip(est + reach), n, nEff, method })
}

function all(parts: readonly Estimate[], key: 'est' | 'se' | 'lo' | 'hi'): number[] | null {
  const values = parts.map((part) => part[key])
  return values.every((value) => value !== null) ? values : null
}

function smallest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : Math.min(...known)
}
