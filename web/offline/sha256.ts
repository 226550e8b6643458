const WORDS = Uint32Array.from(
  // FIPS 180-4, 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  firstPrimes(64).map((prime) => fraction(Math.cbrt(prime))),
)
const START = firstPrimes(8).map((prime) => fraction(Math.sqrt(prime)))

function firstPrimes(count: number): number[] {
  const primes: number[] = []
  for (let n = 2; primes.length < count; n += 1) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  return primes
}

function fraction(root: number): number {
  return ((root - Math.floor(root)) * 2 ** 32) >>> 0
}

/**
 * SHA-256 of a text's UTF-8 bytes (FIPS 180-4). WebCrypto has it too, but only asynchronously and only on https: an
 * office's own address in its own network may be plain http, and the first tap must be on disk before the next one.
 */
export function sha256(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text)
  const padded = new Uint8Array(((bytes.length + 8) >> 6) * 64 + 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29))
  view.setUint32(padded.length - 4, bytes.length << 3)
  const hash = Uint32Array.from(START)
  const w = new Uint32Array(64)
  const at = (list: Uint32Array, place: number): number => list[place] ?? 0
  const turn = (value: number, by: number) => (value >>> by) | (value << (32 - by))
  for (let block = 0; block < padded.length; block += 64) {
    for (let i = 0; i < 64; i += 1) {
      if (i < 16) w[i] = view.getUint32(block + i * 4)
      else {
        const x = at(w, i - 15)
        const y = at(w, i - 2)
        const small = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)
        const large = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10)
        w[i] = at(w, i - 16) + small + at(w, i - 7) + large
      }
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash
    for (let i = 0; i < 64; i += 1) {
      const choose = (e & f) ^ (~e & g)
      const most = (a & b) ^ (a & c) ^ (b & c)
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choose + at(WORDS, i) + at(w, i)) | 0
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + most) | 0
      ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0]
    }
    ;[a, b, c, d, e, f, g, h].forEach((value, i) => (hash[i] = at(hash, i) + value))
  }
  const out = new DataView(new ArrayBuffer(32))
  hash.forEach((value, i) => out.setUint32(i * 4, value))
  return new Uint8Array(out.buffer)
}

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
