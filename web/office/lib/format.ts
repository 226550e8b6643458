import type { Locale } from '../../i18n/i18n.ts'

/** Numbers and days as people read them. Vietnamese uses a decimal comma and a point between thousands. */
const TAG: Readonly<Record<Locale, string>> = { vi: 'vi-VN', en: 'en-GB' }
const ZONE = 'Asia/Ho_Chi_Minh'

/** A whole count, 12.345. */
export const count = (value: number, locale: Locale): string =>
  new Intl.NumberFormat(TAG[locale], { maximumFractionDigits: 0 }).format(value)

export const decimal = (value: number, digits: number, locale: Locale): string =>
  new Intl.NumberFormat(TAG[locale], { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)

/** A share 0…1 as a whole percentage, 62%. Answers never carry more precision than that. */
export const percent = (share: number, locale: Locale): string =>
  new Intl.NumberFormat(TAG[locale], { style: 'percent', maximumFractionDigits: 0 }).format(share)

/** Both ends of an interval of shares with one sign: 58–66%. */
export const percentRange = (lo: number, hi: number, locale: Locale): string =>
  `${count(Math.round(lo * 100), locale)}–${percent(hi, locale)}`

/**
 * The size of a sure difference in percentage points, rounded towards zero so that "at least" stays true;
 * below one point one decimal is kept. `share` is 0…1.
 */
export function atLeastPoints(share: number, locale: Locale): string {
  const points = Math.max(0, share * 100)
  // The small addition absorbs binary rounding (0.12 × 100 = 11.999…); it is far below the precision shown.
  return points >= 1
    ? count(Math.floor(points + 1e-9), locale)
    : decimal(Math.floor(points * 10 + 1e-9) / 10, 1, locale)
}

/**
 * Decimals a scale value deserves: the last digit is not finer than half the standard error. At least one, at most two;
 * without a standard error one.
 */
export function decimalsFor(se: number | null): number {
  if (se === null || !(se > 0)) return 1
  return Math.min(2, Math.max(1, Math.floor(-Math.log10(se / 2) + 1e-9)))
}

/** `2026-07-01` as 01/07/2026 (vi) or 1 Jul 2026 (en). */
export function day(iso: string, locale: Locale): string {
  const [year = '', month = '', date = ''] = iso.slice(0, 10).split('-')
  if (locale === 'vi') return `${date}/${month}/${year}`
  return new Intl.DateTimeFormat(TAG.en, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(Date.UTC(Number(year), Number(month) - 1, Number(date))),
  )
}

/** `2026-07` as 07/2026 (vi) or Jul 2026 (en). */
export function month(iso: string, locale: Locale): string {
  const [year = '', number = ''] = iso.split('-')
  if (locale === 'vi') return `${number}/${year}`
  return new Intl.DateTimeFormat(TAG.en, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(Date.UTC(Number(year), Number(number) - 1, 1)),
  )
}

/** An instant in Vietnamese time, minutes precise. */
export function instant(iso: string, locale: Locale): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  return new Intl.DateTimeFormat(TAG[locale], {
    day: locale === 'vi' ? '2-digit' : 'numeric',
    month: locale === 'vi' ? '2-digit' : 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: ZONE,
  }).format(at)
}

/** Names in dictionary order of the language; Đ after D, tones last. */
export const byName = (locale: Locale): ((a: string, b: string) => number) => new Intl.Collator(TAG[locale]).compare
