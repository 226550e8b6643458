import { adjustP } from './adjustP.ts'

/**
 * Benjamini–Hochberg: adjusted p values ("q values") in the order given, and which hypotheses are rejected when the
 * expected share of false discoveries may be at most `rate`. Valid for independent or positively dependent tests.
 * @throws RangeError when a p value or the rate is outside [0, 1]
 */
export function benjaminiHochberg(
  pValues: readonly number[],
  rate = 0.1,
): { q: readonly number[]; rejected: readonly boolean[] } {
  if (!(rate >= 0 && rate <= 1)) throw new RangeError('benjaminiHochberg requires 0 ≤ rate ≤ 1')
  const q = adjustP(pValues, 'bh')
  return { q, rejected: q.map((value) => value <= rate) }
}
