import { type Estimate, makeEstimate } from '../../stats/estimate.ts'
import { benchmark } from '../../stats/shrinkage/benchmark.ts'
import { fayHerriot } from '../../stats/shrinkage/fayHerriot.ts'
import { sum } from '../../stats/sum.ts'

/** A unit's own estimate of one indicator or node, before the display rule. */
export interface SmallUnit {
  readonly unit: number
  /** Units are drawn towards the mean of their kind: communes and departments are not each other's peers. */
  readonly kind: string
  readonly estimate: Estimate
  /** Dossiers, or people, that it stands for. */
  readonly size: number
}

/** The raw value and, beside it and never instead, what peers make one expect. */
export interface ShrunkUnit {
  readonly unit: number
  readonly raw: Estimate
  /** Null where there is nothing to borrow from: fewer than five units of the kind with a value, or no value. */
  readonly expected: Estimate | null
  /** Weight of the unit's own value in it, 0 to 1. */
  readonly own: number | null
}

/** Fewest units of a kind whose spread says anything; the adjusted likelihood has no highest point below four. */
const UNITS_MIN = 5

/**
 * Expected values of small units by Fay–Herriot: θ̂ = γ·raw + (1 − γ)·mean of the kind, γ = A/(A + ψ), A the variance between
 * units by REML (adjusted where that gives 0, so that units are never made all equal).
 *
 * ψ is smoothed, ψ_i = c/n_i with c the kind's pooled variance times answers: for shares deff·p̃(1 − p̃), so that a unit whose
 * seven answers are all good (variance 0) is drawn in as well. What comes out is moved by one number so that, weighted by
 * size, the kind keeps its raw mean.
 * Source: Fay & Herriot, JASA 74 (1979); Rao & Molina (2015) §6.4; smoothing: Hawala & Lahiri (2018).
 * @param scale ends that values are cut at; where that happens the mean of the kind gives way by as much
 */
export function shrinkUnits(units: readonly SmallUnit[], scale?: { min: number; max: number }): ShrunkUnit[] {
  const onScale = (value: number) => Math.min(scale?.max ?? Infinity, Math.max(scale?.min ?? -Infinity, value))
  const expected = new Map<number, { estimate: Estimate; own: number }>()
  for (const members of Map.groupBy(units, ({ kind }) => kind).values()) {
    const able = members.filter(({ estimate: { est, se, n } }) => est !== null && se !== null && n !== null && n > 0)
    const pooled = pooledVariance(able)
    if (able.length < UNITS_MIN || !(pooled > 0)) continue
    const y = able.map(({ estimate }) => estimate.est!)
    const v = able.map(({ estimate }) => pooled / estimate.n!)
    const { fitted } = fayHerriot({ y, v, columns: [y.map(() => 1)] }, { positive: true })
    const sizes = able.map(({ size }) => size)
    const total = sum(y.map((value, i) => value * sizes[i]!))
    const eblups = fitted.map(({ eblup }) => eblup)
    const kept = benchmark(eblups, sizes, total, 'difference') ?? eblups
    for (const [i, { unit, estimate }] of able.entries()) {
      const { mse, gamma, eblup, lo, hi } = fitted[i]!
      const moved = kept[i]! - eblup
      const ends = { lo: onScale(lo + moved), hi: onScale(hi + moved) }
      const numbers = { est: onScale(kept[i]!), se: Math.sqrt(mse), df: null, ...ends }
      const { n, nEff } = estimate
      expected.set(unit, { estimate: makeEstimate({ ...numbers, n, nEff, method: 'fay_herriot' }), own: gamma! })
    }
  }
  return units.map(({ unit, estimate }) => {
    const found = expected.get(unit)
    return { unit, raw: estimate, expected: found?.estimate ?? null, own: found?.own ?? null }
  })
}

/** Σ n·(n·se²) / Σ n: the variance of one answer, design effect included, as the units together show it. */
function pooledVariance(units: readonly SmallUnit[]): number {
  const answers = sum(units.map(({ estimate }) => estimate.n!))
  return sum(units.map(({ estimate: { se, n } }) => n! * n! * se! ** 2)) / answers
}
