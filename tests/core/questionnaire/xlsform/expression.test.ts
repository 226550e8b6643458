import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Condition } from '../../../../api/core/questionnaire/condition.ts'
import type { SurveyItem } from '../../../../api/core/questionnaire/definition.ts'
import { holds } from '../../../../api/core/questionnaire/holds.ts'
import { conditionOf, type Lookup } from '../../../../api/core/questionnaire/xlsform/expression.ts'

const words = { vi: 'x', en: 'x' }
const base = { text: words, short: words, source: 'x' }
const options = ['a', 'b', 'c'].map((code) => ({ code, text: words }))
const items: Record<string, SurveyItem> = {
  one: { ...base, code: 'ONE', type: 'single', options },
  many: { ...base, code: 'MANY', type: 'multiple', options },
  age: { ...base, code: 'AGE', type: 'number', unit: words, min: 0, max: 150 },
  cost: { ...base, code: 'COST', type: 'number', unit: words, min: 0, max: 150, decimals: 1 },
  day: { ...base, code: 'DAY', type: 'date' },
  said: { ...base, code: 'SAID', type: 'text' },
}
const lookup: Lookup = (name) => {
  const item = items[name]
  return item === undefined ? null : { item, code: item.code, option: (one) => ('abc'.includes(one) ? one : null) }
}
const turned = (text: string) => conditionOf(text, lookup)

describe('expressions of the plain kind become conditions', () => {
  const table: readonly (readonly [string, Condition])[] = [
    ["${one} = 'a'", { item: 'ONE', is: ['a'] }],
    ['"a"=${one}', { item: 'ONE', is: ['a'] }],
    ["${one} != 'a'", { not: { item: 'ONE', is: ['a'] } }],
    ["selected(${many}, 'b')", { item: 'MANY', is: ['b'] }],
    ["not(selected( ${many} , 'b' ))", { not: { item: 'MANY', is: ['b'] } }],
    ["${one} = 'a' or ${one} = 'b'", { item: 'ONE', is: ['a', 'b'] }],
    ['${age} >= 18 and ${age} <= 60', { item: 'AGE', from: 18, to: 60 }],
    ['${age} > 18', { item: 'AGE', from: 19 }],
    ['18 > ${age}', { item: 'AGE', to: 17 }],
    ['${age} = 3', { item: 'AGE', from: 3, to: 3 }],
    ['${cost} < 2.5', { item: 'COST', to: 2.4 }],
    ["${day} > '2026-02-28'", { item: 'DAY', from: '2026-03-01' }],
    ["${day} <= date('2026-12-31')", { item: 'DAY', to: '2026-12-31' }],
    ["${said} != ''", { item: 'SAID', answered: true }],
    ["${said} = ''", { item: 'SAID', answered: false }],
    [
      "(${one} = 'a' and ${age} >= 5) or ${said} != ''",
      {
        any: [
          {
            all: [
              { item: 'ONE', is: ['a'] },
              { item: 'AGE', from: 5 },
            ],
          },
          { item: 'SAID', answered: true },
        ],
      },
    ],
    [
      "${one} = 'a' or ${age} >= 5 and ${said} != ''",
      {
        any: [
          { item: 'ONE', is: ['a'] },
          {
            all: [
              { item: 'AGE', from: 5 },
              { item: 'SAID', answered: true },
            ],
          },
        ],
      },
    ],
    [
      '${age} >= 5 and ${age} >= 9',
      {
        all: [
          { item: 'AGE', from: 5 },
          { item: 'AGE', from: 9 },
        ],
      },
    ],
  ]
  it.each(table)('%s', (text, condition) => {
    expect(turned(text)).toEqual(condition)
  })
})

describe('anything else is not guessed', () => {
  it.each([
    '',
    '${nobody} = 1',
    "${one} = 'z'",
    "${one} > 'a'",
    "${many} = 'a'",
    '${age} >= 1.5',
    "${age} = 'old'",
    '${cost} > 0.25',
    "${day} > '2026-02-30'",
    "${day} > '31/12/2026'",
    "${said} = 'x'",
    '${age} + 1 > 3',
    '${age} = ${cost}',
    'count-selected(${many}) > 1',
    "regex(${said}, '^a')",
    'today() > ${day}',
    "selected(${many}, 'b'",
    "${one} = 'a' and",
    "${one} = 'a' ${one} = 'b'",
    "not ${one} = 'a'",
    "if(${one} = 'a', 1, 2)",
    `${'('.repeat(60)}\${age} > 3${')'.repeat(60)}`,
    `${"${one} = 'a' or ".repeat(1000)}\${one} = 'b'`,
  ])('%s', (text) => {
    expect(turned(text)).toBeNull()
  })

  it('whatever is written, it ends, and never breaks', () => {
    const parts = [
      '${one}',
      '${age}',
      '${',
      '}',
      "'a'",
      '3',
      '-1',
      '.',
      '=',
      '!=',
      '<',
      '(',
      ')',
      ',',
      ' ',
      'and',
      'or',
      'not',
      'selected',
      'date',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 30 }), (text) => {
        turned(text.join(' '))
      }),
      { numRuns: 500 },
    )
  })
})

it('a comparison of numbers holds for the same answers as the expression says', () => {
  const says: Record<string, (a: number, b: number) => boolean> = {
    '=': (a, b) => a === b,
    '!=': (a, b) => a !== b,
    '<': (a, b) => a < b,
    '<=': (a, b) => a <= b,
    '>': (a, b) => a > b,
    '>=': (a, b) => a >= b,
  }
  for (const [sign, truth] of Object.entries(says))
    for (const end of [0, 0.3, 2.5, 7])
      for (const answer of [0, 0.1, 0.2, 0.3, 0.4, 2.4, 2.5, 2.6, 6.9, 7, 7.1]) {
        const condition = turned(`\${cost} ${sign} ${end}`)!
        expect(
          holds(condition, () => answer),
          `${answer} ${sign} ${end}`,
        ).toBe(truth(answer, end))
      }
})
