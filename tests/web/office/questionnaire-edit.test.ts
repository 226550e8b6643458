import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Condition } from '../../../api/core/questionnaire/condition.ts'
import type { SurveyItem } from '../../../api/core/questionnaire/definition.ts'
import { draftFaults, questionnaireFaults } from '../../../api/core/questionnaire/validate.ts'
import { conditionFrom, testsOf } from '../../../web/office/questionnaires/condition-model.ts'
import {
  asType,
  insert,
  move,
  moveItem,
  newItem,
  newSection,
  put,
  remove,
  renameItem,
  renameOption,
} from '../../../web/office/questionnaires/edit.ts'
import { fullQuestionnaire } from '../../core/questionnaire/full.ts'

const TYPES = 'single multiple ranking matrix number percent date text list units'.split(' ') as SurveyItem['type'][]
const codes = (whole: ReturnType<typeof fullQuestionnaire>) =>
  whole.sections.map(({ items }) => items.map(({ code }) => code))

describe('changes of a draft', () => {
  it('leave what they were made from as it was, and change one place', () => {
    const before = fullQuestionnaire()
    const after = put(before, ['sections', 0, 'items', 1, 'text', 'en'], 'Other words')
    expect(before).toEqual(fullQuestionnaire())
    expect(after.sections[0]!.items[1]!.text.en).toBe('Other words')
    expect(after.sections[1]).toBe(before.sections[1])
    expect(put(after, ['sections', 0, 'intro'], undefined).sections[0]).not.toHaveProperty('intro')
  })

  it.each(TYPES)('a new question of the kind %s, and any other turned into it, can be kept', (type) => {
    const whole = fullQuestionnaire()
    const added = insert(whole, ['sections', 0, 'items'], 0, newItem(whole, type))
    expect(draftFaults(added)).toEqual([])
    expect(new Set(codes(added).flat()).size).toBe(codes(added).flat().length)
    for (const [s, { items }] of whole.sections.entries())
      for (const [i, item] of items.entries()) {
        const turned = put(whole, ['sections', s, 'items', i], asType(whole, item, type))
        expect(draftFaults(turned), `${item.type} → ${type}`).toEqual([])
        expect(turned.sections[s]!.items[i]).toMatchObject({ code: item.code, text: item.text, type })
      }
  })

  it('a question moves within its section, over its end into the next, and not beyond the last', () => {
    const whole = fullQuestionnaire()
    const down = moveItem(whole, { section: 0, item: 0 }, 1)!
    expect([codes(down.whole)[0], down.place]).toEqual([
      ['USED', 'KIND', 'STAFF', 'SINCE', 'BRIBE'],
      { section: 0, item: 1 },
    ])
    const over = moveItem(whole, { section: 0, item: 4 }, 1)!
    expect([codes(over.whole).slice(0, 2), over.place]).toEqual([
      [
        ['KIND', 'USED', 'STAFF', 'SINCE'],
        ['BRIBE', 'RANK', 'GRID', 'COUNT', 'WORDS'],
      ],
      { section: 1, item: 0 },
    ])
    const back = moveItem(over.whole, over.place, -1)!
    expect(back).toEqual({ whole, place: { section: 0, item: 4 } })
    expect(moveItem(whole, { section: 0, item: 0 }, -1)).toBeNull()
    expect(moveItem(whole, { section: 3, item: 1 }, 1)).toBeNull()
    expect(move(whole, ['sections'], 0, -1)).toEqual(whole)
    expect(codes(remove(whole, ['sections', 0, 'items'], 0))[0]).not.toContain('KIND')
    expect(newSection(whole).code).toBe('phan_5')
  })

  it('a code that changes changes wherever it is read', () => {
    const whole = fullQuestionnaire()
    let renamed = renameItem(whole, ['sections', 0, 'items', 0], 'KIND', 'LEGAL')
    renamed = renameItem(renamed, ['sections', 2, 'items', 0], 'UNITS', 'WHOM')
    renamed = renameItem(renamed, ['sections', 1, 'items', 1, 'rows', 0], 'GRID_A', 'FIRST')
    renamed = renameOption(renamed, 'LEGAL', ['sections', 0, 'items', 0, 'options', 0], 'firm', 'company')
    expect(questionnaireFaults(renamed)).toEqual([])
    expect(
      JSON.stringify(renamed.sections.map((s) => [s.when, s.repeat, s.items.map(({ when }) => when)])),
    ).not.toMatch(/KIND|UNITS|GRID_A|firm/)
  })
})

describe('the small form of a condition', () => {
  const leaf: fc.Arbitrary<Condition> = fc.oneof(
    fc.record({
      item: fc.constantFrom('A', 'B'),
      is: fc.array(fc.constantFrom('x', 'y'), { minLength: 1, maxLength: 2 }),
    }),
    fc.record({ item: fc.constantFrom('A', 'B'), answered: fc.boolean() }),
    fc.record({ item: fc.constantFrom('A', 'B'), from: fc.integer() }),
    fc.record({ item: fc.constantFrom('A', 'B'), from: fc.integer(), to: fc.constant('2026-01-01') }),
  )
  const line = fc.oneof(
    leaf,
    leaf.filter((one) => 'is' in one).map((not): Condition => ({ not })),
  )
  const lines = fc.array(line, { minLength: 2, maxLength: 4 })

  it('shows every condition of one level, and gives the same back', () => {
    const flat = fc.oneof(
      line,
      lines.map((all): Condition => ({ all })),
      lines.map((any): Condition => ({ any })),
    )
    fc.assert(
      fc.property(flat, (condition) => {
        expect(conditionFrom(testsOf(condition)!)).toEqual(condition)
      }),
    )
  })

  it('does not pretend to show what is nested', () => {
    for (const nested of [
      { not: { item: 'A', answered: true } },
      { not: { not: { item: 'A', is: ['x'] } } },
      { all: [{ any: [{ item: 'A', is: ['x'] }] }] },
    ] satisfies Condition[])
      expect(testsOf(nested)).toBeNull()
  })
})
