/** Pure geometry for the small charts: values in, percentages of the drawing's width out. */

export type Domain = { readonly min: number; readonly max: number }

/**
 * Where a value lies on the domain, as a percentage 0…100 of the width. Values outside are drawn at the edge.
 * Throws RangeError for an empty domain or a value that is not finite: a chart never guesses.
 */
export function position(value: number, domain: Domain): number {
  if (!(domain.max > domain.min)) throw new RangeError('position requires a domain with max above min')
  if (!Number.isFinite(value)) throw new RangeError('position requires a finite value')
  const share = (value - domain.min) / (domain.max - domain.min)
  return Math.min(100, Math.max(0, share * 100))
}

/** The band of an interval: its left edge and its width, both percentages. The ends may come in either order. */
export function band(lo: number, hi: number, domain: Domain): { left: number; width: number } {
  const a = position(lo, domain)
  const b = position(hi, domain)
  return { left: Math.min(a, b), width: Math.abs(b - a) }
}

/** `count` evenly spaced values from one end of the domain to the other, ends included. */
export function ticks(domain: Domain, count: number): number[] {
  if (count < 2) throw new RangeError('ticks requires at least 2 ticks')
  return Array.from({ length: count }, (_, i) => domain.min + ((domain.max - domain.min) * i) / (count - 1))
}
