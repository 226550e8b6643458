/** A UUID for a request, made where the page is not served over TLS as well. */
export function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** A seed that nobody chose: a whole number of 31 bits. */
export function newSeed(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) >>> 1
}

const two = (value: number) => String(value).padStart(2, '0')

/** The browser's own day, so many days from now. */
export function inDays(days: number): string {
  const at = new Date()
  at.setDate(at.getDate() + days)
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** The browser's own month, so many months from now. */
export function monthOf(months: number): string {
  const at = new Date()
  const index = at.getFullYear() * 12 + at.getMonth() + months
  return `${Math.floor(index / 12)}-${two((index % 12) + 1)}`
}
