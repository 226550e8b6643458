import { OptionsError } from '../analysis/method.ts'
import { type WeightEffect, weightEffect } from './effect.ts'
import { rakeCells } from './rake-cells.ts'
import { type CaseCell, type ResponseClass, responseClasses } from './response-classes.ts'

/** How a campaign's answers are weighed beyond the design. */
export interface Weighting {
  /** Attributes of the frame that make classes of non-response within strata, most telling first. */
  readonly classes: readonly string[]
  /** Known totals of the population by values of an attribute; `''` is the stratum. */
  readonly margins: readonly Margin[]
  /** No weight above this many times the mean of all; null: none is cut. Only with margins. */
  readonly cap: number | null
}
export interface Margin {
  readonly attribute: string
  readonly totals: readonly { readonly value: string; readonly total: number }[]
}

/** How the weight of one answer came about: the product of four factors. */
export interface AnswerWeight {
  /** Inverse of the inclusion probability. */
  readonly design: number
  /** For cases of which nobody knows whether they are of the population. */
  readonly eligibility: number
  /** For those of the population who gave no answer that counts. */
  readonly response: number
  /** To the margins, and its cap. */
  readonly raking: number
  readonly weight: number
}

/** Why margins were not applied; `value` where one is meant. */
export interface MarginFault {
  readonly code: 'value_without_total' | 'value_without_answer' | 'totals_disagree' | 'no_convergence'
  readonly attribute: string
  readonly value: string | null
}

/** Weights of a campaign's answers, and all that is needed to judge them. */
export interface CaseWeights {
  /** By cell given; null where a cell has no answer. */
  readonly cells: readonly (AnswerWeight | null)[]
  readonly classes: readonly (ResponseClass & {
    readonly eligibility: number | null
    readonly response: number | null
  })[]
  readonly effect: WeightEffect
  /** cv² of the weights over their design weights: what the adjustments alone add to unevenness. */
  readonly unevenness: number
  /** Members of the population for which the answers stand: the sum of the weights. */
  readonly population: number
  /** Answers at the cap. */
  readonly capped: number
  readonly margins: readonly {
    readonly attribute: string
    readonly value: string
    readonly total: number
    /** What the answers stood for before raking, and after. */
    readonly before: number
    readonly after: number
  }[]
  /** Not empty: the margins were left aside. */
  readonly faults: readonly MarginFault[]
}

/** Totals of two margins may differ by rounding; the first is right then. */
const TOTALS_AGREE = 1e-3

/**
 * Weights of a campaign's answers, factor by factor:
 *
 * 1. `design` 1/π of the case.
 * 2. `eligibility` within a class (D known + D unknown)/(D known), D sums of design weights: cases of which nothing was heard are
 *    taken to be of the population as often as those of which it is known. The ineligible then stand for the ineligible, and drop out.
 * 3. `response` within a class (D answers + D silent)/(D answers).
 * 4. `raking` to the margins until all hold, no weight above cap × mean. Margins that cannot be met leave the weights of step 3
 *    and say why, since answers come in after they were set.
 *
 * Classes as `responseClasses`. Right as far as answering depends on nothing but the class; what it may be off otherwise is
 * the selection band's to say.
 * Source: Valliant, Dever & Kreuter (2018) ch. 13 and 14; Deming & Stephan (1940); DeBell & Krosnick (2009) for the cap.
 */
export function caseWeights(cells: readonly CaseCell[], weighting: Weighting): CaseWeights {
  const classes = responseClasses(cells, weighting.classes).map((one) => ({ ...one, ...adjustments(cells, one) }))
  const factors = cells.map((): { eligibility: number; response: number } | null => null)
  for (const { cells: own, eligibility, response } of classes)
    if (eligibility !== null && response !== null) for (const at of own) factors[at] = { eligibility, response }
  const used = [...cells.keys()].filter((at) => cells[at]!.answers > 0)
  const answers = used.map((at) => cells[at]!.answers)
  const base = used.map((at) => cells[at]!.design * factors[at]!.eligibility * factors[at]!.response)
  const raked = rake(cells, used, base, weighting)
  const each = cells.map((): AnswerWeight | null => null)
  for (const [place, at] of used.entries()) {
    const weight = raked.weights[place]!
    each[at] = { design: cells[at]!.design, ...factors[at]!, raking: weight / base[place]!, weight }
  }
  const effectOf = (weights: readonly number[]) =>
    weightEffect(weights.map((weight, place) => ({ weight, answers: answers[place]! })))
  const sum = (of: readonly number[]) => of.reduce((total, one, place) => total + one * answers[place]!, 0)
  const adjusted = effectOf(raked.weights.map((weight, place) => weight / cells[used[place]!]!.design))
  const population = sum(raked.weights)
  const mean = population / answers.reduce((total, n) => total + n, 0)
  const isCut = (weight: number) => weighting.cap !== null && weight > weighting.cap * mean * (1 - 1e-6)
  return {
    cells: each,
    classes,
    effect: effectOf(raked.weights),
    unevenness: (adjusted.deff ?? 1) - 1,
    population,
    capped: raked.done ? sum(raked.weights.map((weight) => Number(isCut(weight)))) : 0,
    margins: marginLines(cells, used, weighting.margins, answers, base, raked.weights),
    faults: raked.faults,
  }
}

