import gammaln from '@stdlib/math-base-special-gammaln'

/** ln Γ(x) for x > 0 (R `lgamma`). Source: @stdlib (FreeBSD msun). @throws RangeError when x is not positive */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError('logGamma requires x > 0')
  return gammaln(x)
}
