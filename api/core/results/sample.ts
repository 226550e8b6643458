/** Respondents of a campaign that count, as variances need them. */
export interface Sample {
  /** Places of the respondents among all, ordered by stratum and sampling unit. */
  readonly order: Int32Array
  /** By the order: weight, stratum and sampling unit, numbered from 0. */
  readonly weight: Float64Array
  readonly stratum: Int32Array
  readonly cluster: Int32Array
  /** Sampling units of each stratum that answered. */
  readonly drawn: Float64Array
  readonly clusters: number
}

/** A respondent that counts. */
export interface SampledRespondent {
  readonly place: number
  readonly weight: number
  readonly stratum: string
  /** First-stage unit; empty: one stage, where respondents are the sampling units. */
  readonly psu: string
}

/**
 * Orders respondents by stratum and sampling unit. Sampling units are taken to be drawn with replacement: no correction for a finite
 * population, since who answers chooses to, and the correction would promise more than that allows.
 * Source: Wolter, Introduction to Variance Estimation (2nd ed., 2007) §1.4 for ultimate clusters.
 */
export function makeSample(respondents: readonly SampledRespondent[]): Sample {
  const ordered = respondents.toSorted(
    (a, b) => compare(a.stratum, b.stratum) || compare(a.psu, b.psu) || a.place - b.place,
  )
  const stratum = new Int32Array(ordered.length)
  const cluster = new Int32Array(ordered.length)
  const drawn: number[] = []
  let clusters = 0
  for (const [i, one] of ordered.entries()) {
    const before = ordered[i - 1]
    const isNewStratum = before?.stratum !== one.stratum
    if (isNewStratum) drawn.push(0)
    const h = drawn.length - 1
    if (isNewStratum || one.psu === '' || before?.psu !== one.psu) {
      drawn[h]! += 1
      clusters += 1
    }
    stratum[i] = h
    cluster[i] = clusters - 1
  }
  return {
    order: Int32Array.from(ordered, ({ place }) => place),
    weight: Float64Array.from(ordered, ({ weight }) => weight),
    stratum,
    cluster,
    drawn: Float64Array.from(drawn),
    clusters,
  }
}

/** Design degrees of freedom of a figure: sampling units less strata, and no more than its own sampling units give. */
export function sampleDf({ clusters, drawn }: Sample, own: number): number {
  return Math.min(clusters - drawn.length, own - 1)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
