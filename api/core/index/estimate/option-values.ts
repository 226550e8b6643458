import type { Statistic } from '../definition.ts'

/** An option of a closed item, of a rating instrument or a survey. */
export interface ValuedOption {
  readonly code: string
  readonly value?: number
  readonly points?: number
  readonly favourable?: true
}

/**
 * What each option of a closed item is worth under a statistic, by place.
 *
 * `share` 1 for the chosen options (default the favourable ones), else 0 · `top2` 1 for the two options worth most, else 0 ·
 * `count` 1 for the chosen options (default every valid answer) · else the option's number: its `value`, its `points`, a code
 * that is a number, or 1 when favourable and 0 when not. "Không nhớ / không áp dụng" is no option and counts nowhere.
 * @throws RangeError for `top2` of an item with fewer than three options
 */
export function optionValues(
  options: readonly ValuedOption[],
  { statistic, options: chosen }: { readonly statistic: Statistic; readonly options?: readonly string[] | undefined },
): number[] {
  if (statistic === 'count') return options.map(({ code }) => Number(chosen === undefined || chosen.includes(code)))
  if (statistic === 'share') {
    return options.map(({ code, favourable }) =>
      Number(chosen === undefined ? favourable === true : chosen.includes(code)),
    )
  }
  const numbers = optionNumbers(options)
  if (statistic !== 'top2') return numbers
  if (options.length < 3) throw new RangeError('top2 requires an item with three options or more')
  const second = numbers.toSorted((a, b) => b - a)[1]!
  return numbers.map((number) => Number(number >= second))
}

function optionNumbers(options: readonly ValuedOption[]): number[] {
  for (const read of [
    ({ value }: ValuedOption) => value,
    ({ points }: ValuedOption) => points,
    ({ code }: ValuedOption) => (/^-?\d+(\.\d+)?$/.test(code) ? Number(code) : undefined),
  ]) {
    const numbers = options.map(read)
    if (numbers.every((number) => number !== undefined)) return numbers
  }
  return options.map(({ favourable }) => Number(favourable === true))
}
