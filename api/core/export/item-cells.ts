import { kept } from '../kept.ts'
import { askedTests, chosenUnits, type AnswerOf } from '../questionnaire/asked-tests.ts'
import { NO_VALUE, saidCell, type Cell, type CodebookEntry } from '../questionnaire/codebook.ts'
import type { Questionnaire, SurveyAnswer } from '../questionnaire/definition.ts'
import type { Said } from '../questionnaire/said-text.ts'
import { Stretch } from './columns.ts'

/** Different answers to one question whose cells are kept. */
const ANSWERS_KEPT = 1000

/** Appends the cells of items to a row. @param unit of parts that repeat, else null */
export type AppendItems = (row: Stretch[], said: Said, unit: string | null) => Stretch[]

/**
 * The cells of some columns, as one function that is made once and asked of every respondent. Those of one question stand
 * together and are the same object for all who gave the same answer.
 */
export function itemCells(questionnaire: Questionnaire, entries: readonly CodebookEntry[]): AppendItems {
  const tests = askedTests(questionnaire)
  const questions = [...Map.groupBy(entries, ({ code }) => code)].map(([code, columns]) => {
    const all = (cell: (column: CodebookEntry) => Cell) => new Stretch(columns.map(cell))
    return {
      code,
      repeats: columns[0]?.repeat !== null,
      isAsked: tests.get(code),
      notAsked: all(() => NO_VALUE.not_asked),
      skipped: all(() => NO_VALUE.skipped),
      given: kept(ANSWERS_KEPT, (text: string) => {
        const answer = JSON.parse(text) as SurveyAnswer
        return all((column) => saidCell(column, answer))
      }),
    }
  })
  return (row, { textOf, answerOf }, unit) => {
    for (const { code, repeats, isAsked, notAsked, skipped, given } of questions) {
      if (isAsked?.(answerOf, unit) !== true) row.push(notAsked)
      else {
        const text = textOf(repeats ? `${code}@${unit}` : code)
        row.push(text === undefined ? skipped : given(text))
      }
    }
    return row
  }
}

/** Units about which a respondent was asked anything, each once, in the order of the parts that repeat. */
export function askedUnits(questionnaire: Questionnaire): (answerOf: AnswerOf) => string[] {
  const tests = askedTests(questionnaire)
  const parts = questionnaire.sections.flatMap(({ repeat, items }) => {
    const codes = items.flatMap((item) => (item.type === 'matrix' ? item.rows : [item]).map(({ code }) => code))
    return repeat === undefined ? [] : [{ repeat, tests: codes.flatMap((code) => tests.get(code) ?? []) }]
  })
  return (answerOf) => [
    ...new Set(
      parts.flatMap((part) =>
        chosenUnits(answerOf(part.repeat)).filter((unit) => part.tests.some((isAsked) => isAsked(answerOf, unit))),
      ),
    ),
  ]
}

/** What a respondent wrote, as item and text; about several units in parts that repeat. */
export function writtenTexts(
  questionnaire: Questionnaire,
  entries: readonly CodebookEntry[],
): (answerOf: AnswerOf) => string[][] {
  const tests = askedTests(questionnaire)
  const unitsOf = askedUnits(questionnaire)
  return (answerOf) =>
    entries.flatMap(({ code, name, repeat }) =>
      (repeat === null ? [null] : unitsOf(answerOf)).flatMap((unit): string[][] => {
        const wasAsked = tests.get(code)?.(answerOf, unit) === true
        const text = wasAsked ? answerOf(unit === null ? code : `${code}@${unit}`) : undefined
        return typeof text === 'string' ? [[name, text]] : []
      }),
    )
}
