/** What a commune is, told by the first word of its name. `township` (thị trấn) existed until 30/06/2025 only. */
export type CommuneType = 'rural' | 'ward' | 'township' | 'special_zone'

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g

const TYPES: readonly (readonly [string, CommuneType])[] = [
  ['xã ', 'rural'],
  ['phường ', 'ward'],
  ['thị trấn ', 'township'],
  ['đặc khu ', 'special_zone'],
]

/**
 * A key under which two spellings of one Vietnamese place name are equal.
 *
 * Indifferent to case, Unicode form, spaces, hyphens, apostrophes, the place of the tone mark (`Hòa`, `Hoà`) and leading zeros
 * of ward numbers (`Phường 09`). Letters and tones themselves count: `Tân` and `Tấn` differ.
 */
export function nameKey(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .split(/[\s\-–,.'’]+/)
    .filter((syllable) => syllable !== '')
    .map((syllable) => {
      const tone = (syllable.match(TONES) ?? []).join('')
      return (
        syllable
          .replace(TONES, '')
          .normalize('NFC')
          .replace(/^0+(?=\d)/, '') + tone
      )
    })
    .join(' ')
}

/** Tells xã, phường, thị trấn and đặc khu apart by a commune's full name; null when the name says none of them. */
export function communeType(fullName: string): CommuneType | null {
  const lower = fullName.normalize('NFC').toLowerCase()
  return TYPES.find(([prefix]) => lower.startsWith(prefix))?.[1] ?? null
}
