import { publish, type Published } from '../disclosure/publish.ts'
import { designShare } from '../index/estimate/indicator-estimate.ts'
import { packedAt } from '../index/estimate/packed.ts'
import { StratifiedCovariance } from '../index/estimate/stratified-covariance.ts'
import type { LocalText } from '../instrument/definition.ts'
import type { CodebookEntry } from '../questionnaire/codebook.ts'
import type { Questionnaire, SurveyItem } from '../questionnaire/definition.ts'
import { itemByCode, keptApart } from '../questionnaire/parts.ts'
import { type Estimate, notMeasured, suppress } from '../stats/estimate.ts'
import { tInterval } from '../stats/tInterval.ts'
import { minimumOf } from './index-columns.ts'
import { CELL, type Respondents, type SurveyColumn } from './respondents.ts'
import { sampleDf, type Sample } from './sample.ts'

/** How often a question was put and what became of it. Counts of answers that count, unweighted. */
export interface QuestionCounts {
  readonly asked: number
  readonly answered: number
  readonly dontKnow: number
  readonly skipped: number
  readonly notAsked: number
}

/** What a campaign's answers say to one question. */
export interface QuestionResult {
  readonly code: string
  readonly type: SurveyItem['type']
  readonly section: string
  readonly repeats: boolean
  readonly label: LocalText
  readonly short: LocalText
  readonly sensitive: boolean
  readonly minimum: number
  /** Null where they would tell what few said, or while an answer more would. */
  readonly counts: QuestionCounts | null
  /** Why nothing is told of a question that is kept apart. */
  readonly withheld: 'until_closed' | 'too_few' | null
  /** Of closed questions: the share of each option, 0 to 1; of a ranking that it was put first. */
  readonly options: readonly {
    readonly code: string
    readonly label: LocalText
    readonly favourable: boolean
    readonly share: Published
  }[]
  /** Of numbers: the mean; of a list experiment: the share to whom the extra statement applies. Null: neither. */
  readonly mean: Published | null
  readonly unit: LocalText | null
}

/** A row that counts: of which respondent in the order of the sample, and its place in the columns. */
interface Row {
  readonly place: number
  readonly row: number
}

/**
 * Weighted results question by question, under the campaign's design. "Không biết", skipped and not asked stay apart, and none of
 * them is in a share or mean. Of what is kept apart nothing is told while answers come in, because two looks one answer apart give it
 * away, and of a question that fewer than its minimum were asked nothing either, because being asked may tell. A list experiment compares the means of its two forms.
 * Source: Särndal, Swensson & Wretman (1992) §5.6; for list experiments Imai, JASA 106 (2011), difference in means.
 */
export function questionResults(
  questionnaire: Questionnaire,
  respondents: Respondents,
  sample: Sample,
  isClosed: boolean,
): QuestionResult[] {
  const items = itemByCode(questionnaire)
  const apart = keptApart(questionnaire)
  const own = Array.from(sample.order, (row, place) => ({ place, row }))
  const placeOf = new Map(own.map(({ row, place }) => [row, place]))
  const rated = Array.from(respondents.ratedBy, (by, row) => ({ place: placeOf.get(by) ?? -1, row }))
    .filter(({ place }) => place >= 0)
    .sort((a, b) => a.place - b.place || a.row - b.row)
  const byCode = Map.groupBy(respondents.columns.values(), ({ entry }) => entry.code)
  return [...byCode].flatMap(([code, columns]): QuestionResult[] => {
    const item = items.get(code)
    const [first] = columns
    if (item === undefined || first === undefined) return []
    const rows = first.entry.repeat === null ? own : rated
    const counts = countsOf(first, rows)
    const isApart = apart.has(code)
    const minimum = minimumOf(item, isApart)
    const withheld = !isApart ? null : !isClosed ? 'until_closed' : counts.asked < minimum ? 'too_few' : null
    const { entry } = first
    const shown = (estimate: Estimate, effective = estimate.nEff): Published =>
      withheld === null
        ? publish(estimate, { minimum, ...(effective === null ? {} : { effective }) })
        : publish(suppress(estimate, 'complementary'))
    const shares = optionsOf(item, columns)
    const answered = rows.filter(({ row }) => first.state[row] === CELL.value)
    const { estimates, kish } = shareEstimates(
      answered,
      sample,
      shares.map(({ has }) => has),
    )
    return [
      {
        code,
        type: item.type,
        section: entry.section,
        repeats: entry.repeat !== null,
        label: item.type === 'matrix' ? entry.label : item.text,
        short: item.type === 'matrix' ? entry.short : item.short,
        sensitive: item.sensitive === true,
        minimum,
        counts: withheld === null ? counts : null,
        withheld,
        options: shares.map(({ has: _has, ...option }, o) => ({ ...option, share: shown(estimates[o]!, kish) })),
        mean: meanOf(item, entry, answered, first, respondents, sample, shown),
        unit: entry.unit,
      },
    ]
  })
}

/** How often a column has a value, and why not. */
export function countsOf({ state }: SurveyColumn, rows: readonly Pick<Row, 'row'>[]): QuestionCounts {
  const found = [0, 0, 0, 0, 0]
  for (const { row } of rows) found[state[row]!]! += 1
  const [answered = 0, dontKnow = 0, skipped = 0, notAsked = 0] = found
  return { asked: answered + dontKnow + skipped, answered, dontKnow, skipped, notAsked }
}

