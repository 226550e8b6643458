import { d2 } from '../chartConstants.ts'
import { normalCdf } from '../normalCdf.ts'
import { normalDensity } from '../normalDensity.ts'
import { root } from '../root.ts'
import { sum } from '../sum.ts'

/**
 * Constants of the range of 2 … 25 (mean d2) and 2 … 50 (standard deviation d3) normal values, as printed tables of control
 * charts have them. Charts are computed with these and not with exact ones, so that limits agree with the tables, with
 * software that follows them and with the familiar 2.66 and 3.267.
 * Source: Montgomery, Introduction to Statistical Quality Control, appendix VI; d3 as in R `qcc`.
 */
const d2Table = [
  1.128, 1.693, 2.059, 2.326, 2.534, 2.704, 2.847, 2.97, 3.078, 3.173, 3.258, 3.336, 3.407, 3.472, 3.532, 3.588, 3.64,
  3.689, 3.735, 3.778, 3.819, 3.858, 3.895, 3.931,
]
const d3Table = [
  0.8525033, 0.8883697, 0.8798108, 0.8640855, 0.8480442, 0.8332108, 0.8198378, 0.8078413, 0.7970584, 0.787323,
  0.7784873, 0.7704257, 0.763033, 0.7562217, 0.7499188, 0.7440627, 0.7386021, 0.7334929, 0.728698, 0.7241851, 0.7199267,
  0.7158987, 0.7120802, 0.7084528, 0.7050004, 0.7017086, 0.6985648, 0.6955576, 0.692677, 0.6899137, 0.6872596,
  0.6847074, 0.6822502, 0.6798821, 0.6775973, 0.675391, 0.6732584, 0.6711952, 0.6691976, 0.6672619, 0.6653848,
  0.6635632, 0.6617943, 0.6600754, 0.6584041, 0.656778, 0.655195, 0.6536532, 0.6521506,
]

/** The largest sample for which d3 is tabulated. */
export const rangeSizeMax = d3Table.length + 1

/** Mean of the range of n normal values in units of σ: from the table, beyond it exact. @throws RangeError for n below 2 */
export function meanRange(n: number): number {
  return d2Table[n - 2] ?? d2(n)
}

/** Standard deviation of the range of n normal values in units of σ. @throws RangeError outside 2 … `rangeSizeMax` */
export function rangeDeviation(n: number): number {
  const found = d3Table[n - 2]
  if (found === undefined) throw new RangeError(`rangeDeviation requires a whole n from 2 to ${rangeSizeMax}`)
  return found
}

/**
 * Quantile of the range of n independent standard normal values (R `qtukey` with infinite degrees of freedom), where
 * P(range ≤ w) = n ∫ φ(x) (Φ(x) − Φ(x − w))ⁿ⁻¹ dx. @throws RangeError unless 0 < p < 1 and n is whole and ≥ 2
 */
export function rangeQuantile(p: number, n: number): number {
  if (!(p > 0 && p < 1) || !Number.isSafeInteger(n) || n < 2)
    throw new RangeError('rangeQuantile requires 0 < p < 1 and a whole n ≥ 2')
  let high = 1
  while (rangeCdf(high, n) < p) high *= 2
  return root((width) => rangeCdf(width, n) - p, 0, high, 1e-14) ?? high
}

/** The trapezium rule converges faster than any power of its step on such a function. */
function rangeCdf(width: number, n: number): number {
  const step = 1 / 16
  const terms: number[] = []
  for (let i = -9 / step; i <= (9 + width) / step; i += 1) {
    const x = i * step
    const between = x > width / 2 ? normalCdf(width - x) - normalCdf(-x) : normalCdf(x) - normalCdf(x - width)
    terms.push(normalDensity(x) * Math.max(0, between) ** (n - 1))
  }
  return n * step * sum(terms)
}
