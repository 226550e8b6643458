import { normalCdf } from '../normalCdf.ts'
import { assertUnits } from './pairwiseSets.ts'

/**
 * Expected place of each unit, highest value best: 1 + Σ P(another is better), for independent normal estimates. Two units
 * known exactly and equal count as half each.
 * Source: Laird & Louis, J. Educational Statistics 14 (1989), with estimates in place of posteriors.
 * @throws RangeError as `simultaneousSets`
 */
export function expectedRanks(est: readonly number[], variance: readonly number[]): number[] {
  assertUnits(est, variance)
  const expected = est.map(() => 1)
  for (let i = 0; i < est.length; i += 1) {
    for (let j = i + 1; j < est.length; j += 1) {
      const spread = Math.sqrt(variance[i]! + variance[j]!)
      const d = est[j]! - est[i]!
      const above = spread > 0 ? normalCdf(d / spread) : (Math.sign(d) + 1) / 2
      expected[i]! += above
      expected[j]! += 1 - above
    }
  }
  return expected
}
