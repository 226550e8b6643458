import { fold } from '../dossier/fold.ts'

/** A province of the national reference, as far as published results name it. `validTo` is the first day on which it no longer is. */
export interface Province {
  readonly id: number
  readonly name: string
  readonly code: string
  readonly validFrom: string | null
  readonly validTo: string | null
}

/** From this year on results are those of the provinces after the merger of 1 July 2025. */
export const MERGER_YEAR = 2025

/** Names that results have used beside the present one. */
const ALIASES: Readonly<Record<string, string>> = {
  thuathienhue: 'hue',
  tthue: 'hue',
  hcm: 'hochiminh',
  hcmc: 'hochiminh',
  hochiminhciti: 'hochiminh',
  brvt: 'bariavungtau',
}

/** A key under which spellings of a province's name are equal: `TP. Hồ Chí Minh`, `TPHCM`, `Thành phố Hồ Chí Minh`. */
export function provinceKey(name: string): string {
  const bare = fold(name).replace(/^(thanhpho|tinh|tp)/, '')
  return ALIASES[bare] ?? bare
}

/**
 * Finds provinces by name or NSO code (`01`, also without its zero) in a year: until 2024 those before the merger, from 2025
 * those after it.
 * @returns the province, or null for a name that none has in that year
 */
export function provinceFinder(provinces: readonly Province[]): (text: string, year: number) => Province | null {
  const byKey = Map.groupBy(provinces, ({ name }) => provinceKey(name))
  const byCode = Map.groupBy(provinces, ({ code }) => code)
  return (text, year) => {
    const trimmed = text.trim()
    const found = /^\d{1,2}$/.test(trimmed) ? byCode.get(trimmed.padStart(2, '0')) : byKey.get(provinceKey(trimmed))
    if (found === undefined) return null
    const isOf = ({ validFrom, validTo }: Province) =>
      year < MERGER_YEAR ? validFrom === null || validFrom.slice(0, 4) < String(MERGER_YEAR) : validTo === null
    return found.find(isOf) ?? null
  }
}
