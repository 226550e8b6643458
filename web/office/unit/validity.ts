import { day } from '../lib/format.ts'
import { locale, t } from '../lib/locale.ts'

/** How long a unit has existed, as far as that is known: "từ 01/07/2025", "đến 30/06/2025", both, or nothing. */
export function validity(unit: { validFrom: string | null; validTo: string | null }): string {
  const from = unit.validFrom === null ? null : day(unit.validFrom, locale())
  const to = unit.validTo === null ? null : day(unit.validTo, locale())
  if (from !== null && to !== null) return t('units.between', { from, to })
  if (from !== null) return t('units.since', { from })
  return to === null ? '' : t('units.until', { to })
}
