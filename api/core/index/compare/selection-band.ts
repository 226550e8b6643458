import type { Estimate } from '../../stats/estimate.ts'

/** What self-selection may do to an estimate, beside its sampling interval. */
export interface SelectionBand {
  /** Correlation between answering and the answer that is assumed. */
  readonly rho: number
  /** Part of those asked who answered. */
  readonly participation: number
  /** How far the estimate may be off, up or down, for that reason alone. */
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
 * The error of an average over those who chose to answer: ρ·√((1 − f)/f)·σ, f the part who answered, σ the spread of single
 * answers, ρ the correlation between answering and the answer. Nothing in the answers tells ρ; the band says what follows
 * if it is as large as assumed. σ is taken from the estimate: se·√nEff, for a share √(p(1 − p)).
 * Weights that are uneven make it larger: ρ is then of answering times the weight, and the square root that of
 * (1 − f + cv²)/f.
 * Source: X.-L. Meng, Annals of Applied Statistics 12 (2018), doi 10.1214/18-AOAS1161SF.
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
  }: { rho?: number; unevenness?: number; scale?: { min: number; max: number } } = {},
): SelectionBand | null {
  if (!(participation > 0 && participation <= 1) || !(rho >= 0 && rho <= 1)) {
    throw new RangeError('selectionBand requires 0 < participation ≤ 1 and 0 ≤ rho ≤ 1')
  }
  const { se, nEff, lo, hi } = estimate
  if (se === null || nEff === null || lo === null || hi === null) return null
  const odds = participation / (1 - participation + unevenness)
  const reach = (rho * se * Math.sqrt(nEff)) / Math.sqrt(odds)
  return {
    rho,
    participation,
    reach,
    lo: Math.max(scale?.min ?? -Infinity, lo - reach),
    hi: Math.min(scale?.max ?? Infinity, hi + reach),
    worth: odds === Infinity || rho === 0 ? null : odds / rho ** 2,
  }
}