function optionsOf(item: SurveyItem, columns: readonly SurveyColumn[]) {
  if (!('options' in item)) return []
  return item.options.map(({ code, text, favourable }, place) => {
    const column = columns[item.type === 'multiple' ? place : 0]!
    const wanted = item.type === 'multiple' ? 1 : place
    const has = (row: number) => Number(column.value[row] === wanted)
    return { code, label: text, favourable: favourable === true, has }
  })
}

/** Shares of rows that have each of several things, with their variance, and the answers that weights leave of these rows (Kish). */
function shareEstimates(rows: readonly Row[], sample: Sample, has: readonly ((row: number) => number)[]) {
  const made = meansOf(rows, sample, has)
  const { n, df, kish } = made
  const estimates = has.map((_, o): Estimate => {
    if (n === 0 || df < 1) return suppress({ ...notMeasured('design_share'), n }, 'too_few', { keepN: true })
    return designShare({ p: made.est[o]!, variance: made.variance[o]!, n, df, kish }, 'design_share')
  })
  return { estimates, kish }
}

function meanOf(
  item: SurveyItem,
  { range }: CodebookEntry,
  rows: readonly Row[],
  { value }: SurveyColumn,
  { form }: Respondents,
  sample: Sample,
  shown: (estimate: Estimate) => Published,
): Published | null {
  if (item.type === 'list') {
    const isTreated = ({ place }: Row) => item.treated.includes(form[sample.order[place]!] ?? '')
    return shown(differenceOf(rows.filter(isTreated), rows.filter((row) => !isTreated(row)), value, sample)) // prettier-ignore
  }
  if (item.type !== 'number' && item.type !== 'percent') return null
  const made = meansOf(rows, sample, [(row) => value[row]!])
  const { n, df, kish } = made
  if (n === 0 || df < 1) return shown(suppress({ ...notMeasured('design_mean'), n }, 'too_few', { keepN: true }))
  const ends = { min: Number(range.min), max: Number(range.max) }
  const numbers = { est: made.est[0]!, se: Math.sqrt(made.variance[0]!), df, n, method: 'design_mean' }
  return shown({ ...tInterval({ ...numbers, ...ends }), nEff: kish })
}

/**
 * Mean of the treated less mean of the others, as a share: the difference moved to the nearest of 0 to 1, and Student's interval about
 * that cut at 0 and 1. Chance alone, or an extra statement that changes how the others are counted, may put the difference outside. The
 * true share lies within, so moving brings it never farther from the estimate: the interval covers no less than the plain one, is
 * never empty, and holds its estimate. n is that of the smaller group.
 * Source: Mandelkern, Setting confidence intervals for bounded parameters, Statistical Science 17 (2002), for what plain cutting
 * does: an interval that may be empty.
 */
function differenceOf(treated: readonly Row[], control: readonly Row[], value: Float64Array, sample: Sample): Estimate {
  const method = 'list_difference'
  const [a, b] = [treated, control].map((rows) => meansOf(rows, sample, [(row) => value[row]!])) as [Means, Means]
  const n = Math.min(a.n, b.n)
  const df = Math.min(a.df, b.df)
  if (n === 0 || df < 1) return suppress({ ...notMeasured(method), n }, 'too_few', { keepN: true })
  const est = Math.min(1, Math.max(0, a.est[0]! - b.est[0]!))
  // forms are given by chance within strata, so the two means are independent but for what strata share
  const se = Math.sqrt(a.variance[0]! + b.variance[0]!)
  return { ...tInterval({ est, se, df, n, min: 0, max: 1, method }), nEff: Math.min(a.kish, b.kish) }
}

interface Means {
  readonly n: number
  readonly kish: number
  readonly df: number
  readonly est: readonly number[]
  readonly variance: readonly number[]
}

/** Weighted means of several numbers over the same rows, with linearised variances. Rows in the order of the sample. */
function meansOf(rows: readonly Row[], sample: Sample, numbers: readonly ((row: number) => number)[]): Means {
  let [whole, squares] = [0, 0]
  const sums = new Float64Array(numbers.length)
  for (const { place, row } of rows) {
    const w = sample.weight[place]!
    whole += w
    squares += w * w
    for (const [o, number] of numbers.entries()) sums[o]! += w * number(row)
  }
  const est = Array.from(sums, (sum) => (whole > 0 ? sum / whole : 0))
  const spread = new StratifiedCovariance(numbers.length, sample.drawn)
  for (const { place, row } of rows) {
    spread.enter(sample.stratum[place]!, sample.cluster[place]!)
    for (const [o, number] of numbers.entries())
      spread.add(o, (sample.weight[place]! * (number(row) - est[o]!)) / whole)
  }
  const { covariance, clusters } = spread.finish()
  return {
    n: rows.length,
    kish: squares > 0 ? (whole * whole) / squares : 0,
    df: Math.min(sampleDf(sample, clusters), rows.length - 1),
    est,
    variance: numbers.map((_, o) => Math.max(0, covariance[packedAt(numbers.length, o, o)]!)),
  }
}
