import { root } from './root.ts'

/** Points of the grid to each power of ten. */
const density = 4

/**
 * Where a smooth function of x ≥ 0 is largest: the best point of a wide grid, then the root of the slope beside it, to full
 * precision. 0 when it only falls; +∞ when it still rises at the end of the grid. A single climb from one start may end
 * on a lower hill or outside the range; likelihoods of a variance do both.
 * @param from about the smallest x > 0 that matters; the grid begins twelve powers of ten below
 * @param to about the largest x that matters; the grid ends three powers of ten above
 */
export function halfLineMaximum(
  value: (x: number) => number,
  slope: (x: number) => number,
  from: number,
  to: number,
): number {
  const [first, last] = [Math.log10(from) - 12, Math.log10(Math.max(from, to)) + 3]
  const steps = Math.ceil((last - first) * density)
  const grid = [0, ...Array.from({ length: steps + 1 }, (_, k) => 10 ** (first + k / density))]
  const heights = grid.map(value)
  let best = 0
  heights.forEach((height, at) => {
    if (height > heights[best]!) best = at
  })
  const at = grid[best]!
  const rises = slope(at) > 0
  if (best === 0 && !rises) return 0
  const other = grid[rises ? best + 1 : best - 1]
  if (other === undefined) return Infinity
  return root(slope, Math.min(at, other), Math.max(at, other), 0) ?? at
}
