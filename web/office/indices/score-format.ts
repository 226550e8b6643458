import type { Estimate } from '../api/types.ts'
import { decimal, decimalsFor, percent, percentRange } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import type { Scale } from './types.ts'

/** A score on its own scale, with the decimals its standard error allows. */
export const score = (value: number, se: number | null): string => decimal(value, decimalsFor(se), locale())

export const scoreRange = (lo: number, hi: number, se: number | null): string => `${score(lo, se)}–${score(hi, se)}`

/** Whether raw values are shares, which are written in percent. */
export const isShareScale = (goalposts: Scale | null): boolean =>
  goalposts !== null && goalposts.min === 0 && goalposts.max === 1

/** A raw value of an indicator in its own units. */
export const rawValue = (value: number, se: number | null, goalposts: Scale | null): string =>
  isShareScale(goalposts) ? percent(value, locale()) : decimal(value, decimalsFor(se), locale())

export const rawRange = (lo: number, hi: number, se: number | null, goalposts: Scale | null): string =>
  isShareScale(goalposts) ? percentRange(lo, hi, locale()) : scoreRange(lo, hi, se)

/** Decimals in which points of a total are told: parts of an exact sum, so not ruled by a standard error. */
const pointDigits = ({ min, max }: Scale): number => (max - min > 20 ? 1 : 2)

/** Points of the total without a sign. */
export const points = (value: number, scale: Scale): string => decimal(value, pointDigits(scale), locale())

/** Points with their sign; a true minus, as wide as a plus. What rounds to nothing has none. */
export function signed(value: number, digits: number): string {
  const text = decimal(Math.abs(value), digits, locale())
  if (!/[1-9]/.test(text)) return text
  return value > 0 ? `+${text}` : `−${text}`
}
export const signedPoints = (value: number, scale: Scale): string => signed(value, pointDigits(scale))

/** Numbers of a trace keep more digits, so that a reader can follow the sum. */
export const exact = (value: number): string => decimal(value, 3, locale())

/** How much less answers tell than as many of a simple random sample; null where it cannot be said. */
export function designEffect({ n, nEff }: Estimate): number | null {
  return n === null || nEff === null || !(nEff > 0) ? null : n / nEff
}

/** Why an element has no number, as a word of `withheld`. */
export function whyHidden({
  suppressed,
  method,
}: Estimate): 'too_few' | 'complementary' | 'not_measured' | 'no_interval' {
  return suppressed === 'not_measured' && method === 'bootstrap_only' ? 'no_interval' : (suppressed ?? 'not_measured')
}
