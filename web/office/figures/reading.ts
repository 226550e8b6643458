import type { Locale } from '../../i18n/i18n.ts'
import type { Estimate } from '../api/types.ts'
import type { Domain } from '../../charts/scale.ts'
import { decimal, decimalsFor, percent, percentRange } from '../lib/format.ts'

/** What may be said about an Estimate: a value, only an interval, or why there is no number. */
export type Reading =
  | { kind: 'value'; est: number; lo: number; hi: number; n: number }
  | { kind: 'plain'; est: number; n: number | null }
  | { kind: 'interval'; lo: number; hi: number; n: number; needed: number | null }
  | { kind: 'too_few'; n: number | null; needed: number | null }
  | { kind: 'complementary' }
  | { kind: 'not_measured' }
  | { kind: 'no_interval' }

/** Figures counted or published as they are: no sampling error. */
const COUNTED: readonly (string | null)[] = ['register_count', 'known']

const finite = (value: number | null): value is number => value !== null && Number.isFinite(value)

/**
 * Decides what a page may show. `plain` is a figure without sampling error (counted from the whole register).
 * Anything incomplete reads as not measured, never as zero.
 */
export function readEstimate(estimate: Estimate, needed: number | null): Reading {
  if (estimate.suppressed === 'too_few') return { kind: 'too_few', n: estimate.n, needed }
  if (estimate.suppressed === 'complementary') return { kind: 'complementary' }
  // answers are there, but no method of the runs gives this score an interval
  if (estimate.suppressed === 'not_measured' && estimate.method === 'bootstrap_only') return { kind: 'no_interval' }
  if (estimate.suppressed === 'not_measured') return { kind: 'not_measured' }
  const { est, lo, hi, n } = estimate
  if (COUNTED.includes(estimate.method) && finite(est)) return { kind: 'plain', est, n: finite(n) ? n : null }
  if (finite(est) && finite(lo) && finite(hi) && finite(n)) return { kind: 'value', est, lo, hi, n }
  if (finite(est)) return { kind: 'plain', est, n: finite(n) ? n : null }
  if (finite(lo) && finite(hi) && finite(n)) return { kind: 'interval', lo, hi, n, needed }
  return { kind: 'not_measured' }
}

/** A share is written in whole percent; every other scale as a number, 0–100 with a percent sign. */
export const isShare = (domain: Domain): boolean => domain.min === 0 && domain.max === 1
export const isPercent = (domain: Domain): boolean => domain.min === 0 && domain.max === 100

/** One value on its scale: 62% for shares, 2,41 for other scales with the decimals its standard error allows. */
export function writeValue(value: number, domain: Domain, se: number | null, locale: Locale): string {
  if (isShare(domain)) return percent(value, locale)
  return `${decimal(value, decimalsFor(se), locale)}${isPercent(domain) ? '%' : ''}`
}

/** An interval on its scale: 58–66% or 2,31–2,51. */
export function writeRange(lo: number, hi: number, domain: Domain, se: number | null, locale: Locale): string {
  if (isShare(domain)) return percentRange(lo, hi, locale)
  const digits = decimalsFor(se)
  return `${decimal(lo, digits, locale)}–${decimal(hi, digits, locale)}`
}

/** An end of a scale: 1/3 reads 0,33, whole numbers stay whole. */
export const writeEnd = (value: number, locale: Locale): string =>
  Number.isInteger(value) ? decimal(value, 0, locale) : decimal(value, 2, locale)
