import { askedTests, chosenUnits, type AnswerOf } from '../questionnaire/asked-tests.ts'
import { NO_VALUE, saidCell, type CodebookEntry } from '../questionnaire/codebook.ts'
import type { Questionnaire } from '../questionnaire/definition.ts'
import type { DataCell } from './columns.ts'

/** Appends the cells of items to a row. @param unit of parts that repeat, else null */
export type AppendItems = (row: DataCell[], answerOf: AnswerOf, unit: string | null) => DataCell[]

/** The cells of some columns, as one function that is made once and asked of every answer. */
export function itemCells(questionnaire: Questionnaire, entries: readonly CodebookEntry[]): AppendItems {
  const tests = askedTests(questionnaire)
  // columns of one question stand together, and whether it was put is found once
  const questions = [...Map.groupBy(entries, ({ code }) => code)].map(([code, columns]) => ({
    code,
    columns,
    isAsked: tests.get(code),
    repeats: columns[0]?.repeat !== null,
  }))
  return (row, answerOf, unit) => {
    for (const { code, columns, isAsked, repeats } of questions) {
      const wasAsked = isAsked?.(answerOf, unit) === true
      const answer = wasAsked ? answerOf(repeats ? `${code}@${unit}` : code) : undefined
      for (const column of columns) row.push(wasAsked ? saidCell(column, answer) : NO_VALUE.not_asked)
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

/** What a respondent wrote, as rows of item and text; about several units in parts that repeat. */
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
