/**
 * How many more valid answers until a figure may be shown: minimum − n, or null when there are enough already.
 * @throws RangeError when n is negative
 */
export function needed(n: number, minimum: number): number | null {
  if (!(n >= 0)) throw new RangeError('needed requires n ≥ 0')
  return n >= minimum ? null : Math.ceil(minimum - n)
}
