export type Suppression = 'too_few' | 'complementary' | 'not_measured'

/**
 * A number with its uncertainty, the only form in which results leave the statistics core.
 *
 * `est` value · `se` standard error · `df` degrees of freedom of the interval (null: normal) · `lo`, `hi` ends of the
 * 95 % interval · `n` answers it rests on · `nEff` the size of a simple random sample of the same precision · `method`
 * code of the formula · `suppressed` why the numbers are missing. Null is "not publishable" or "does not exist", never zero.
 */
export interface Estimate {
  readonly est: number | null
  readonly se: number | null
  readonly df: number | null
  readonly lo: number | null
  readonly hi: number | null
  readonly n: number | null
  readonly nEff: number | null
  readonly method: string
  readonly suppressed: null | Suppression
}

type Numbers = Omit<Estimate, 'suppressed'>

/**
 * Builds an Estimate that carries numbers.
 * @throws RangeError when a number is NaN or infinite, or when the interval is upside down: such a value must never travel.
 */
export function makeEstimate(numbers: Numbers): Estimate {
  for (const key of ['est', 'se', 'df', 'lo', 'hi', 'n', 'nEff'] as const) {
    const value = numbers[key]
    if (value !== null && !Number.isFinite(value)) throw new RangeError(`estimate requires a finite ${key}`)
  }
  if (numbers.lo !== null && numbers.hi !== null && numbers.lo > numbers.hi) {
    throw new RangeError('estimate requires lo ≤ hi')
  }
  return { ...numbers, suppressed: null }
}

/** The Estimate of something this platform does not observe here (no such procedures, no such item, a part missing). */
export function notMeasured(method = 'none'): Estimate {
  return { ...blank, method, suppressed: 'not_measured' }
}

/**
 * Takes the numbers out of an estimate. `n` survives only for `too_few` and only when asked: how many answers are still
 * missing is useful to the reader, while a count next to a complementary gap would help to fill it.
 */
export function suppress(estimate: Estimate, reason: Suppression, options: { keepN?: boolean } = {}): Estimate {
  const n = reason === 'too_few' && options.keepN === true ? estimate.n : null
  return { ...blank, n, method: estimate.method, suppressed: reason }
}

const blank = { est: null, se: null, df: null, lo: null, hi: null, n: null, nEff: null } as const
