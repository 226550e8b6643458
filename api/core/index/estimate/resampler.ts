import type { ClusterSample } from './cluster-sample.ts'
import { interpolatedMedian, medianOfShares } from './medians.ts'

/** Draws again and again from a sample; one object per sample and thread. */
export class Resampler {
  private readonly sample: ClusterSample
  private readonly above: Float64Array
  private readonly below: Float64Array
  /** How often each cluster counts. */
  private readonly factor: Float64Array

  constructor(sample: ClusterSample) {
    this.sample = sample
    const slots = sample.slotStarts.length - 1
    this.above = new Float64Array(slots)
    this.below = new Float64Array(slots)
    this.factor = new Float64Array(sample.strataStarts.at(-1)!)
  }

  /** The columns' statistics from every cluster once, as estimated; NaN where nobody answered. */
  all(out: Float64Array): void {
    this.factor.fill(1)
    this.finish(out)
  }

  /**
   * One replicate by the rescaled bootstrap: of the n clusters of a stratum n − 1 are drawn with replacement, each weighing
   * n/(n − 1), so that replicates vary as Taylor linearisation says. A stratum of one cluster is kept as it is.
   * Source: Rao & Wu, JASA 83 (1988); Rao, Wu & Yue, Survey Methodology 18 (1992).
   * @param draw a whole number from 0 to below n, by chance
   */
  replicate(draw: (n: number) => number, out: Float64Array): void {
    const { factor } = this
    const { strataStarts } = this.sample
    factor.fill(0)
    for (let h = 0; h + 1 < strataStarts.length; h += 1) {
      const first = strataStarts[h]!
      const n = strataStarts[h + 1]! - first
      if (n === 1) factor[first] = 1
      for (let drawn = 1; drawn < n; drawn += 1) factor[first + draw(n)]! += n / (n - 1)
    }
    this.finish(out)
  }

  private finish(out: Float64Array): void {
    const { factor, above, below } = this
    const { slotStarts, entryCluster, entryAbove, entryBelow, columns, counts, medians } = this.sample
    for (let slot = 0; slot < above.length; slot += 1) {
      let a = 0
      let b = 0
      const end = slotStarts[slot + 1]!
      for (let entry = slotStarts[slot]!; entry < end; entry += 1) {
        const times = factor[entryCluster[entry]!]!
        a += times * entryAbove[entry]!
        b += times * entryBelow[entry]!
      }
      above[slot] = a
      below[slot] = b
    }
    for (let column = 0; column < columns; column += 1) {
      out[column] = below[column]! > 0 ? (counts[column] === 1 ? above[column]! : above[column]! / below[column]!) : NaN
    }
    for (const { column, interpolated, first, values } of medians) {
      let whole = 0
      for (let i = 0; i < values.length; i += 1) whole += below[first + i]!
      const shares = new Map(Array.from(values, (value, i) => [value, below[first + i]! / whole]))
      out[column] = !(whole > 0) ? NaN : interpolated ? interpolatedMedian(shares).est : medianOfShares(shares)
    }
  }
}
