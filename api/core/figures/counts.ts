/** Option counts by position (c0…c8) of one item, and how many could not say. */
export interface ItemCounts {
  readonly counts: readonly number[]
  readonly na: number
}
/** Counts of one unit or province in one period: by item, joint items included. */
export type CountsByItem = ReadonlyMap<string, ItemCounts>

const NONE: ItemCounts = { counts: [0, 0, 0, 0, 0, 0, 0, 0, 0], na: 0 }

/** The counts of an item; all zero when nobody was asked. */
export function countsOf(items: CountsByItem, item: string): ItemCounts {
  return items.get(item) ?? NONE
}

/** Adds up rows of the same item. */
export function sumByItem(rows: readonly { item: string; counts: readonly number[]; na: number }[]): CountsByItem {
  const sums = new Map<string, { counts: number[]; na: number }>()
  for (const row of rows) {
    const sum = sums.get(row.item) ?? { counts: [0, 0, 0, 0, 0, 0, 0, 0, 0], na: 0 }
    row.counts.forEach((count, k) => (sum.counts[k] = (sum.counts[k] ?? 0) + count))
    sum.na += row.na
    sums.set(row.item, sum)
  }
  return sums
}

/** Valid answers: all but "không nhớ / không áp dụng". */
export function validOf({ counts }: ItemCounts): number {
  return counts.reduce((total, count) => total + count, 0)
}

/** How many answers chose one of these options. */
export function chosenOf({ counts }: ItemCounts, options: readonly number[]): number {
  return options.reduce((total, option) => total + (counts[option] ?? 0), 0)
}
