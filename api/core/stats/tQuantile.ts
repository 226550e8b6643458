import { logGammaRatio } from './logGammaRatio.ts'
import { normalQuantile } from './normalQuantile.ts'
import { tCdf } from './tCdf.ts'

/**
 * Quantile of Student's t with df degrees of freedom (any df > 0), relative accuracy about 1e-12. p = 0 and 1 give ∓∞.
 *
 * Closed forms for df 1 and 2; otherwise Newton's method on ln(tail) against ln(t), a concave curve that is nearly
 * straight in the tail, so a handful of steps suffice from the normal quantile. Near the median the plain curve is used.
 * @throws RangeError when p is outside [0, 1] or df is not positive
 */
export function tQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1) || !(df > 0)) throw new RangeError('tQuantile requires 0 ≤ p ≤ 1 and df > 0')
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity
  if (p === 0.5) return 0
  // 1 − p is exact for p ≥ ½, so working with the smaller tail loses nothing.
  const tail = p < 0.5 ? p : 1 - p
  if (p === 0.975 && df < usual.length && Number.isInteger(df)) return (usual[df] ||= upperPoint(tail, df))
  const t = upperPoint(tail, df)
  return p < 0.5 ? -t : t
}

/** 97.5 % points by whole df, kept once found: a province's night asks millions of times for a few hundred of them. */
const usual = new Float64Array(2048)

function upperPoint(tail: number, df: number): number {
  if (df === 1) return 1 / Math.tan(Math.PI * tail)
  if (df === 2) return (1 - 2 * tail) / Math.sqrt(2 * tail * (1 - tail))
  return tail > 0.25 ? nearMedian(tail, df) : inTail(tail, df)
}

function inTail(tail: number, df: number): number {
  let t = -normalQuantile(tail)
  for (let step = 0; step < 60; step += 1) {
    const at = tCdf(-t, df)
    const move = (Math.log(at / tail) * at) / (t * density(t, df))
    t *= Math.exp(move)
    if (Math.abs(move) < 1e-15) break
  }
  return t
}

function nearMedian(tail: number, df: number): number {
  let t = 0
  for (let step = 0; step < 60; step += 1) {
    const move = (tCdf(-t, df) - tail) / density(t, df)
    t += move
    if (Math.abs(move) < 1e-16) break
  }
  return t
}

function density(t: number, df: number): number {
  const logConstant = logGammaRatio(df / 2) - 0.5 * Math.log(df * Math.PI)
  return Math.exp(logConstant - ((df + 1) / 2) * Math.log1p((t * t) / df))
}
