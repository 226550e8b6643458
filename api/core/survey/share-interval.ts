import { betaQuantile } from '../stats/beta.ts'
import { tQuantile } from '../stats/tQuantile.ts'
import { wilsonLimits } from '../stats/wilsonLimits.ts'

export type ShareInterval = 'wilson' | 'logit' | 'likelihood' | 'asin' | 'beta' | 'xlogit' | 'mean'

/** A share under a design: its linearised variance, the answers it rests on and the design's degrees of freedom. */
export interface DesignShare {
  readonly p: number
  readonly variance: number
  readonly n: number
  readonly df: number
  /** Size to fall back on when nobody or everybody is favourable and the variance says nothing. */
  readonly nKish: number
  readonly conf?: number
}

/**
 * Two-sided interval of a share under a sample design.
 *
 * `wilson` (ours by default) Wilson's score interval with the effective size of `beta`, at most n: a variance that
 * happens to be small must not promise more than the answers themselves (NCHS Data Presentation Standards for Proportions, 2017). `beta` Korn & Graubard (1998):
 * Clopper–Pearson with n = p(1−p)/V · (t(n−1)/t(df))². `logit`, `xlogit` symmetric in log odds. `asin` symmetric in
 * asin √p. `likelihood` Rao–Scott profile likelihood. `mean` p ± t·se, may leave [0, 1]. All but `wilson` as R survey
 * `svyciprop` 4.1-1. At p = 0 or 1 the others say nothing, so `beta`'s limits from Kish's size are given, or Wilson's for
 * `wilson`. No spread at 0 < p < 1 means that the design fixes the share: of sampling units that happen to be alike give
 * `shareVariance`.
 */
export function shareInterval(kind: ShareInterval, share: DesignShare): { lo: number; hi: number } {
  const { p, variance, df, conf = 0.95 } = share
  const edge = !(p > 0 && p < 1)
  if (!edge && !(variance > 0)) return { lo: p, hi: p }
  const nEff = effectiveSize(share)
  if (kind === 'wilson') return wilsonLimits(p, Math.min(nEff, share.n), conf)
  if (kind === 'beta' || edge) return korn(p, nEff, conf)
  const t = tQuantile((1 + conf) / 2, df)
  const se = Math.sqrt(variance)
  if (kind === 'mean') return { lo: p - t * se, hi: p + t * se }
  if (kind === 'asin') {
    const centre = Math.asin(Math.sqrt(p))
    const arm = (t * se) / (2 * Math.sqrt(p * (1 - p)))
    return { lo: Math.sin(centre - arm) ** 2, hi: Math.sin(centre + arm) ** 2 }
  }
  if (kind === 'likelihood') return profile(share, t)
  const centre = Math.log(p / (1 - p))
  const arm = (t * se) / (p * (1 - p))
  return { lo: 1 / (1 + Math.exp(arm - centre)), hi: 1 / (1 + Math.exp(-centre - arm)) }
}

/**
 * The variance a share is judged by: its linearised one, and that of answers drawn one by one (with Kish's size) where sampling
 * units happen to be alike, up to rounding: that is chance, no certainty.
 */
export function shareVariance({ p, variance, nKish }: Pick<DesignShare, 'p' | 'variance' | 'nKish'>): number {
  const drawn = (p * (1 - p)) / nKish
  return variance > 1e-9 * drawn ? variance : drawn
}

/** Korn & Graubard's effective size: of a simple sample with the same variance, reduced for few degrees of freedom. */
export function effectiveSize({ p, variance, n, df, nKish, conf = 0.95 }: DesignShare): number {
  const plain = variance > 0 && p > 0 && p < 1 ? (p * (1 - p)) / variance : nKish
  if (n < 2) return plain
  return plain * (tQuantile((1 + conf) / 2, n - 1) / tQuantile((1 + conf) / 2, df)) ** 2
}

function korn(p: number, nEff: number, conf: number): { lo: number; hi: number } {
  const tail = (1 - conf) / 2
  const x = nEff * p
  return {
    lo: p <= 0 ? 0 : betaQuantile(tail, x, nEff - x + 1),
    hi: p >= 1 ? 1 : betaQuantile(1 - tail, x + 1, nEff - x),
  }
}

/**
 * The shares whose deviance, divided by the Rao–Scott effect V / V of a simple sample and by the dispersion n / (n − 1),
 * stays below t².
 */
function profile({ p, variance, n }: DesignShare, t: number): { lo: number; hi: number } {
  const bound = t * t * ((variance * n) / (p * (1 - p))) * (n / (n - 1))
  const deviance = (q: number) => 2 * n * (p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q)))
  return { lo: root(deviance, bound, p, 0), hi: root(deviance, bound, p, 1) }
}

/** Where a function that rises from `from` towards `end` crosses `level`, by halving. */
function root(f: (q: number) => number, level: number, from: number, end: number): number {
  let inside = from
  let outside = end
  for (let step = 0; step < 200; step += 1) {
    const middle = (inside + outside) / 2
    if (middle === inside || middle === outside) break
    if (f(middle) < level) inside = middle
    else outside = middle
  }
  return inside
}
