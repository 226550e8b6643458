import type { Answers } from './answers.ts'
import { means } from './means.ts'
import { StratifiedCovariance } from './stratified-covariance.ts'

/** What the answers about a group of units say of every indicator, with the covariances that composites need. */
export interface Linearised {
  /** By column; null where nobody answered. */
  readonly est: readonly (number | null)[]
  /** Answers behind each. */
  readonly n: Int32Array
  /** Kish's effective number of answers behind each. */
  readonly kish: Float64Array
  /** Covariance of the estimates: upper triangle by rows (`packedAt`); zero where there is no estimate. */
  readonly covariance: Float64Array
  readonly clusters: number
  readonly strata: number
}

/**
 * The statistic of every column over the units of a scope, with their covariance by Taylor linearisation: strata are the
 * units, primary sampling units the days of a unit, drawn with replacement (no finite population correction: who answers is
 * self-selected, and the correction would promise more than that allows).
 *
 * A column counts the answers that judge a unit of the scope. All answers of a person enter their cluster's totals together,
 * so items that one person answered are not taken for independent. A stratum with one cluster is centred at the mean of all
 * (R survey's `adjust`).
 * Source: Särndal, Swensson & Wretman (1992) §5.6; Lumley (2010) §2; R survey `svymean`.
 * @param rows rows that judge a unit of the scope, by `rowsOf`
 * @param inScope 1 at the ids of the scope's units
 * @param widened 1 at columns that count all these rows, whichever of a dossier's two units they judge
 */
export function linearise(
  answers: Answers,
  rows: readonly number[],
  inScope: Uint8Array,
  widened?: Uint8Array,
): Linearised {
  const judges = answers.columns.map(({ rates }) => (rates === 'receiving' ? answers.receiving : answers.responsible))
  const counts = (column: number, row: number) => widened?.[column] === 1 || inScope[judges[column]![row]!] === 1
  const { est, n, kish, influence } = means(answers, rows, counts)
  const sums = new StratifiedCovariance(answers.columns.length)
  for (const row of rows) {
    sums.enter(unitOf(answers, row, inScope), answers.day[row]!)
    const w = answers.weight[row]!
    const end = answers.starts[row + 1]!
    for (let entry = answers.starts[row]!; entry < end; entry += 1) {
      const column = answers.entryColumn[entry]!
      if (!counts(column, row)) continue
      sums.add(column, w * influence(column, answers.entryValue[entry]!, answers.entryOver?.[entry] ?? 1))
    }
  }
  return { est, n, kish, ...sums.finish() }
}

/** Rows that judge a unit of the scope, ordered by that unit and the day. */
export function rowsOf(answers: Answers, inScope: Uint8Array): number[] {
  const rows: number[] = []
  for (let row = 0; row < answers.count; row += 1)
    if (inScope[answers.responsible[row]!] === 1 || inScope[answers.receiving[row]!] === 1) rows.push(row)
  return inOrder(answers, rows, (row) => unitOf(answers, row, inScope))
}

/** Rows ordered by a unit and the day, as one number each: sorting numbers needs no comparison of ours. */
export function inOrder({ count, day }: Answers, rows: readonly number[], unit: (row: number) => number): number[] {
  const days = 1 + rows.reduce((most, row) => Math.max(most, day[row]!), 0)
  const keys = Float64Array.from(rows, (row) => (unit(row) * days + day[row]!) * count + row).sort()
  return Array.from(keys, (key) => key % count)
}

/** The scope's unit whose day an answer belongs to. */
export function unitOf(answers: Answers, row: number, inScope: Uint8Array): number {
  const own = answers.responsible[row]!
  return inScope[own] === 1 ? own : answers.receiving[row]!
}
