import type { communesByName } from '../../db/queries/campaign-frame.ts'
import { digits } from '../core/units/cells.ts'
import { communeType, nameKey } from '../core/units/names.ts'

/** The commune that a frame names, by its id and name, or why there is none. */
export type FoundCommune = { readonly id: number; readonly name: string } | 'unknown_commune' | 'ambiguous_commune'
type Commune = Awaited<ReturnType<typeof communesByName>>[number]

/**
 * Finds communes by code (the province's own, H-code, or the statistics office's five digits, also without their leading zeros) or by
 * name, with or without `xã`, `phường` before it. The tenant's own communes go before the national ones.
 */
export function communeFinder(communes: readonly Commune[]): (text: string) => FoundCommune {
  const byKey = new Map<string, Commune[]>()
  for (const commune of communes)
    for (const key of new Set([...commune.codes, ...keysOf(commune.name)]))
      byKey.set(key, [...(byKey.get(key) ?? []), commune])
  return (text) => {
    const keys = [text, text.toUpperCase(), digits(text, 5) ?? '', nameKey(text)]
    for (const key of keys) {
      const found = byKey.get(key) ?? []
      const own = found.filter((commune) => commune.own)
      const [first, ...more] = own.length > 0 ? own : found
      if (first) return more.length > 0 ? 'ambiguous_commune' : { id: first.id, name: first.name }
    }
    return 'unknown_commune'
  }
}

/** A name as it is, and without the word that says what kind of commune it is. */
function keysOf(name: string): string[] {
  const whole = nameKey(name)
  if (name === '' || communeType(name) === null) return [whole]
  const bare = name.normalize('NFC').replace(/^(xã|phường|thị trấn|đặc khu)\s+/i, '')
  return [whole, nameKey(bare)]
}
