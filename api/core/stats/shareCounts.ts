/** Favourable answers among n valid ones. */
export interface ShareCounts {
  readonly favourable: number
  readonly n: number
}

/** @throws RangeError unless both are whole numbers with 0 ≤ favourable ≤ n and n ≥ 1 */
export function assertShareCounts({ favourable, n }: ShareCounts): void {
  if (!Number.isInteger(favourable) || !Number.isInteger(n) || n < 1 || favourable < 0 || favourable > n) {
    throw new RangeError('share counts require whole numbers with 0 ≤ favourable ≤ n and n ≥ 1')
  }
}
