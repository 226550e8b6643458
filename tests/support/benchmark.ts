/** One measured figure beside the baseline of the same run, since machines differ more than code does. */
export interface Measurement {
  readonly unit: string
  readonly value: number
  readonly baseline: { readonly name: string; readonly value: number }
}

/** What each file `tests/bench/<name>.bench.ts` exports under the name `benchmark`. */
export type Benchmark = () => Promise<Measurement>
