import { toMarks, type Answers, type Marks } from '../../../api/core/instrument/answers.ts'
import { findItem, type Instrument } from '../../../api/core/instrument/definition.ts'
import { pairItems, pairMark } from '../../../api/core/instrument/pairs.ts'
import { seeded } from '../../core/stats/seeded.ts'

/** What one person may have answered, as it is stored. */
export interface Pattern {
  readonly applicant: 'citizen' | 'business'
  /** 0 content, 1 mixed, 2 discontented. */
  readonly tier: number
  readonly answers: Answers
  readonly marks: Marks
}
const TIERS = 3
const PER_ROTATION = 3
/** Share of favourable answers by tier, of people who stop after the first question, and of those who cannot say. */
const FAVOURABLE = [0.93, 0.8, 0.55]
const ONLY_OVERALL = 0.2
const CANNOT_SAY = 0.05

/** A fixed stock of answers over all rotations of an instrument, from which a synthetic province draws. */
export function patternsOf(definition: Instrument): Pattern[] {
  const next = seeded(20261123)
  const pairs = pairItems(definition)
  const answer = (code: string, tier: number): Answers[string] => {
    const item = findItem(definition, code)
    if (!item) throw new RangeError('rotation names an item that is not there')
    if (code !== 'OVERALL' && next() < CANNOT_SAY) return { na: true }
    const good = item.options.filter((option) => option.favourable)
    const bad = item.options.filter((option) => !option.favourable)
    const from = next() < (FAVOURABLE[tier] ?? 0) ? good : bad
    return from[Math.floor(next() * from.length)]?.code ?? ''
  }
  const make = (applicant: Pattern['applicant'], rotation: readonly string[], tier: number): Pattern => {
    const codes = next() < ONLY_OVERALL ? ['OVERALL'] : ['OVERALL', ...rotation]
    const answers = Object.fromEntries(codes.map((code) => [code, answer(code, tier)]))
    const marks = toMarks(definition, answers)
    for (const pair of pairs) {
      const mark = pairMark(pair, marks)
      if (mark !== null) marks[pair.code] = mark
    }
    return { applicant, tier, answers, marks }
  }
  return (['citizen', 'business'] as const).flatMap((applicant) =>
    definition.rotation[applicant].flatMap((rotation) =>
      Array.from({ length: TIERS * PER_ROTATION }, (_, i) => make(applicant, rotation, i % TIERS)),
    ),
  )
}
