import { describe, expect, test } from 'vitest'
import { answerKeys, askedSections } from '../../../api/core/questionnaire/asked.ts'
import { askedTests } from '../../../api/core/questionnaire/asked-tests.ts'
import type { SurveyAnswer, SurveyAnswers } from '../../../api/core/questionnaire/definition.ts'
import { itemByCode } from '../../../api/core/questionnaire/parts.ts'
import { saidIn, saidReader } from '../../../api/core/questionnaire/said-text.ts'
import { askedUnits } from '../../../api/core/export/item-cells.ts'
import { answered, generated } from './generated.ts'

const CASES = Array.from({ length: 60 }, (_, seed) => generated(seed)).flatMap((questionnaire, seed) =>
  Array.from({ length: 10 }, (__, i) => ({ questionnaire, answers: answered(questionnaire, 100 * seed + i) })),
)

test('question by question it is known what is asked, as whole pages have it: conditions, matrices and parts that repeat', () => {
  let [repeated, hidden] = [0, 0]
  for (const { questionnaire, answers } of CASES) {
    const expected = new Set(answerKeys(askedSections(questionnaire, answers)))
    const { answerOf } = saidIn(answers)
    const found: string[] = []
    for (const [code, isAsked] of askedTests(questionnaire)) {
      if (isAsked(answerOf, null)) found.push(code)
      for (const unit of ['3', '7', '12']) {
        const section = questionnaire.sections.find(({ items }) => items.includes(itemByCode(questionnaire).get(code)!))
        if (section?.repeat !== undefined && isAsked(answerOf, unit)) found.push(`${code}@${unit}`)
      }
    }
    expect(new Set(found)).toEqual(expected)
    const units = [...expected].filter((key) => key.includes('@')).map((key) => key.slice(key.indexOf('@') + 1))
    expect(askedUnits(questionnaire)(answerOf)).toEqual([...new Set(units)])
    repeated += units.length
    hidden += Object.keys(answers).filter((key) => !expected.has(key)).length
  }
  expect(Math.min(repeated, hidden)).toBeGreaterThan(100)
})

/** As PostgreSQL writes jsonb, but for the order of the keys. */
const written = (answers: SurveyAnswers) =>
  `{${Object.entries(answers)
    .map(([key, said]) => `"${key}": ${value(said)}`)
    .join(', ')}}`
function value(said: SurveyAnswer | undefined): string {
  if (Array.isArray(said)) return `[${said.map((one) => JSON.stringify(one)).join(', ')}]`
  return typeof said === 'object' ? '{"na": true}' : JSON.stringify(said)
}

describe('answers from their text', () => {
  const read = (text: string, answers: SurveyAnswers, codes: readonly string[]) => {
    const { answerOf, textOf } = saidReader(codes)(text)
    for (const key of [...codes, ...Object.keys(answers), 'OTHER', 'toString']) {
      const answer = Object.hasOwn(answers, key) ? answers[key] : undefined
      expect(answerOf(key), key).toEqual(answer)
      expect(textOf(key) === undefined ? undefined : JSON.parse(textOf(key)!), key).toEqual(answer)
    }
  }

  test('are what JSON says: any order, any gap, about units, every kind of answer', () => {
    for (const { questionnaire, answers } of CASES) {
      const codes = [...itemByCode(questionnaire).keys()]
      read(written(answers), answers, codes)
      read(written(Object.fromEntries(Object.entries(answers).toReversed())), answers, codes)
    }
  })

  test.each<Record<string, SurveyAnswer>>([
    {},
    { A: '' },
    { A: 'ấy: "thế", {"na": true} \\ [1]\n', B: 2 },
    { A: '{"B": 1}', B: ['x, y', ']'] },
    { A: -1.5e-7, B: 1e21, C: [] },
    { A: { na: true }, C: 'đến, hết: }' },
  ])('%j', (answers) => {
    read(written(answers), answers, ['A', 'B', 'C'])
    // no other way of writing JSON is misread either
    read(JSON.stringify(answers), answers, ['A', 'B', 'C'])
    read(JSON.stringify(answers, null, 1), answers, ['A', 'B', 'C'])
  })
})
