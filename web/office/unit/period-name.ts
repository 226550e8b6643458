import type { Period } from '../api/types.ts'
import { t } from '../lib/locale.ts'
import { periodName } from '../lib/period.ts'

/** A period as people call it: "Quý III/2026". */
export function nameOfPeriod(period: Period): string {
  const { key, params } = periodName(period)
  return t(key, params)
}
