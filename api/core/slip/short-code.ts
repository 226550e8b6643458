import { SHORT_CODE_LENGTH, SHORT_CODE_LETTERS } from './typed-code.ts'

/** 20⁸ ≈ 2.6 · 10¹⁰ codes. All eight characters are secret; a check character would make guessing twenty times easier. */
export const SHORT_CODES = BigInt(SHORT_CODE_LETTERS.length) ** BigInt(SHORT_CODE_LENGTH)

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
