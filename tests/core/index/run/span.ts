const PRIME = 2_147_483_629n

/** What a reader can compute from numbers that are linear in unknowns: exact, in a prime field. */
export class Span {
  private readonly rows: { pivot: number; row: bigint[] }[] = []

  add(vector: readonly bigint[]): void {
    const rest = this.reduce(vector)
    const pivot = rest.findIndex((value) => value !== 0n)
    if (pivot < 0) return
    const inverse = inverseOf(rest[pivot]!)
    this.rows.push({ pivot, row: rest.map((value) => (value * inverse) % PRIME) })
  }

  contains(vector: readonly bigint[]): boolean {
    return this.reduce(vector).every((value) => value === 0n)
  }

  private reduce(vector: readonly bigint[]): bigint[] {
    const rest = vector.map((value) => ((value % PRIME) + PRIME) % PRIME)
    for (const { pivot, row } of this.rows) {
      const factor = rest[pivot]!
      if (factor === 0n) continue
      for (let k = 0; k < rest.length; k += 1) rest[k] = (((rest[k]! - factor * row[k]!) % PRIME) + PRIME) % PRIME
    }
    return rest
  }
}

/** 1/n in the field. */
export function inverseOf(n: bigint): bigint {
  let result = 1n
  for (let b = n % PRIME, e = PRIME - 2n; e > 0n; e >>= 1n, b = (b * b) % PRIME)
    if (e & 1n) result = (result * b) % PRIME
  return result
}
