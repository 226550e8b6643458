import { keptOutBy, medianPace, type QualityRule, type RuleCode } from '../quality/rules.ts'
import type { AnswerSigns } from '../quality/signs.ts'
import { caseWeights, type AnswerWeight, type CaseWeights, type Weighting } from '../weights/case-weights.ts'
import type { CellBook } from '../weights/cell-book.ts'
import { makeSample, type Sample } from './sample.ts'

/** A complete answer as far as its weight depends on it. */
export interface WeighableAnswer {
  readonly id: string
  readonly stratum: string
  /** Empty: one stage. */
  readonly psu: string
  /** Values of the attributes that weights are made of, in the order of the cells. */
  readonly values: readonly string[]
  readonly signs: AnswerSigns
}

/** Which answers count and what they weigh. */
export interface WeighedAnswers {
  readonly keptOut: ReadonlyMap<string, RuleCode>
  readonly weights: CaseWeights
  /** Weight of each answer in the order given; null where it is kept out. */
  readonly each: readonly (AnswerWeight | null)[]
}

/** Applies the rules in force, then weighs what is left (`caseWeights`). */
export function weighAnswers(
  answers: readonly WeighableAnswer[],
  rules: readonly QualityRule[],
  cells: CellBook,
  weighting: Weighting,
): WeighedAnswers {
  const keptOut = keptOutAnswers(answers, rules)
  const weights = caseWeights(cells.count(answers.filter(({ id }) => !keptOut.has(id))), weighting)
  const each = answers.map((answer) =>
    keptOut.has(answer.id) ? null : (weights.cells[cells.placeOfValues(answer) ?? -1] ?? null),
  )
  return { keptOut, weights, each }
}

/** The answers that count as a sample; places are those of the answers given. */
export function sampleOf(answers: readonly WeighableAnswer[], { each }: Pick<WeighedAnswers, 'each'>): Sample {
  return makeSample(
    answers.flatMap(({ stratum, psu }, place) => {
      const weight = each[place]?.weight
      return weight === undefined ? [] : [{ place, stratum, psu, weight }]
    }),
  )
}

function keptOutAnswers(answers: readonly WeighableAnswer[], rules: readonly QualityRule[]): Map<string, RuleCode> {
  if (rules.length === 0) return new Map()
  const pace = medianPace(answers.map(({ signs }) => signs))
  return new Map(
    answers.flatMap(({ id, signs }) => {
      const rule = keptOutBy(rules, signs, pace)
      return rule === null ? [] : [[id, rule] as const]
    }),
  )
}
