import { OptionsError } from '../analysis/method.ts'
import type { Auxiliaries } from './auxiliaries.ts'

const roundsMax = 5000

/**
 * Iterative proportional fitting: the weights are made to fit one margin after the other until all hold to 1e-12 of their
 * totals. With `cap`, weights above cap × mean are cut to it after each sweep and the fit goes on with the rest, so that in
 * the end the margins hold and no weight is above the cap.
 * @param members how many answers a row stands for, where rows are cells: the cap is then on the weight of one answer
 * @throws OptionsError `no_convergence` with the margin that is farthest off: the margins contradict each other, or the cap
 *   leaves no room
 */
export function rakeWeights(
  base: Float64Array,
  known: Auxiliaries,
  cap: number | undefined,
  members?: Float64Array,
): Float64Array {
  const { width, index, totals, margins, names } = known
  const weight = Float64Array.from(base)
  const size = members?.reduce((sum, own) => sum + own, 0) ?? base.reduce((count, own) => count + Number(own > 0), 0)
  const sums = new Float64Array(totals.length)
  const worst = { off: 0, column: 0 }
  const whole = totals.slice(0, margins[0]!.levels).reduce((sum, total) => sum + total, 0)
  const ceiling = cap === undefined ? Infinity : (cap * whole) / size
  for (let round = 0; round < roundsMax; round += 1) {
    worst.off = 0
    for (const [margin, { first, levels }] of margins.entries()) {
      sums.fill(0, first, first + levels)
      for (let row = 0; row < weight.length; row += 1) {
        const column = index[row * width + margin]!
        if (column >= 0) sums[column]! += weight[row]!
      }
      for (let column = first; column < first + levels; column += 1) {
        const off = Math.abs(sums[column]! - totals[column]!) / totals[column]!
        if (!(off <= worst.off)) Object.assign(worst, { off, column })
        if (!(sums[column]! > 0)) fail(names[column]!)
      }
      for (let row = 0; row < weight.length; row += 1) {
        const column = index[row * width + margin]!
        if (column >= 0) weight[row]! *= totals[column]! / sums[column]!
      }
    }
    let cut = 0
    for (let row = 0; row < weight.length; row += 1) {
      const most = members === undefined ? ceiling : ceiling * members[row]!
      if (weight[row]! <= most) continue
      cut = Math.max(cut, weight[row]! / most - 1)
      weight[row] = most
    }
    if (worst.off < 1e-12 && cut < 1e-9) return weight
    // One margin holds after its own step.
    if (margins.length === 1 && cut === 0) return weight
  }
  // The last digits may swing between margins of very unequal totals.
  if (worst.off < 1e-9) return weight
  return fail(names[worst.column]!)
}

function fail(path: string): never {
  throw new OptionsError([{ path, code: 'no_convergence' }])
}
