import type { Condition } from './condition.ts'
import type { Questionnaire, SurveyAnswer, SurveySection } from './definition.ts'
import { holds, isGiven, itemsRead } from './holds.ts'

/** The answer under a key (`ITEM` or `ITEM@unit`), undefined where there is none. */
export type AnswerOf = (key: string) => SurveyAnswer | undefined
/** Whether a question is put. @param unit in a part that repeats, else null */
export type AskedTest = (answerOf: AnswerOf, unit: string | null) => boolean

/**
 * What `askedSections` says of each question, one by one: a test by code of item or matrix row, to be made once for a
 * questionnaire and asked of many answers. Only what has conditions costs anything.
 */
export function askedTests(questionnaire: Questionnaire): ReadonlyMap<string, AskedTest> {
  const tests = new Map<string, AskedTest>()
  const repeating = new Set<string>()
  for (const section of questionnaire.sections) {
    const before = [...partTests(section, tests), ...whenTests([section.when], tests, repeating)]
    for (const item of section.items)
      for (const { code, when } of item.type === 'matrix' ? item.rows : [item]) {
        const conditions = item.type === 'matrix' ? [item.when, when] : [when]
        tests.set(code, allOf([...before, ...whenTests(conditions, tests, repeating)]))
        if (section.repeat !== undefined) repeating.add(code)
      }
  }
  return tests
}

const ALWAYS: AskedTest = () => true

function allOf(tests: readonly AskedTest[]): AskedTest {
  if (tests.length === 0) return ALWAYS
  return tests.length === 1 && tests[0] ? tests[0] : (answerOf, unit) => tests.every((test) => test(answerOf, unit))
}

/** A part that repeats is asked about the units that were chosen. */
function partTests({ repeat }: SurveySection, known: ReadonlyMap<string, AskedTest>): AskedTest[] {
  if (repeat === undefined) return []
  const isAsked = known.get(repeat)
  return [
    (answerOf, unit) =>
      unit !== null && isAsked?.(answerOf, null) === true && chosenUnits(answerOf(repeat)).includes(unit),
  ]
}

/** Units that an answer names. */
export function chosenUnits(answer: SurveyAnswer | undefined): readonly string[] {
  return isGiven(answer) && typeof answer === 'object' ? answer : []
}

/** Conditions see answers to questions that were put before and are put themselves; about the same unit first. */
function whenTests(
  conditions: readonly (Condition | undefined)[],
  known: ReadonlyMap<string, AskedTest>,
  repeating: ReadonlySet<string>,
): AskedTest[] {
  return conditions.flatMap((when): AskedTest[] => {
    if (when === undefined) return []
    const read = new Map(itemsRead(when).map((code) => [code, known.get(code)]))
    return [
      (answerOf, unit) =>
        holds(when, (code) => {
          const isAsked = read.get(code)
          const key = repeating.has(code) ? `${code}@${unit}` : code
          return isAsked?.(answerOf, unit) === true ? answerOf(key) : undefined
        }),
    ]
  })
}
