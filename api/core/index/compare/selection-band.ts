import type { Estimate } from '../../stats/estimate.ts'
import type { Reach } from './selection-reach.ts'

/** What self-selection may do to an estimate, beside its sampling interval. */
export interface SelectionBand {
  /** Correlation between answering and the answer that is assumed. */
  readonly rho: number
  /** Part of those asked who answered. */
  readonly participation: number
  /** How far the estimate may be off for that reason alone: the farther of up and down where they differ. */
  readonly reach: number
  /** The sampling interval widened by it. */
  readonly lo: number
  readonly hi: number
  /** Answers of a random sample that would be as near to the truth: f/(1 − f)/ρ². Null where everyone answered. */
  readonly worth: number | null
}

/** The correlation that is shown unless another is chosen: weak, and yet it undoes most of what many answers seem to give. */
export const SELECTION_RHO = 0.05

/**
 * ρ·√((1 − f + cv²)/f): the error of an average over those who chose to answer, in standard deviations of single answers.
 * @throws RangeError when f or ρ is out of range
 */
export function selectionBias(participation: number, rho = SELECTION_RHO, unevenness = 0): number {
  if (!(participation > 0 && participation <= 1) || !(rho >= 0 && rho <= 1)) {
    throw new RangeError('selectionBias requires 0 < participation ≤ 1 and 0 ≤ rho ≤ 1')
  }
  return rho * Math.sqrt((1 - participation + unevenness) / participation)
}

/**
 * The error of an average over those who chose to answer: ρ·√((1 − f)/f)·σ, f the part who answered, σ the spread of single
 * answers, ρ the correlation between answering and the answer. Nothing in the answers tells ρ; the band says what follows
 * if it is as large as assumed. σ is taken from the estimate: se·√nEff, for a share √(p(1 − p)).
 * Weights that are uneven make it larger: ρ is then of answering times the weight, and the square root that of
 * (1 − f + cv²)/f.
 * Source: X.-L. Meng, Annals of Applied Statistics 12 (2018), doi 10.1214/18-AOAS1161SF.
 * That holds for a single figure; what is made of several comes with a `reach` of its own (`selectionReaches`).
 * @param participation answered over asked, by rotation or chance not counted as refusing; 0 < f ≤ 1
 * @param unevenness cv² of the weights that make good for not answering
 * @param scale ends that the estimate cannot pass
 * @returns null for an estimate that is hidden, or has no spread of its own
 * @throws RangeError when f or ρ is out of range
 */
export function selectionBand(
  estimate: Estimate,
  participation: number,
  {
    rho = SELECTION_RHO,
    unevenness = 0,
    scale,
    reach,
  }: { rho?: number; unevenness?: number; scale?: { min: number; max: number }; reach?: Reach } = {},
): SelectionBand | null {
  const bias = selectionBias(participation, rho, unevenness)
  const { se, nEff, lo, hi } = estimate
  if (se === null || nEff === null || lo === null || hi === null) return null
  const { down, up } = reach ?? { down: bias * se * Math.sqrt(nEff), up: bias * se * Math.sqrt(nEff) }
  return {
    rho,
    participation,
    reach: Math.max(down, up),
    lo: Math.max(scale?.min ?? -Infinity, lo - down),
    hi: Math.min(scale?.max ?? Infinity, hi + up),
    worth: bias === 0 ? null : participation / (1 - participation + unevenness) / rho ** 2,
  }
}
