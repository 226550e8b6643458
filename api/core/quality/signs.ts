import type { AskedSection } from '../questionnaire/asked.ts'
import type { SurveyAnswers } from '../questionnaire/definition.ts'

/** How an answer was filled in, as far as that can tell care from haste. Nothing of what was answered. */
export interface AnswerSigns {
  /** Median milliseconds for one question; null where no times are known (paper). */
  readonly msPerQuestion: number | null
  /** Blocks of at least four rows that were answered, and how many of them have the same answer in every row. */
  readonly blocks: number
  readonly sameBlocks: number
  /** Questions put that may hold no free text, and how many of them were given a value ("không biết" is none). */
  readonly asked: number
  readonly given: number
}

/** Rows from which a matrix tells straight-lining from agreement. */
const BLOCK_ROWS = 4

/**
 * Signs of one answer. Sensitive questions are left out: they are kept apart, and a rule must not depend on them.
 * @param pages what was put to this respondent (`askedSections`)
 * @param itemMs milliseconds by key
 */
export function answerSigns(
  pages: readonly AskedSection[],
  answers: SurveyAnswers,
  itemMs: Readonly<Record<string, number>>,
): AnswerSigns {
  const times: number[] = []
  let [blocks, sameBlocks, asked, given] = [0, 0, 0, 0]
  for (const { items } of pages)
    for (const { key, item, rows } of items) {
      if (item.sensitive === true) continue
      const keys = item.type === 'matrix' ? rows.map((row) => row.key) : [key]
      const values = keys.flatMap((one) => valueOf(answers, one) ?? [])
      if (item.type !== 'text') {
        asked += keys.length
        given += values.length
      }
      if (item.type === 'matrix' && values.length >= BLOCK_ROWS) {
        blocks += 1
        sameBlocks += Number(new Set(values).size === 1)
      }
      const spent = keys.flatMap((one) => (Object.hasOwn(itemMs, one) ? [itemMs[one]!] : []))
      const whole = spent.length > 0 ? spent.reduce((sum, ms) => sum + ms, 0) : (itemMs[key] ?? 0)
      if (whole > 0 && item.type !== 'text') times.push(whole / keys.length)
    }
  return { msPerQuestion: medianOf(times), blocks, sameBlocks, asked, given }
}

/** The value as text; null where there is none. */
function valueOf(answers: SurveyAnswers, key: string): string | null {
  const answer = Object.hasOwn(answers, key) ? answers[key] : undefined
  if (answer === undefined || (typeof answer === 'object' && 'na' in answer)) return null
  return String(answer)
}

function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
}
