/**
 * The characters of a short code: digits and capitals that neither thermal paper nor handwriting confuses (no 0 O Q D, no I
 * L, of each pair 8 B, 5 S, 2 Z, 6 G, 7 1, V U only the first), no vowel, so that no word is spelled and no Vietnamese
 * keyboard (Telex, VNI) turns what is typed into an accented letter; D, W and Y are left out for the same reason.
 */
export const SHORT_CODE_LETTERS = '23456789CFHJKMNPRTVX'
export const SHORT_CODE_LENGTH = 8

/** What somebody types who reads one of a pair for the other. */
const MISREAD: Readonly<Record<string, string>> = { B: '8', S: '5', Z: '2', G: '6', U: 'V', 1: '7' }

/**
 * Reads a code as typed: any case, with or without spaces, hyphens and dots, look-alikes as what they stand for.
 * @returns eight characters without a hyphen, or null when it cannot be a code
 */
export function parseShortCode(typed: string): string | null {
  const letters = lettersOf(typed)
  return isWhole(letters) && letters.every((letter) => SHORT_CODE_LETTERS.includes(letter)) ? letters.join('') : null
}

/** Why what was typed is no code: too few or too many characters, or some that no code has; null for a code. */
export function shortCodeFault(typed: string): 'length' | 'letters' | null {
  if (!isWhole(lettersOf(typed))) return 'length'
  return parseShortCode(typed) === null ? 'letters' : null
}

const isWhole = (letters: readonly string[]) => letters.length === SHORT_CODE_LENGTH

/** Its characters as they may be meant; none of what is too long to be looked at. */
function lettersOf(typed: string): string[] {
  if (typed.length > 64) return []
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s.\u2010-\u2015\u2212-]/g, '')
  return [...plain].map((letter) => MISREAD[letter] ?? letter)
}
