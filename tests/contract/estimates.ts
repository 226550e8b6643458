import type { Json } from './http.ts'

const ESTIMATE = ['df', 'est', 'hi', 'lo', 'method', 'n', 'nEff', 'se', 'suppressed']

/**
 * Paths of numbers that are neither plain nor part of a whole and consistent Estimate.
 *
 * @param plain paths where a number may stand alone
 */
export function nakedNumbers(value: Json, plain: RegExp, path: readonly string[] = []): string[] {
  if (typeof value === 'number') return plain.test(path.join('.')) ? [] : [path.join('.')]
  if (typeof value !== 'object' || value === null) return []
  if ('est' in value) return isEstimate(value) ? [] : [`${path.join('.')}: ${JSON.stringify(value)}`]
  return Object.entries(value).flatMap(([name, inner]) => nakedNumbers(inner, plain, [...path, name]))
}

function isEstimate(estimate: Json): boolean {
  if (Object.keys(estimate).sort().join() !== ESTIMATE.join()) return false
  const { est, se, df, lo, hi, n, nEff, method, suppressed } = estimate
  const numbers = [est, se, df, lo, hi, nEff]
  if (typeof method !== 'string' || !(n === null || Number.isInteger(n))) return false
  if (numbers.some((value) => value !== null && !Number.isFinite(value))) return false
  if (suppressed !== null)
    return ['too_few', 'complementary', 'not_measured'].includes(suppressed) && numbers.every((value) => value === null)
  // ten to 29 answers: an interval without a point
  if (lo === null || hi === null || n < 10) return est === null && lo === null
  return lo <= hi && (est === null ? n < 30 : lo <= est && est <= hi)
}
