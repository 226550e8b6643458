import { quantile } from '../quantile.ts'
import { assertUnits, type RankSet } from './pairwiseSets.ts'

export const setTypes = ['two-sided', 'lower', 'upper'] as const
/** `lower` bounds only the best place a unit may have, `upper` only the worst. */
export type SetType = (typeof setTypes)[number]

export interface BootstrapOptions {
  readonly conf?: number
  readonly type?: SetType
  /** Repeat with the pairs not yet distinguished, until nothing changes. */
  readonly stepdown?: boolean
  readonly draws?: number
}

/**
 * Rank sets by the parametric bootstrap of Mogstad, Romano, Shaikh & Wilhelm, highest value best, estimates independent: the
 * critical distance is the conf quantile of the largest standardised difference over all pairs still open, taken in draws
 * from N(0, variance). Simultaneous sets hold for all units at once, marginal ones for one unit at a time.
 *
 * All steps and units use the same draws, so that a smaller family never has a larger critical value.
 * Source: Review of Economic Studies 91 (2024), doi 10.1093/restud/rdad006; R csranks `csranks` (whose draws differ,
 * and with them a bound by one place now and then).
 * @param draw standard normal values, see `normalDraws`
 * @throws RangeError as `simultaneousSets`
 */
export function bootstrapSets(
  est: readonly number[],
  variance: readonly number[],
  draw: () => number,
  { conf = 0.95, type = 'two-sided', stepdown = true, draws = 1000 }: BootstrapOptions = {},
): { simultaneous: RankSet[]; marginal: RankSet[] } {
  assertUnits(est, variance)
  const p = est.length
  const samples = Array.from({ length: draws }, () => Float64Array.from(variance, (v) => Math.sqrt(v) * draw()))
  const family = { est, variance, samples, conf, stepdown }

  const all = distinguish(family, everyPair(p))
  const simultaneous = est.map((_, i): RankSet => bounds(type, p, countFor(all, i)))
  const marginal = est.map((_, i): RankSet => {
    const others = [...est.keys()].filter((j) => j !== i)
    const above = others.map((j): Pair => [j, i])
    const below = others.map((j): Pair => [i, j])
    const pairs = type === 'lower' ? above : type === 'upper' ? below : [...above, ...below]
    return bounds(type, p, countFor(distinguish(family, pairs), i))
  })
  return { simultaneous, marginal }
}

/** Hypothesis that the first unit is no better than the second. */
type Pair = readonly [better: number, worse: number]

interface Family {
  readonly est: readonly number[]
  readonly variance: readonly number[]
  readonly samples: readonly Float64Array[]
  readonly conf: number
  readonly stepdown: boolean
}

function distinguish({ est, variance, samples, conf, stepdown }: Family, pairs: readonly Pair[]): Pair[] {
  const found: Pair[] = []
  let open = pairs
  while (open.length > 0) {
    const first = Int32Array.from(open, ([i]) => i)
    const second = Int32Array.from(open, ([, j]) => j)
    const spread = Float64Array.from(open, ([i, j]) => Math.sqrt(variance[i]! + variance[j]!))
    const largest = samples.map((z) => {
      let max = 0
      for (let k = 0; k < spread.length; k += 1) {
        const distance = z[first[k]!]! - z[second[k]!]!
        if (distance > max * spread[k]!) max = distance / spread[k]!
      }
      return max
    })
    const critical = quantile(
      largest.sort((a, b) => a - b),
      conf,
    )
    const left: Pair[] = []
    open.forEach((pair, k) => {
      const [i, j] = pair
      if (est[i]! - est[j]! > critical * spread[k]!) found.push(pair)
      else left.push(pair)
    })
    if (!stepdown || left.length === open.length) return found
    open = left
  }
  return found
}

function everyPair(p: number): Pair[] {
  const units = Array.from({ length: p }, (_, i) => i)
  return units.flatMap((i) => units.filter((j) => j !== i).map((j): Pair => [i, j]))
}

function countFor(pairs: readonly Pair[], unit: number): { better: number; worse: number } {
  let [better, worse] = [0, 0]
  for (const [first, second] of pairs) {
    if (second === unit) better += 1
    if (first === unit) worse += 1
  }
  return { better, worse }
}

function bounds(type: SetType, p: number, { better, worse }: { better: number; worse: number }): RankSet {
  return { lo: type === 'upper' ? 1 : 1 + better, hi: type === 'lower' ? p : p - worse }
}
