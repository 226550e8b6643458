/**
 * The characters of a short code: digits and capitals that neither thermal paper nor handwriting confuses (no 0 O Q D, no I
 * L, of each pair 8 B, 5 S, 2 Z, 6 G, 7 1, V U only the first), no vowel, so that no word is spelled and no Vietnamese
 * keyboard (Telex, VNI) turns what is typed into an accented letter; D, W and Y are left out for the same reason.
 */
export const SHORT_CODE_LETTERS = '23456789CFHJKMNPRTVX'
export const SHORT_CODE_LENGTH = 8
/** 20⁸ ≈ 2.6 · 10¹⁰ codes. All eight characters are secret; a check character would make guessing twenty times easier. */
export const SHORT_CODES = BigInt(SHORT_CODE_LETTERS.length) ** BigInt(SHORT_CODE_LENGTH)

/** What somebody types who reads one of a pair for the other. */
const MISREAD: Readonly<Record<string, string>> = { B: '8', S: '5', Z: '2', G: '6', U: 'V', 1: '7' }

/**
 * Reads a code as typed: any case, with or without spaces, hyphens and dots, look-alikes as what they stand for.
 * @returns eight characters without a hyphen, or null when it cannot be a code
 */
export function parseShortCode(typed: string): string | null {
  if (typed.length > 64) return null
  const letters = [
    ...typed
      .normalize('NFKC')
      .toUpperCase()
      .replaceAll(/[\s.\u2010-\u2015\u2212-]/g, ''),
  ]
  if (letters.length !== SHORT_CODE_LENGTH) return null
  const code = letters.map((letter) => MISREAD[letter] ?? letter)
  return code.every((letter) => SHORT_CODE_LETTERS.includes(letter)) ? code.join('') : null
}

/** `XXXX-XXXX`, as printed. */
export function printedShortCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/**
 * The code that a keyed hash gives: its first 64 bits as a number modulo 20⁸. The remainder favours no code by more than
 * one part in 7 · 10⁸.
 * @param mac at least eight bytes
 * @throws RangeError for fewer
 */
export function shortCodeOf(mac: Uint8Array): string {
  if (mac.length < 8) throw new RangeError('a short code needs eight bytes')
  let rest = mac.subarray(0, 8).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) % SHORT_CODES
  const base = BigInt(SHORT_CODE_LETTERS.length)
  let code = ''
  for (let i = 0; i < SHORT_CODE_LENGTH; i += 1) {
    code += SHORT_CODE_LETTERS[Number(rest % base)] ?? ''
    rest /= base
  }
  return code
}
