import type { Estimate } from '../stats/estimate.ts'
import { rescale } from './rescale.ts'

/**
 * Internal approximation ("ước lượng nội bộ") of a PCI-like indicator on 1…10 from the mean favourable share (0–1) of the
 * six business items: 1 + 9x.
 *
 * The end points are fixed at 0 % and 100 %, not at the worst and best province as in PCI, so the score is comparable over
 * time and does not depend on others; it is therefore on PCI's scale but not at PCI's level, and never to be called PCI.
 * The six items share respondents: take their mean from `availableCase` with weights 1/6, which knows the covariances.
 * Source: PCI's min-max form 1 + 9(x − min)/(max − min) (pcivietnam.vn, methodology).
 * @throws RangeError when a value lies outside 0…1
 */
export function pciLike(meanFavourable: Estimate): Estimate {
  for (const value of [meanFavourable.est, meanFavourable.lo, meanFavourable.hi]) {
    if (value !== null && !(value >= -1e-12 && value <= 1 + 1e-12)) throw new RangeError('pciLike requires 0…1')
  }
  return rescale(meanFavourable, 1, 9)
}
