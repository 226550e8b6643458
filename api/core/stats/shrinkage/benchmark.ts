import { sum } from '../sum.ts'

/** `ratio` multiplies every area by the same number, `difference` adds the same number to each. */
export const benchmarkRules = ['ratio', 'difference'] as const
export type BenchmarkRule = (typeof benchmarkRules)[number]

/**
 * Model estimates changed so that Σ size·estimate equals a total that is published or known, for example the direct
 * estimate of the province. Null where that is impossible: sizes that add to 0, or a ratio to a sum of 0.
 * Source: Rao & Molina, Small Area Estimation (2015), section 6.4.
 */
export function benchmark(
  estimates: readonly number[],
  sizes: readonly number[],
  total: number,
  rule: BenchmarkRule,
): number[] | null {
  const now = sum(estimates.map((estimate, i) => estimate * sizes[i]!))
  if (rule === 'ratio') return now === 0 ? null : estimates.map((estimate) => (estimate * total) / now)
  const all = sum(sizes)
  return all === 0 ? null : estimates.map((estimate) => estimate + (total - now) / all)
}
