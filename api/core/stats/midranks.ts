/** Ranks from 1, equal values sharing the mean of theirs (R `rank`), and the sizes of the groups of equal values. */
export function midranks(values: readonly number[]): {
  readonly ranks: readonly number[]
  readonly ties: readonly number[]
} {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!)
  const ranks = Array.from({ length: values.length }, () => 0)
  const ties: number[] = []
  for (let from = 0; from < order.length;) {
    let to = from
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to += 1
    for (let i = from; i <= to; i += 1) ranks[order[i]!] = (from + to) / 2 + 1
    ties.push(to - from + 1)
    from = to + 1
  }
  return { ranks, ties }
}
