import type { Arrival } from './simulation.ts'

export const SURVEYS = 2000

/** Everyone on a day of their own, and many on one day; the number is also the seed. */
export const grid: readonly (Arrival & { readonly seed: number })[] = [
  { n: 30, days: 30, together: 0, seed: 1 },
  { n: 30, days: 10, together: 0.1, seed: 2 },
  { n: 100, days: 100, together: 0, seed: 3 },
  { n: 100, days: 20, together: 0.1, seed: 4 },
  { n: 400, days: 400, together: 0, seed: 5 },
  { n: 400, days: 20, together: 0.1, seed: 6 },
  { n: 400, days: 40, together: 0.2, seed: 7 },
]

/** Where the intervals must hold the truth in 92–98 % of surveys. */
export function mustHold({ n, days }: Arrival): boolean {
  return n >= 100 && days >= 20
}

/**
 * Days that go wrong as a whole, which a few days cannot show: the spread between days is then of the kind that a sample
 * misses until it meets it. Printed, not promised.
 */
export const spoilt: typeof grid = [
  { n: 400, days: 20, together: 0, alike: 0.1, seed: 8 },
  { n: 400, days: 100, together: 0, alike: 0.1, seed: 9 },
]
