import { logGammaRatio } from './logGammaRatio.ts'
import { normalCdf } from './normalCdf.ts'

/**
 * Student's t distribution function P(T ≤ t) with df degrees of freedom (any df > 0, whole or not), relative accuracy
 * about 1e-13 also in the lower tail. For an upper tail use `tCdf(-t, df)`.
 *
 * The regularised incomplete beta function I_x(df/2, 1/2) by Lentz's continued fraction, with the gamma ratio from its
 * asymptotic series. Source: Abramowitz & Stegun 26.5.27, 26.5.8 and 6.1.47; above a million df the normal
 * approximation (A&S
 * 26.7.8), whose error falls with df² and is below 1e-12 there.
 * @throws RangeError when t is NaN or df is not positive
 */
export function tCdf(t: number, df: number): number {
  if (Number.isNaN(t) || !(df > 0)) throw new RangeError('tCdf requires a number t and df > 0')
  if (t === -Infinity || t === Infinity) return t < 0 ? 0 : 1
  if (df > 1e6) return normalCdf((t * (1 - 1 / (4 * df))) / Math.sqrt(1 + (t * t) / (2 * df)))
  const tail = upperTail(Math.abs(t), df)
  return t < 0 ? tail : 1 - tail
}

function upperTail(t: number, df: number): number {
  const a = df / 2
  const t2 = t * t
  const x = df / (df + t2)
  const rest = t2 / (df + t2)
  // Both continued fractions share this factor x^a (1−x)^½ / B(a, ½), in logarithms because x^a underflows early.
  const front = Math.exp(-a * Math.log1p(t2 / df) + logGammaRatio(a)) * Math.sqrt(rest / Math.PI)
  if (x < (a + 1) / (a + 2.5)) return (0.5 * front * betaFraction(x, a, 0.5)) / a
  return 0.5 - 0.5 * front * betaFraction(rest, 0.5, a) * 2
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  const safe = (v: number) => (Math.abs(v) < tiny ? tiny : v)
  let c = 1
  let d = 1 / safe(1 - ((a + b) * x) / (a + 1))
  let h = d
  for (let m = 1; m <= 20000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / safe(1 + even * d)
    c = safe(1 + even / c)
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / safe(1 + odd * d)
    c = safe(1 + odd / c)
    h *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return h
}
