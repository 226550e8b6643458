import { packedAt, packedLength } from './packed.ts'

/**
 * Covariance of sums over a stratified cluster sample, from influences that arrive ordered by stratum and cluster:
 * Σ_h n_h/(n_h − 1) Σ_c (z_hc − z̄_h)(z_hc − z̄_h)′, as the upper triangle by rows. Only the columns that a cluster touches
 * cost anything. Clusters are taken to be drawn with replacement.
 */
export class StratifiedCovariance {
  /** Where a row of the triangle would begin at column 0. */
  private readonly rowStart: Int32Array
  private readonly covariance: Float64Array
  private readonly cluster: Float64Array
  private readonly touched: number[] = []
  private readonly isTouched: Uint8Array
  private readonly sum: Float64Array
  private readonly squares: Float64Array
  private readonly inStratum: number[] = []
  private readonly isInStratum: Uint8Array
  private at: { stratum: number; cluster: number } | null = null
  private clustersHere = 0
  private clusters = 0
  private strata = 0
  private readonly drawn: ArrayLike<number> | null

  /** @param drawn clusters by stratum, also those without a member of the group that is estimated; null: those that arrive are all */
  constructor(columns: number, drawn: ArrayLike<number> | null = null) {
    this.drawn = drawn
    this.rowStart = Int32Array.from({ length: columns }, (_, a) => packedAt(columns, a, a) - a)
    this.covariance = new Float64Array(packedLength(columns))
    this.cluster = new Float64Array(columns)
    this.isTouched = new Uint8Array(columns)
    this.sum = new Float64Array(columns)
    this.squares = new Float64Array(packedLength(columns))
    this.isInStratum = new Uint8Array(columns)
  }

  /** Says where the next influences belong. */
  enter(stratum: number, cluster: number): void {
    const { at } = this
    if (at !== null && at.stratum === stratum && at.cluster === cluster) return
    if (at !== null) this.closeCluster()
    if (at !== null && at.stratum !== stratum) this.closeStratum(at.stratum)
    this.at = { stratum, cluster }
  }

  add(column: number, influence: number): void {
    if (this.isTouched[column] === 0) {
      this.isTouched[column] = 1
      this.touched.push(column)
    }
    this.cluster[column]! += influence
  }

  /** The covariance and what it was made of; call once, at the end. */
  finish(): { covariance: Float64Array; clusters: number; strata: number } {
    if (this.at !== null) {
      this.closeCluster()
      this.closeStratum(this.at.stratum)
    }
    return { covariance: this.covariance, clusters: this.clusters, strata: this.strata }
  }

  private closeCluster(): void {
    const touched = ascending(this.touched)
    for (const [place, a] of touched.entries()) {
      const za = this.cluster[a]!
      if (this.isInStratum[a] === 0) {
        this.isInStratum[a] = 1
        this.inStratum.push(a)
      }
      this.sum[a]! += za
      const start = this.rowStart[a]!
      for (let later = place; later < touched.length; later += 1) {
        const b = touched[later]!
        this.squares[start + b]! += za * this.cluster[b]!
      }
    }
    for (const a of touched) {
      this.cluster[a] = 0
      this.isTouched[a] = 0
    }
    touched.length = 0
    this.clusters += 1
    this.clustersHere += 1
  }

  private closeStratum(stratum: number): void {
    const n = this.drawn?.[stratum] ?? this.clustersHere
    // with one cluster the stratum has no mean of its own to centre at, and the mean of all influences is zero
    const factor = n > 1 ? n / (n - 1) : 1
    const centre = n > 1 ? 1 / n : 0
    const columns = ascending(this.inStratum)
    for (const [place, a] of columns.entries()) {
      const start = this.rowStart[a]!
      for (let later = place; later < columns.length; later += 1) {
        const b = columns[later]!
        this.covariance[start + b]! += factor * (this.squares[start + b]! - centre * this.sum[a]! * this.sum[b]!)
        this.squares[start + b] = 0
      }
    }
    for (const a of columns) {
      this.sum[a] = 0
      this.isInStratum[a] = 0
    }
    columns.length = 0
    this.strata += 1
    this.clustersHere = 0
  }
}

/** Sorts in place; columns mostly arrive in order. */
function ascending(list: number[]): number[] {
  for (let i = 1; i < list.length; i += 1) if (list[i]! < list[i - 1]!) return list.sort((a, b) => a - b)
  return list
}
