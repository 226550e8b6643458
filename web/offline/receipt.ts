import { sha256, toHex } from './sha256.ts'

// Crockford's base 32: no I, L, O, U, so a code copied by hand from a screen survives.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const SECRET_LETTERS = 20
const ID_LETTERS = 26

/** What withdraws an answer: its id and the secret whose hash was sent with it. */
export type Receipt = { readonly id: string; readonly secret: string }

/** A new secret of 100 random bits as twenty letters. @param random 20 bytes from a cryptographic source. */
export function newSecret(random: Uint8Array): string {
  return Array.from(random.subarray(0, SECRET_LETTERS), (byte) => LETTERS[byte & 31]).join('')
}

/** What the server keeps of a secret: lower-case hexadecimal SHA-256 of its UTF-8 text. */
export function withdrawHashOf(secret: string): string {
  return toHex(sha256(secret))
}

/**
 * The response id that goes with a secret: a UUID of version 8 (RFC 9562, 5.8) cut from a hash, so that the short
 * secret alone is enough to withdraw. The id says nothing about the secret.
 */
export function idOf(secret: string): string {
  const bytes = sha256(`lang-nghe response ${secret}`).slice(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return dashed(toHex(bytes))
}

/** The code a person keeps, in groups of four. It holds the id only when that was made on another device. */
export function receiptCode(receipt: Receipt): string {
  const own = idOf(receipt.secret) === receipt.id
  const letters = own ? receipt.secret : receipt.secret + lettersOfId(receipt.id)
  return (letters.match(/.{1,4}/g) ?? []).join('-')
}

/** Reads a code as typed: any case, spaces or dashes, O for 0, I or L for 1. Null when it cannot be one. */
export function parseReceiptCode(typed: string): Receipt | null {
  const letters = typed
    .toUpperCase()
    .replace(/[\s\u2010-\u2015-]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  if (![...letters].every((letter) => LETTERS.includes(letter))) return null
  const secret = letters.slice(0, SECRET_LETTERS)
  if (letters.length === SECRET_LETTERS) return { id: idOf(secret), secret }
  if (letters.length === SECRET_LETTERS + ID_LETTERS) return { id: idOfLetters(letters.slice(SECRET_LETTERS)), secret }
  return null
}

// 26 letters carry 130 bits, so an id of 128 has two zero bits before it.
function lettersOfId(id: string): string {
  const bits = `00${[...id.replace(/-/g, '')].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('')}`
  return (bits.match(/.{5}/g) ?? []).map((five) => LETTERS[Number.parseInt(five, 2)]).join('')
}

function idOfLetters(letters: string): string {
  const bits = [...letters].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const hex = (bits.slice(2).match(/.{4}/g) ?? []).map((four) => Number.parseInt(four, 2).toString(16)).join('')
  return dashed(hex)
}

function dashed(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
