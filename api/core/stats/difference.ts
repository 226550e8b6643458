import { type Estimate, makeEstimate, notMeasured, suppress } from './estimate.ts'
import { normalQuantile } from './normalQuantile.ts'
import { tQuantile } from './tQuantile.ts'

/**
 * The difference b − a of two estimates from **different people**: standard errors add as squares, degrees of freedom by
 * Welch–Satterthwaite. Suppressed where either is; not measured where either shows only its interval.
 * Source: B. L. Welch, Biometrika 34 (1947).
 */
export function difference(a: Estimate, b: Estimate): Estimate {
  const method = 'welch_difference'
  const hidden = a.suppressed ?? b.suppressed
  if (hidden !== null) return suppress(notMeasured(method), hidden)
  if (a.est === null || b.est === null || a.se === null || b.se === null) return notMeasured(method)
  const est = b.est - a.est
  const [va, vb] = [a.se ** 2, b.se ** 2]
  const se = Math.sqrt(va + vb)
  const spread = (a.df === null ? 0 : va ** 2 / a.df) + (b.df === null ? 0 : vb ** 2 / b.df)
  const df = spread > 0 ? (va + vb) ** 2 / spread : null
  const reach = se * (df === null ? normalQuantile(0.975) : tQuantile(0.975, df))
  const smaller = (x: number | null, y: number | null) => (x === null || y === null ? null : Math.min(x, y))
  return makeEstimate({
    est,
    se,
    df,
    lo: est - reach,
    hi: est + reach,
    n: smaller(a.n, b.n),
    nEff: smaller(a.nEff, b.nEff),
    method,
  })
}
