/** One measured figure beside the baseline of the same run, since machines differ more than code does. */
export interface Measurement {
  /** What was measured, in a few words. */
  readonly name: string
  readonly unit: string
  readonly value: number
  /** What else was measured in the same run on the same data, in the same unit. */
  readonly baseline?: { readonly name: string; readonly value: number }
  /** What a reader must know to judge the figure. */
  readonly note?: string
}

/** What each file `tests/bench/<name>.bench.ts` exports under the name `benchmark`. */
export type Benchmark = (options: BenchmarkOptions) => Promise<Measurement[]>

/** Words of the command line that are meant for a benchmark: `--rows 1000000`. */
export interface BenchmarkOptions {
  /** The whole number given under a name, or `otherwise`. */
  number(name: string, otherwise: number): number
  /** The text given under a name, or null. */
  text(name: string): string | null
  /** Tells on standard error how far it is. */
  progress(line: string): void
}

/** Value over baseline; null where there is no baseline. */
export function ratioOf({ value, baseline }: Measurement): number | null {
  return baseline === undefined ? null : value / baseline.value
}

/** The value below which a part of the sorted numbers lies (nearest rank), for part 0 … 1. */
export function quantile(sorted: readonly number[], part: number): number {
  const at = Math.min(sorted.length - 1, Math.max(0, Math.ceil(part * sorted.length) - 1))
  const value = sorted[at]
  if (value === undefined) throw new RangeError('quantile requires at least one number')
  return value
}
