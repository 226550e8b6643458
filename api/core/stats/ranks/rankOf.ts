/** Places of equal values: the best of their places (sport), the mean of them, or the worst. */
export interface Place {
  readonly min: number
  readonly average: number
  readonly max: number
}

/**
 * Places from 1 (best), in the order given; equal values share. Missing values have no place and are not counted.
 * Source: R `rank(ties.method = "min" | "average" | "max")` of the negative values.
 * @param better which end is best
 */
export function rankOf(values: readonly (number | null)[], better: 'higher' | 'lower' = 'higher'): (Place | null)[] {
  const order = [...values.keys()].filter((i) => values[i] !== null)
  order.sort((a, b) => (better === 'higher' ? values[b]! - values[a]! : values[a]! - values[b]!))
  const places: (Place | null)[] = values.map(() => null)
  for (let from = 0; from < order.length;) {
    let to = from
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to += 1
    const place = { min: from + 1, average: (from + to) / 2 + 1, max: to + 1 }
    for (let at = from; at <= to; at += 1) places[order[at]!] = place
    from = to + 1
  }
  return places
}
