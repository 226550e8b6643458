import { chiSquareUpper } from './chiSquare.ts'
import { sum } from './sum.ts'

/** Whether shares rise or fall along an ordering of groups. */
export interface ShareTrend {
  /** Change of the share for one step of the score, by weighted least squares. */
  readonly slope: number
  readonly z: number
  /** z², χ² with one degree of freedom. */
  readonly statistic: number
  readonly p: number
}

/**
 * Cochran–Armitage test. Source: Armitage, Biometrics 11 (1955); R `prop.trend.test`.
 * @throws RangeError when the scores, or all answers, are the same
 */
export function trendOfShares(groups: readonly { x: number; n: number; score: number }[]): ShareTrend {
  const total = sum(groups.map(({ n }) => n))
  const share = sum(groups.map(({ x }) => x)) / total
  const middle = sum(groups.map(({ n, score }) => n * score)) / total
  const spread = sum(groups.map(({ n, score }) => n * (score - middle) ** 2))
  if (!(spread > 0) || !(share > 0 && share < 1))
    throw new RangeError('trendOfShares requires scores and answers that differ')
  const product = sum(groups.map(({ x, n, score }) => (x - n * share) * (score - middle)))
  const z = product / Math.sqrt(share * (1 - share) * spread)
  return { slope: product / spread, z, statistic: z * z, p: chiSquareUpper(z * z, 1) }
}
