/** An unguessable text of letters and digits: `bytes` of randomness in base 36, fixed length. */
export function randomToken(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(36).padStart(2, '0')).join(
    '',
  )
}
