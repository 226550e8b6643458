import type { Locale, Params } from '../../i18n/i18n.ts'
import type { OfficeKey } from '../../i18n/office.vi.ts'
import type { Compare, WeakSpot } from '../api/types.ts'
import { atLeastPoints, count, percent, percentRange } from '../lib/format.ts'

/** A sentence still without a language: dictionary key and parameters. */
export type Said = { key: OfficeKey; params: Params }

/** Items whose favourable answer has a phrase of its own; the others are said by their short name. */
const PHRASED = [
  'OVERALL',
  'T3',
  'T4',
  'T7',
  'Q_INFO',
  'Q_FEES',
  'Q_COMPETENT',
  'Q_RESPECT',
  'Q_PAPERWORK',
  'Q_DEADLINE_GIVEN',
  'Q_DEADLINE_MET',
  'Q_WINDOWS',
  'X_PAPERS',
  'X_PAYMENT',
  'B_TIME',
  'B_VISITS',
  'B_PAPERWORK',
  'B_FEES',
  'B_STAFF',
  'B_HARASS',
] as const

/** What a favourable answer to the item says, as a dictionary key. */
export const phraseOf = (item: string): OfficeKey => {
  const known = PHRASED.find((one) => one === item)
  return known === undefined ? 'said.other' : `said.${known}`
}

/**
 * The sentences of a weak spot: what is said here, what is said elsewhere, and how much lower this surely is. Nothing is
 * claimed when the interval of the shortfall reaches zero. Null when the numbers needed are missing.
 */
export function weakWords(spot: WeakSpot, compare: Compare, said: string, locale: Locale): Said[] | null {
  const { est, lo, hi, n } = spot.estimate
  if (est === null || lo === null || hi === null || n === null || spot.rest.est === null) return null
  const here: Said = {
    key: 'weak.sentence',
    params: {
      procedure: spot.procedure.name,
      share: percent(est, locale),
      said,
      range: percentRange(lo, hi, locale),
      n: count(n, locale),
    },
  }
  const elsewhere: Said = { key: `weak.rest.${compare}`, params: { share: percent(spot.rest.est, locale) } }
  const least = spot.shortfall.lo
  const verdict: Said =
    least !== null && least > 0
      ? { key: 'weak.atLeast', params: { points: atLeastPoints(least, locale) } }
      : { key: 'weak.noEvidence', params: {} }
  return [here, elsewhere, verdict]
}
