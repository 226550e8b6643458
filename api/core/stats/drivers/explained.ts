import { given, type Square } from './covariance.ts'

/**
 * Explained part of the variance of variable 0 by every subset of the others; bit j − 1 of the index stands for variable j.
 * Walks the tree of subsets, each made from one with a variable fewer by one elimination: 2ᵖ p² steps, not 2ᵖ p³.
 * @param covariance variable 0 is explained
 * @throws SingularError when the variables determine each other
 */
export function explainedBySubsets(covariance: Square): Float64Array {
  const p = covariance.length - 1
  const explained = new Float64Array(2 ** p)
  const walk = (matrix: Square, subset: number, from: number) => {
    for (let j = from; j <= p; j += 1) {
      const next = given(matrix, j, covariance)
      const larger = subset | (1 << (j - 1))
      explained[larger] = covariance[0]![0]! - next[0]![0]!
      if (j < p) walk(next, larger, j + 1)
    }
  }
  walk(covariance, 0, 1)
  return explained
}

/**
 * Shapley value of every player of a game: their contribution, averaged over all orders of joining.
 * @param worth of every subset, bit j for player j
 */
export function shapley(worth: Float64Array): number[] {
  const p = Math.log2(worth.length)
  // (s! (p − 1 − s)!) / p! for a subset of s others.
  const weight = Array.from({ length: p }, () => 1 / p)
  for (let s = 1; s < p; s += 1) weight[s] = (weight[s - 1]! * s) / (p - s)
  const value = Array.from({ length: p }, () => 0)
  for (let subset = 0; subset < worth.length; subset += 1) {
    const size = bits(subset)
    for (let j = 0; j < p; j += 1) {
      if ((subset & (1 << j)) === 0) value[j]! += weight[size]! * (worth[subset | (1 << j)]! - worth[subset]!)
    }
  }
  return value
}

function bits(subset: number): number {
  let count = 0
  for (let rest = subset; rest > 0; rest &= rest - 1) count += 1
  return count
}
