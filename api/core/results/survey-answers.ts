import { AnswersBuilder, type Answers } from '../index/estimate/answers.ts'
import type { Linearised } from '../index/estimate/linearise.ts'
import { means } from '../index/estimate/means.ts'
import { StratifiedCovariance } from '../index/estimate/stratified-covariance.ts'
import type { IndexColumn } from './index-columns.ts'
import type { Respondents } from './respondents.ts'
import { sampleDf, type Sample } from './sample.ts'

/** Answers of a sample in the engine's shape, ordered by stratum and sampling unit; `day` is the sampling unit. */
export interface SampledAnswers {
  readonly answers: Answers
  /** By row. */
  readonly stratum: Int32Array
  readonly sample: Sample
  /** Rows about each unit: answers of people from a commune, ratings of an office. */
  readonly rowsOf: ReadonlyMap<number, readonly number[]>
}

/** Puts columns of respondents that count into rows: one for the respondent, one for each unit that was rated. */
export function sampledAnswers(
  respondents: Respondents,
  sample: Sample,
  columns: readonly IndexColumn[],
): SampledAnswers {
  const builder = new AnswersBuilder(columns)
  const weight: number[] = []
  const stratum: number[] = []
  const rowsOf = new Map<number, number[]>()
  const ratings = ratingsBy(respondents)
  const add = (place: number, unit: number, row: number, repeats: boolean) => {
    const read = columns.map((column) => (column.repeats === repeats ? column.read(row) : null))
    const rows = rowsOf.get(unit)
    if (rows) rows.push(weight.length)
    else rowsOf.set(unit, [weight.length])
    weight.push(sample.weight[place]!)
    stratum.push(sample.stratum[place]!)
    builder.add(
      { responsible: unit, receiving: unit, day: sample.cluster[place]! },
      read.map((one) => one?.value ?? null),
      read.map((one) => one?.over ?? null),
    )
  }
  for (const [place, respondent] of sample.order.entries()) {
    add(place, respondents.unit[respondent]!, respondent, false)
    for (const row of ratings.get(respondent) ?? []) add(place, respondents.ratedUnit[row]!, row, true)
  }
  rowsOf.delete(0)
  return { answers: builder.build(Float64Array.from(weight)), stratum: Int32Array.from(stratum), sample, rowsOf }
}

function ratingsBy({ ratedBy }: Respondents): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>()
  for (const [row, respondent] of ratedBy.entries()) {
    const rows = found.get(respondent)
    if (rows) rows.push(row)
    else found.set(respondent, [row])
  }
  return found
}

/**
 * The statistic of every column over some rows, with their covariance by Taylor linearisation under the campaign's design: all
 * ratings that one firm gave enter its total together, and firms without one in these rows still count as drawn.
 * Source: Särndal, Swensson & Wretman (1992) §5.6 and ch. 10 for domains; R survey `svymean` of a subset.
 * @param rows in their order; default all
 */
export function lineariseSample(
  { answers, stratum, sample }: SampledAnswers,
  rows: readonly number[] = [...stratum.keys()],
): Linearised {
  const { est, n, kish, influence } = means(answers, rows, () => true)
  const sums = new StratifiedCovariance(answers.columns.length, sample.drawn)
  for (const row of rows) {
    const first = answers.starts[row]!
    const end = answers.starts[row + 1]!
    if (first === end) continue
    sums.enter(stratum[row]!, answers.day[row]!)
    const w = answers.weight[row]!
    for (let entry = first; entry < end; entry += 1) {
      const column = answers.entryColumn[entry]!
      sums.add(column, w * influence(column, answers.entryValue[entry]!, answers.entryOver?.[entry] ?? 1))
    }
  }
  const { covariance, clusters } = sums.finish()
  return { est, n, kish, covariance, clusters: sampleDf(sample, clusters), strata: 0 }
}
