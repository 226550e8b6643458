import { chiSquareUpper } from '../chiSquare.ts'
import { normalCdf } from '../normalCdf.ts'
import { normalQuantile } from '../normalQuantile.ts'
import { sum } from '../sum.ts'

/** Several p values as one. */
export interface CombinedP {
  /** −2 Σ ln p is χ² with 2k degrees of freedom for independent tests (Fisher 1932). */
  readonly fisher: number
  /** Σ z / √k for independent one-sided tests (Stouffer 1949). */
  readonly stouffer: number
  /** k / Σ 1/p: a level for tests that depend on each other, for small p about right (Wilson, PNAS 116, 2019). */
  readonly harmonicMean: number
}

/** @throws RangeError unless 0 < p ≤ 1 */
export function combineP(pValues: readonly number[]): CombinedP {
  if (pValues.length === 0 || !pValues.every((p) => p > 0 && p <= 1))
    throw new RangeError('combineP requires 0 < p ≤ 1')
  const k = pValues.length
  const z = pValues.map((p) => (p === 1 ? -8.3 : -normalQuantile(p)))
  return {
    fisher: chiSquareUpper(-2 * sum(pValues.map(Math.log)), 2 * k),
    stouffer: normalCdf(-sum(z) / Math.sqrt(k)),
    harmonicMean: Math.min(1, k / sum(pValues.map((p) => 1 / p))),
  }
}
