import { sum } from './sum.ts'

/** Mean of values, exact when all are equal (a plain sum divided by n can be one digit off). @throws RangeError without values */
export function centre(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('centre requires at least one value')
  const first = sum(values) / values.length
  return first + sum(values.map((value) => value - first)) / values.length
}
