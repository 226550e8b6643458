import type { Answers } from './answers.ts'
import { unitOf } from './linearise.ts'
import { isMedian } from './means.ts'

/**
 * Answers about one group of units, summed to what a bootstrap draws: clusters (a unit's day, or a person) within strata.
 * Plain arrays, so that a copy travels to a thread.
 */
export interface ClusterSample {
  /** Clusters of stratum h are `strataStarts[h]` to `strataStarts[h + 1]`. */
  readonly strataStarts: Int32Array
  /** Entries of a slot are `slotStarts[s]` to `slotStarts[s + 1]`: one for each cluster that answered. */
  readonly slotStarts: Int32Array
  readonly entryCluster: Int32Array
  /** Σwy and Σw (of a ratio Σwx) of the slot in the cluster. */
  readonly entryAbove: Float64Array
  readonly entryBelow: Float64Array
  /** 1 for columns whose statistic is a total. Slots are columns first; */
  readonly counts: Uint8Array
  /** then, as medians need the whole distribution, one for each of their values, from `first`. */
  readonly medians: readonly {
    readonly column: number
    readonly interpolated: boolean
    readonly first: number
    readonly values: Float64Array
  }[]
  readonly columns: number
}

/**
 * Sums the rows of a scope (ordered as `rowsOf` gives them) to clusters. A stratum with a single cluster has nothing to be
 * drawn from, so such strata are joined to one; if that leaves one cluster it joins the stratum with the fewest. Joining
 * can only widen intervals.
 * @param widened as for `linearise`
 */
export function clusterSample(
  answers: Answers,
  rows: readonly number[],
  inScope: Uint8Array,
  widened?: Uint8Array,
): ClusterSample {
  const { columns, starts, entryColumn, entryValue, entryOver, weight, day } = answers
  const judges = columns.map(({ rates }) => (rates === 'receiving' ? answers.receiving : answers.responsible))
  const { medians, slots, slotOf } = medianSlots(answers, rows)
  const sums = new ClusterSums(
    slots,
    rows.reduce((count, row) => count + starts[row + 1]! - starts[row]!, 0),
  )
  const strata: number[][] = []
  let unit: number | null = null
  let cluster: number | null = null
  for (const row of rows) {
    const own = unitOf(answers, row, inScope)
    if (own !== unit || day[row] !== cluster) {
      if (own !== unit) strata.push([])
      strata.at(-1)!.push(sums.open())
      unit = own
      cluster = day[row]!
    }
    const w = weight[row]!
    const end = starts[row + 1]!
    for (let entry = starts[row]!; entry < end; entry += 1) {
      const column = entryColumn[entry]!
      if (widened?.[column] !== 1 && inScope[judges[column]![row]!] !== 1) continue
      const value = entryValue[entry]!
      sums.add(slotOf(column, value), w * value, entryOver === null ? w : w * entryOver[entry]!)
    }
  }
  return {
    ...sums.pack(joinLonely(strata)),
    counts: Uint8Array.from(columns, ({ statistic }) => Number(statistic === 'count')),
    medians,
    columns: columns.length,
  }
}

function medianSlots(answers: Answers, rows: readonly number[]) {
  const { columns, starts, entryColumn, entryValue } = answers
  const values = columns.map(({ statistic }) => (isMedian(statistic) ? new Set<number>() : null))
  for (const row of rows)
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry += 1)
      values[entryColumn[entry]!]?.add(entryValue[entry]!)
  let slots = columns.length
  const medians = [...values.entries()].flatMap(([column, found]) => {
    if (found === null) return []
    const first = slots
    slots += found.size
    const interpolated = columns[column]!.statistic === 'interpolated-median'
    return [{ column, interpolated, first, values: Float64Array.from([...found].sort((a, b) => a - b)) }]
  })
  const byColumn = new Map(medians.map((median) => [median.column, median]))
  const slotOf = (column: number, value: number): number => {
    const median = byColumn.get(column)
    return median === undefined ? column : median.first + median.values.indexOf(value)
  }
  return { medians, slots, slotOf }
}

/** Strata as lists of clusters, those of one cluster joined. */
function joinLonely(strata: readonly number[][]): number[][] {
  const lonely = strata.filter((one) => one.length === 1).flat()
  const others = strata.filter((one) => one.length > 1)
  if (lonely.length === 0) return others
  if (lonely.length > 1 || others.length === 0) return [...others, lonely]
  const fewest = others.reduce((least, one) => (one.length < least.length ? one : least))
  return others.map((one) => (one === fewest ? [...one, ...lonely] : one))
}

/** Collects sums cluster by cluster; only the slots that a cluster touches cost anything. */
class ClusterSums {
  private readonly clusterStarts: number[] = []
  private readonly slot: Uint16Array
  private readonly above: Float64Array
  private readonly below: Float64Array
  /** Entry of each slot in the open cluster; an earlier cluster's where it has none yet. */
  private readonly entryOf: Int32Array
  private entries = 0

  constructor(slots: number, entriesMax: number) {
    this.slot = new Uint16Array(entriesMax)
    this.above = new Float64Array(entriesMax)
    this.below = new Float64Array(entriesMax)
    this.entryOf = new Int32Array(slots).fill(-1)
  }

  /** Begins a cluster. @returns its number */
  open(): number {
    return this.clusterStarts.push(this.entries) - 1
  }

  add(slot: number, above: number, below: number): void {
    let entry = this.entryOf[slot]!
    if (entry < this.clusterStarts.at(-1)!) {
      entry = this.entries
      this.entries += 1
      this.entryOf[slot] = entry
      this.slot[entry] = slot
    }
    this.above[entry]! += above
    this.below[entry]! += below
  }

  /** Clusters renumbered in the order of strata, entries sorted by slot and then by cluster. */
  pack(strata: readonly (readonly number[])[]) {
    const bounds = [...this.clusterStarts, this.entries]
    const strataStarts = startsOf(strata.map((one) => one.length))
    const sizes = new Int32Array(this.entryOf.length)
    for (let entry = 0; entry < this.entries; entry += 1) sizes[this.slot[entry]!]! += 1
    const slotStarts = startsOf(sizes)
    const next = Int32Array.from(slotStarts)
    const entryCluster = new Int32Array(this.entries)
    const entryAbove = new Float64Array(this.entries)
    const entryBelow = new Float64Array(this.entries)
    for (const [place, cluster] of strata.flat().entries()) {
      for (let entry = bounds[cluster]!; entry < bounds[cluster + 1]!; entry += 1) {
        const slot = this.slot[entry]!
        const at = next[slot]!
        next[slot] = at + 1
        entryCluster[at] = place
        entryAbove[at] = this.above[entry]!
        entryBelow[at] = this.below[entry]!
      }
    }
    return { strataStarts, slotStarts, entryCluster, entryAbove, entryBelow }
  }
}

/** Where each of some runs begins, and at the end how long they are together. */
function startsOf(lengths: ArrayLike<number>): Int32Array {
  const starts = new Int32Array(lengths.length + 1)
  for (let i = 0; i < lengths.length; i += 1) starts[i + 1] = starts[i]! + lengths[i]!
  return starts
}
