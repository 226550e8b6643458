import type { SampleInstrument } from './items.ts'
import { pick, type Random } from './random.ts'
import { ANSWERS_MORE, MOOD, REFUSED_DROP, SKIPS, STOPS_AT_FIRST } from './shares.ts'

/** What one person answered: places of items, and for each the place of the option or -1 for "không nhớ / không áp dụng". */
export interface SampleAnswers {
  readonly items: number[]
  readonly options: number[]
  readonly complete: boolean
}

/** What the answers depend on. */
export interface AnswerCase {
  readonly block: 'citizen' | 'business'
  readonly shares: Float64Array
  readonly late: boolean
  readonly refused: boolean
}

/**
 * One person's answers: the overall item first; then one rotation set, everything of the block, or nothing more. A mood, shared
 * by a part of a person's answers, makes them alike without moving any item's share.
 */
export function drawAnswers(random: Random, instrument: SampleInstrument, about: AnswerCase): SampleAnswers {
  const { next } = random
  const answers: SampleAnswers & { complete: boolean } = { items: [], options: [], complete: true }
  const mood = next()
  const answer = (index: number): void => {
    const item = instrument.items[index]
    if (!item) return
    answers.items.push(index)
    if (next() < item.shares.na) {
      answers.options.push(-1)
      return
    }
    const refusal = about.refused && index === instrument.overall ? REFUSED_DROP : 0
    const share = (about.shares[2 * index + (about.late ? 1 : 0)] ?? 0) - refusal
    const favourable = (next() < MOOD ? mood : next()) < share
    const place = pick(favourable ? item.goodSums : item.badSums, next())
    answers.options.push((favourable ? item.favourable : item.unfavourable)[place] ?? 0)
  }
  answer(instrument.overall)
  const effort = next()
  if (effort < STOPS_AT_FIRST) {
    answers.complete = false
    return answers
  }
  const sets = instrument.sets[about.block]
  const set = sets[random.below(sets.length)] ?? []
  const shown = effort < STOPS_AT_FIRST + (1 - STOPS_AT_FIRST) * ANSWERS_MORE ? instrument.blocks[about.block] : set
  for (const index of shown) if (next() >= SKIPS) answer(index)
  return answers
}
