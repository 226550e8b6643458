import type { Condition } from './condition.ts'
import type { Questionnaire, SurveyAnswer, SurveyAnswers, SurveyItem, SurveySection } from './definition.ts'
import { holds, isGiven } from './holds.ts'

/** One question as it is put: to whom it refers, and the key under which its answer travels. */
export interface Asked {
  /** `ITEM`, or `ITEM@unit` in a part that repeats; a matrix is answered under the keys of its rows. */
  readonly key: string
  readonly item: SurveyItem
  /** Rows of a matrix that are asked; empty for every other kind. */
  readonly rows: readonly { readonly key: string; readonly row: MatrixRow }[]
}
export type MatrixRow = Extract<SurveyItem, { type: 'matrix' }>['rows'][number]

/** One page: a section, once or for one of the chosen units. */
export interface AskedSection {
  /** Unique: the section's code, with `@unit` in a part that repeats. */
  readonly key: string
  readonly section: SurveySection
  /** Id of the unit it is about, as it stands in the answer that chose it; null in a part that does not repeat. */
  readonly unit: string | null
  readonly items: readonly Asked[]
}

/**
 * What is asked given the answers so far, in order. A condition sees only answers to questions that are asked themselves, so
 * an answer that was given before its question disappeared has no effect. In a part that repeats, a condition reads the answer
 * about the same unit first. Sections without a question are left out. The same in browser and server.
 */
export function askedSections(questionnaire: Questionnaire, answers: SurveyAnswers): AskedSection[] {
  const counting = new Map<string, SurveyAnswer>()
  const pages: AskedSection[] = []
  for (const section of questionnaire.sections) {
    for (const unit of unitsOf(section, counting)) {
      const suffix = unit === null ? '' : `@${unit}`
      const answerOf = (code: string) => counting.get(code + suffix) ?? counting.get(code)
      const open = (when: Condition | undefined) => when === undefined || holds(when, answerOf)
      if (!open(section.when)) continue
      const items: Asked[] = []
      for (const item of section.items) {
        if (!open(item.when)) continue
        const rows: { key: string; row: MatrixRow }[] = []
        for (const row of item.type === 'matrix' ? item.rows : []) {
          if (!open(row.when)) continue
          rows.push({ key: row.code + suffix, row })
          count(row.code + suffix)
        }
        if (item.type === 'matrix' && rows.length === 0) continue
        if (item.type !== 'matrix') count(item.code + suffix)
        items.push({ key: item.code + suffix, item, rows })
      }
      if (items.length > 0) pages.push({ key: section.code + suffix, section, unit, items })
    }
  }
  return pages

  function count(key: string): void {
    const answer = answers[key]
    if (answer !== undefined && Object.hasOwn(answers, key)) counting.set(key, answer)
  }
}

/** Keys of answers that a list of pages takes, in order. */
export function answerKeys(pages: readonly AskedSection[]): string[] {
  return pages.flatMap(({ items }) =>
    items.flatMap(({ key, rows, item }) => (item.type === 'matrix' ? rows.map((row) => row.key) : [key])),
  )
}

function unitsOf(section: SurveySection, counting: ReadonlyMap<string, SurveyAnswer>): (string | null)[] {
  if (section.repeat === undefined) return [null]
  const chosen = counting.get(section.repeat)
  return isGiven(chosen) && typeof chosen === 'object' ? [...new Set(chosen)] : []
}
