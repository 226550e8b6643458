/**
 * Interpolated median of a scale with steps of one: L + (1/2 − F)/f, where the median's class runs from L = value − ½ to
 * value + ½, F is the share below it and f the share in it.
 * @param shares value → share of the answers, summing to 1
 * @returns the median and its influence: by value, the derivative with respect to that value's share, centred so that it
 *   averages zero over the answers
 * @throws RangeError when there is no share
 */
export function interpolatedMedian(shares: ReadonlyMap<number, number>): {
  est: number
  slopes: ReadonlyMap<number, number>
} {
  const { value, share, below, ordered } = medianClass(shares)
  const est = value - 0.5 + (0.5 - below) / share
  const raw = (x: number) => (x < value ? -1 / share : x === value ? -(0.5 - below) / (share * share) : 0)
  const mean = ordered.reduce((sum, [x, p]) => sum + p * raw(x), 0)
  return { est, slopes: new Map(ordered.map(([x]) => [x, raw(x) - mean])) }
}

/**
 * Median of a scale: the smallest value whose share with all below it reaches one half (R survey `svyquantile`, rule
 * `math`). It moves in jumps, so it has no influence function.
 * @throws RangeError when there is no share
 */
export function medianOfShares(shares: ReadonlyMap<number, number>): number {
  return medianClass(shares).value
}

function medianClass(shares: ReadonlyMap<number, number>) {
  const ordered = [...shares].filter(([, share]) => share > 0).sort(([a], [b]) => a - b)
  let below = 0
  for (const [value, share] of ordered) {
    // the tolerance keeps a share that sums to one half in exact arithmetic on the same side in floating point
    if (below + share >= 0.5 - 1e-12) return { value, share, below, ordered }
    below += share
  }
  throw new RangeError('a median requires shares that sum to 1')
}
