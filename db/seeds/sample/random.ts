/** A stream of pseudo-random numbers: the same seed gives the same stream on every machine. */
export interface Random {
  /** Uniform on [0, 1), 32 bits. */
  next: () => number
  /** A whole number, uniform on 0 … n − 1. */
  below: (n: number) => number
  /** Exponential with mean 1. */
  exponential: () => number
}

/** Chris Doty-Humphrey's sfc32, started from one whole number. Not for secrets. */
export function createRandom(seed: number): Random {
  let a = 0x9e3779b9 ^ seed
  let b = 0x243f6a88 ^ (seed >>> 16)
  let c = 0xb7e15162
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4294967296
  }
  for (let i = 0; i < 15; i += 1) next()
  return {
    next,
    below: (n) => Math.floor(next() * n),
    exponential: () => -Math.log(1 - next()),
  }
}

/** Running sums of weights, for `pick`. */
export function cumulative(weights: readonly number[]): Float64Array {
  let sum = 0
  return Float64Array.from(weights, (weight) => (sum += weight))
}

/** The place whose weight a uniform number falls on, by halving. */
export function pick(sums: Float64Array, u: number): number {
  const target = u * (sums.at(-1) ?? 0)
  let low = 0
  let high = sums.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] ?? 0) > target) high = middle
    else low = middle + 1
  }
  return low
}
