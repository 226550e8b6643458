/** From here on 95 % intervals held the truth in 92–98 % of simulated surveys (docs/coverage.md); below, a page says so. */
export const COVERAGE_ANSWERS_MIN = 100
export const COVERAGE_CLUSTERS_MIN = 20

export type IntervalWarning = 'few_answers' | 'few_clusters'

/**
 * Why a 95 % interval may hold the truth less often than it says: it rests on fewer than 100 answers, or on fewer than 20
 * days (clusters), so that neither the bell curve nor the spread between days is sure. None for what is hidden or known.
 */
export function intervalWarnings(
  { n, se }: { readonly n: number | null; readonly se: number | null },
  { clusters }: { readonly clusters: number },
): IntervalWarning[] {
  if (n === null || se === null || se === 0) return []
  return [
    ...(n < COVERAGE_ANSWERS_MIN ? (['few_answers'] as const) : []),
    ...(clusters < COVERAGE_CLUSTERS_MIN ? (['few_clusters'] as const) : []),
  ]
}
