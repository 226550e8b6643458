import { OptionsError } from '../analysis/method.ts'
import type { Auxiliaries } from './auxiliaries.ts'
import { generalisedInverse } from './generalised-inverse.ts'

type Distance = 'linear' | 'raking' | 'logit'

/**
 * Weights w = d · g(xᵀλ) that reproduce the totals, as near to d as the distance measures: `linear` g = 1 + u (GREG; cut at
 * the bounds if there are any), `raking` g = eᵘ, `logit` between the bounds. Newton's method on λ, with
 * half steps where a whole one leads away.
 * Source: Deville & Särndal, JASA 87 (1992); R survey `calibrate`.
 * @throws OptionsError `no_convergence` with the total that is farthest off
 */
export function solveCalibration(
  base: Float64Array,
  known: Auxiliaries,
  distance: Distance | string,
  bounds: readonly [number, number],
): Float64Array {
  const { width, columns, index, value, totals, names } = known
  const { change, slope } = shapes(distance as Distance, bounds)
  let from = new Float64Array(columns)
  let step = new Float64Array(columns)
  let shorter = 1
  const u = new Float64Array(base.length)
  let best = Infinity
  let weight = base
  for (let round = 0; round < 200; round += 1) {
    const lambda = from.map((start, j) => start + shorter * step[j]!)
    for (let row = 0; row < base.length; row += 1) {
      u[row] = 0
      for (let e = row * width; e < (row + 1) * width; e += 1)
        if (index[e]! >= 0) u[row]! += value[e]! * lambda[index[e]!]!
    }
    const tried = base.map((d, row) => d * change(u[row]!))
    const misfit = Float64Array.from(totals)
    const cross = Array.from({ length: columns }, () => new Float64Array(columns))
    for (let row = 0; row < base.length; row += 1) {
      const steep = base[row]! * slope(u[row]!)
      for (let e = row * width; e < (row + 1) * width; e += 1) {
        if (index[e]! < 0) continue
        misfit[index[e]!]! -= tried[row]! * value[e]!
        for (let k = row * width; k < (row + 1) * width; k += 1) {
          if (index[k]! >= 0) cross[index[e]!]![index[k]!]! += steep * value[e]! * value[k]!
        }
      }
    }
    const off = Math.max(...misfit.map((miss, j) => Math.abs(miss) / (1 + Math.abs(totals[j]!))))
    // Converged, or at the limit of the digits.
    if (off < 1e-13) return tried
    if (best < 1e-9 && !(off < best)) return weight
    if (off < best) {
      best = off
      weight = tried
      from = lambda
      const inverse = generalisedInverse(cross)
      step = Float64Array.from(inverse, (line) => line.reduce((sum, entry, k) => sum + entry * misfit[k]!, 0))
      shorter = 1
      continue
    }
    // A whole step may jump to where bounded weights no longer move.
    shorter /= 2
    if (shorter < 1e-6) break
  }
  if (best < 1e-9) return weight
  const sums = new Float64Array(columns)
  for (let e = 0; e < index.length; e += 1)
    if (index[e]! >= 0) sums[index[e]!]! += weight[Math.floor(e / width)]! * value[e]!
  const off = totals.map((total, j) => Math.abs(total - sums[j]!) / (1 + Math.abs(total)))
  throw new OptionsError([
    { path: names[off.indexOf(Math.max(...off))] ?? 'calibrate.margins', code: 'no_convergence' },
  ])
}

/** How much a weight changes at u, and how fast. */
function shapes(distance: Distance, [low, high]: readonly [number, number]) {
  if (distance === 'logit') {
    const a = (high - low) / ((high - 1) * (1 - low))
    const change = (u: number) => {
      const e = Math.exp(a * u)
      return e === Infinity ? high : (low * (high - 1) + high * (1 - low) * e) / (high - 1 + (1 - low) * e)
    }
    // g' = a (g − L)(U − g) / (U − L) · …, written by the chain rule of the logistic curve.
    const slope = (u: number) => {
      const g = change(u)
      return (a * (g - low) * (high - g)) / (high - low)
    }
    return { change, slope }
  }
  const cut = (g: number) => Math.min(high, Math.max(low, g))
  if (distance === 'raking') {
    return {
      change: (u: number) => cut(Math.exp(u)),
      slope: (u: number) => (Math.exp(u) > low && Math.exp(u) < high ? Math.exp(u) : 0),
    }
  }
  return { change: (u: number) => cut(1 + u), slope: (u: number) => Number(1 + u > low && 1 + u < high) }
}
