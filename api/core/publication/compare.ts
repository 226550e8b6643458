import type { Estimate } from '../stats/estimate.ts'

/** What became of a figure since the run before: `hidden` and `shown` say that its numbers went or came. */
export const CHANGES = ['new', 'same', 'carried', 'changed', 'shown', 'hidden', 'gone'] as const
export type Change = (typeof CHANGES)[number]
export interface Compared {
  readonly estimate: Estimate
  readonly source: number | null
}

const NUMBERS = ['est', 'se', 'df', 'lo', 'hi', 'n', 'nEff', 'method', 'suppressed'] as const

/** True when two estimates agree to the last digit. */
export function sameDigits(a: Estimate, b: Estimate): boolean {
  return NUMBERS.every((key) => Object.is(a[key], b[key]))
}

/** How a figure differs from the one published before. */
export function changeOf(before: Compared | null, now: Compared | null): Change {
  if (now === null) return 'gone'
  if (before === null) return 'new'
  if (before.estimate.suppressed === null && now.estimate.suppressed !== null) return 'hidden'
  if (before.estimate.suppressed !== null && now.estimate.suppressed === null) return 'shown'
  if (now.source !== null) return 'carried'
  return sameDigits(before.estimate, now.estimate) ? 'same' : 'changed'
}