/** Factors of a class; null where nobody answered. */
function adjustments(cells: readonly CaseCell[], { cells: own }: ResponseClass) {
  const weighted = (of: (cell: CaseCell) => number) =>
    own.reduce((sum, at) => sum + cells[at]!.design * of(cells[at]!), 0)
  const answered = weighted(({ answers }) => answers)
  if (answered === 0) return { eligibility: null, response: null }
  const eligible = answered + weighted(({ silent }) => silent)
  const known = eligible + weighted(({ ineligible }) => ineligible)
  const unknown = weighted((cell) => cell.unknown)
  return { eligibility: (known + unknown) / known, response: eligible / answered }
}

const valueOf = (cell: CaseCell, attribute: string) =>
  attribute === '' ? cell.stratum : (cell.attributes[attribute] ?? '')

const wholeOf = ({ totals }: Margin) => totals.reduce((sum, { total }) => sum + total, 0)

function rake(cells: readonly CaseCell[], used: readonly number[], base: readonly number[], weighting: Weighting) {
  const asItIs = (faults: readonly MarginFault[]) => ({ weights: base, faults, done: false })
  const { margins, cap } = weighting
  if (margins.length === 0 || used.length === 0) return asItIs([])
  const faults = marginFaults(cells, used, margins)
  if (faults.length > 0) return asItIs(faults)
  const whole = wholeOf(margins[0]!)
  const known = margins.map((margin) => ({
    name: margin.attribute,
    levels: used.map((at) => margin.totals.findIndex(({ value }) => value === valueOf(cells[at]!, margin.attribute))),
    totals: margin.totals.map(({ total }) => (total * whole) / wholeOf(margin)),
  }))
  try {
    const answers = used.map((at) => cells[at]!.answers)
    const weights = rakeCells(answers, known, cap === null ? { base } : { base, cap })
    return { weights: [...weights], faults: [], done: true }
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error
    return asItIs([{ code: 'no_convergence', attribute: margins[0]!.attribute, value: null }])
  }
}

function marginFaults(cells: readonly CaseCell[], used: readonly number[], margins: readonly Margin[]): MarginFault[] {
  const whole = wholeOf(margins[0]!)
  return margins.flatMap((margin): MarginFault[] => {
    const { attribute, totals } = margin
    const there = new Set(used.map((at) => valueOf(cells[at]!, attribute)))
    const known = new Set(totals.map(({ value }) => value))
    const fault = (code: MarginFault['code'], value: string | null) => ({ code, attribute, value })
    return [
      ...[...there].filter((value) => !known.has(value)).map((value) => fault('value_without_total', value)),
      ...[...known].filter((value) => !there.has(value)).map((value) => fault('value_without_answer', value)),
      ...(Math.abs(wholeOf(margin) / whole - 1) > TOTALS_AGREE ? [fault('totals_disagree', null)] : []),
    ]
  })
}

function marginLines(
  cells: readonly CaseCell[],
  used: readonly number[],
  margins: readonly Margin[],
  answers: readonly number[],
  before: readonly number[],
  after: readonly number[],
): CaseWeights['margins'] {
  return margins.flatMap(({ attribute, totals }) =>
    totals.map(({ value, total }) => {
      const standsFor = (weights: readonly number[]) =>
        used.reduce(
          (sum, at, place) => sum + (valueOf(cells[at]!, attribute) === value ? weights[place]! * answers[place]! : 0),
          0,
        )
      return { attribute, value, total, before: standsFor(before), after: standsFor(after) }
    }),
  )
}
