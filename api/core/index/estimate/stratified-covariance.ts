/**
 * Covariance of sums over a stratified cluster sample, from influences that arrive ordered by stratum and cluster:
 * Σ_h n_h/(n_h − 1) Σ_c (z_hc − z̄_h)(z_hc − z̄_h)′. Only the columns that a cluster touches cost anything.
 */
export class StratifiedCovariance {
  private readonly k: number
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

  constructor(columns: number) {
    this.k = columns
    this.covariance = new Float64Array(columns * columns)
    this.cluster = new Float64Array(columns)
    this.isTouched = new Uint8Array(columns)
    this.sum = new Float64Array(columns)
    this.squares = new Float64Array(columns * columns)
    this.isInStratum = new Uint8Array(columns)
  }

  /** Says where the next influences belong. */
  enter(stratum: number, cluster: number): void {
    const { at } = this
    if (at !== null && at.stratum === stratum && at.cluster === cluster) return
    if (at !== null) this.closeCluster()
    if (at !== null && at.stratum !== stratum) this.closeStratum()
    this.at = { stratum, cluster }
  }

  add(column: number, influence: number): void {
    if (this.isTouched[column] === 0) {
      this.isTouched[column] = 1
      this.touched.push(column)
    }
    this.cluster[column] = (this.cluster[column] as number) + influence
  }

  /** The covariance and what it was made of; call once, at the end. */
  finish(): { covariance: Float64Array; clusters: number; strata: number } {
    if (this.at !== null) {
      this.closeCluster()
      this.closeStratum()
    }
    return { covariance: this.covariance, clusters: this.clusters, strata: this.strata }
  }

  private closeCluster(): void {
    for (const a of this.touched) {
      const za = this.cluster[a] as number
      if (this.isInStratum[a] === 0) {
        this.isInStratum[a] = 1
        this.inStratum.push(a)
      }
      this.sum[a] = (this.sum[a] as number) + za
      for (const b of this.touched)
        this.squares[a * this.k + b] = (this.squares[a * this.k + b] as number) + za * (this.cluster[b] as number)
    }
    for (const a of this.touched) {
      this.cluster[a] = 0
      this.isTouched[a] = 0
    }
    this.touched.length = 0
    this.clusters += 1
    this.clustersHere += 1
  }

  private closeStratum(): void {
    const n = this.clustersHere
    // with one cluster the stratum has no mean of its own to centre at, and the mean of all influences is zero
    const factor = n > 1 ? n / (n - 1) : 1
    const centre = n > 1 ? 1 / n : 0
    for (const a of this.inStratum)
      for (const b of this.inStratum) {
        const at = a * this.k + b
        const centred = (this.squares[at] as number) - centre * (this.sum[a] as number) * (this.sum[b] as number)
        this.covariance[at] = (this.covariance[at] as number) + factor * centred
      }
    for (const a of this.inStratum) {
      this.sum[a] = 0
      this.isInStratum[a] = 0
      for (const b of this.inStratum) this.squares[a * this.k + b] = 0
    }
    this.inStratum.length = 0
    this.strata += 1
    this.clustersHere = 0
  }
}
