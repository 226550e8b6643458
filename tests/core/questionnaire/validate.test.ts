import { describe, expect, it } from 'vitest'
import type { Condition } from '../../../api/core/questionnaire/condition.ts'
import { FAULT_CODES, type FaultCode } from '../../../api/core/questionnaire/faults.ts'
import { questionnaireJsonSchema } from '../../../api/core/questionnaire/schema.ts'
import { draftFaults, parseQuestionnaire, questionnaireFaults } from '../../../api/core/questionnaire/validate.ts'
import published from '../../../db/seeds/questionnaires/questionnaire.schema.json' with { type: 'json' }
import { shippedQuestionnaires } from '../../../db/seeds/questionnaires/shipped.ts'
import { fullQuestionnaire } from './full.ts'

// oxlint-disable-next-line typescript/no-explicit-any
type Any = any
const faultsAfter = (damage: (one: Any) => void) => {
  const one = fullQuestionnaire()
  damage(one)
  return questionnaireFaults(one).map(({ path, code, note }) => [path, code, ...(note ? ['note'] : [])])
}
const item = (one: Any, code: string) =>
  one.sections.flatMap((section: Any) => section.items).find((known: Any) => known.code === code)
const many = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ ...fullQuestionnaire().sections[0]!.items[3]!, code: `D${i}` }))
const deep = (levels: number): Condition =>
  levels === 0 ? { item: 'KIND', is: ['firm'] } : { not: { not: deep(levels - 1) } }

describe('questionnaires without faults', () => {
  it.each(shippedQuestionnaires.map((one) => [one.code, one] as const))('%s, which ships', (_, one) => {
    expect(questionnaireFaults(one)).toEqual([])
  })

  it('one with every kind of item, condition and repeat', () => {
    expect(questionnaireFaults(fullQuestionnaire())).toEqual([])
    expect(parseQuestionnaire(fullQuestionnaire())).toEqual(fullQuestionnaire())
  })
})

/** What is done to a questionnaire, and the path and code of the fault that must be told. */
const damages: readonly [FaultCode, string, (one: Any) => void][] = [
  ['missing_field', 'sections.0.items.2.min', (one) => delete item(one, 'STAFF').min],
  ['missing_field', 'title.en', (one) => delete one.title.en],
  ['missing_field', 'sections.1.items.2.extra', (one) => delete item(one, 'COUNT').extra],
  ['unknown_field', 'sections.0.items.0.colour', (one) => (item(one, 'KIND').colour = 'red')],
  ['unknown_field', 'sections.0.items.2.when.or', (one) => (item(one, 'STAFF').when.or = [])],
  ['wrong_type', 'sections.0.items.0.options', (one) => (item(one, 'KIND').options = 'firm')],
  ['unknown_value', 'sections.0.items.0.type', (one) => (item(one, 'KIND').type = 'slider')],
  ['unknown_value', 'population', (one) => (one.population = 'everybody')],
  ['bad_form', 'sections.0.items.0.code', (one) => (item(one, 'KIND').code = 'kind of')],
  ['too_small', 'sections', (one) => (one.sections = [])],
  ['too_large', 'sections.0.title.vi', (one) => (one.sections[0].title.vi = 'x'.repeat(201))],
  ['too_deep', '', (one) => (item(one, 'STAFF').when = deep(4000))],
  ['bad_text', 'title.vi', (one) => (one.title.vi = 'a\u0000b')],
  ['bad_text', 'title.en', (one) => (one.title.en = 'a\ud800b')],
  [
    'missing_text',
    'sections.0.items.1.options.0.text.vi',
    (one) => (item(one, 'USED').options[0].text = { vi: ' ', en: '' }),
  ],
  ['missing_translation', 'sections.0.intro.en', (one) => (one.sections[0].intro.en = ' \n')],
  ['unknown_placeholder', 'title.vi', (one) => (one.title.vi = 'Chào {name}')],
  ['unit_outside_repeat', 'title.vi', (one) => (one.title = { vi: 'Về {unit}', en: 'About {unit}' })],
  ['placeholder_differs', 'sections.3.items.0.text', (one) => (item(one, 'GOOD').text.en = 'Is it good?')],
  ['duplicate_code', 'sections.0.items.1.code', (one) => (item(one, 'USED').code = 'KIND')],
  ['duplicate_code', 'sections.1.items.1.rows.1.code', (one) => (item(one, 'GRID').rows[1].code = 'GRID_A')],
  ['duplicate_code', 'sections.0.items.0.options.2.code', (one) => (item(one, 'KIND').options[2].code = 'firm')],
  ['duplicate_code', 'sections.2.code', (one) => (one.sections[2].code = 'profile')],
  ['name_taken', 'sections.0.items.1.code', (one) => (item(one, 'BRIBE').code = 'USED_A')],
  [
    'too_many_items',
    'sections',
    (one) =>
      [0, 1, 2, 3, 4, 5, 6, 7].forEach((s) =>
        one.sections.push({
          ...one.sections[0],
          code: `s${s}`,
          items: many(55).map((each) => ({ ...each, code: `${each.code}_${s}` })),
        }),
      ),
  ],
  ['too_few_options', 'sections.1.items.0.options', (one) => (item(one, 'RANK').options.length = 1)],
  ['value_missing', 'sections.1.items.1.options.1.value', (one) => delete item(one, 'GRID').options[1].value],
  ['all_favourable', 'sections.1.items.1.options', (one) => (item(one, 'GRID').options[1].favourable = true)],
  [
    'exclusive_unfit',
    'sections.0.items.0.options.2.exclusive',
    (one) => (item(one, 'KIND').options[2].exclusive = true),
  ],
  ['at_most_unfit', 'sections.1.items.0.atMost', (one) => (item(one, 'RANK').atMost = 4)],
  ['empty_range', 'sections.0.items.2.max', (one) => (item(one, 'STAFF').max = 0)],
  ['empty_range', 'sections.0.items.3.max', (one) => (item(one, 'SINCE').max = '1999-12-31')],
  [
    'empty_range',
    'sections.1.when.any.1.from',
    (one) => (one.sections[1].when.any[1] = { item: 'STAFF', from: 9, to: 8 }),
  ],
  ['too_precise', 'sections.0.items.2.min', (one) => (item(one, 'STAFF').min = 0.5)],
  ['bad_day', 'sections.0.items.3.min', (one) => (item(one, 'SINCE').min = '2001-02-29')],
  ['bad_day', 'sections.1.items.0.when.not.to', (one) => (item(one, 'RANK').when.not.to = '2010-13')],
  ['forms_needed', 'sections.1.items.2.treated', (one) => delete one.forms],
  ['unknown_form', 'sections.1.items.2.treated.0', (one) => (item(one, 'COUNT').treated = ['C'])],
  ['all_treated', 'sections.1.items.2.treated', (one) => (item(one, 'COUNT').treated = ['A', 'B'])],
  ['lineage_later', 'sections.0.items.0.lineage.0.version', (one) => (item(one, 'KIND').lineage[0].version = 2)],
  [
    'unknown_item',
    'sections.0.items.2.when.item',
    (one) => (item(one, 'STAFF').when = { item: 'NOTHING', answered: true }),
  ],
  ['unknown_item', 'sections.3.repeat', (one) => (one.sections[3].repeat = 'NOTHING')],
  ['reads_matrix', 'sections.1.items.3.when.item', (one) => (item(one, 'WORDS').when.item = 'GRID')],
  [
    'reads_later',
    'sections.0.items.2.when.item',
    (one) => (item(one, 'STAFF').when = { item: 'SINCE', answered: true }),
  ],
  ['loop', 'sections.0.items.2.when.item', (one) => (item(one, 'STAFF').when = { item: 'STAFF', from: 1 })],
  ['loop', 'sections.0.items.0.when.item', (one) => (item(one, 'KIND').when = { item: 'STAFF', from: 1 })],
  ['loop', 'sections.0.when.item', (one) => (one.sections[0].when = { item: 'KIND', is: ['firm'] })],
  [
    'loop',
    'sections.1.items.1.rows.0.when.item',
    (one) => (item(one, 'GRID').rows[0].when = { item: 'WORDS', answered: true }),
  ],
  [
    'reads_repeated',
    'sections.4.when.item',
    (one) => one.sections.push({ ...one.sections[2], code: 'end', when: { item: 'GOOD', is: ['no'] }, items: many(1) }),
  ],
  ['reads_sensitive', 'sections.1.items.3.when.item', (one) => (item(one, 'WORDS').when = { item: 'BRIBE', from: 1 })],
  ['comparison_unfit', 'sections.0.items.2.when.item', (one) => (item(one, 'STAFF').when = { item: 'KIND', from: 1 })],
  ['comparison_unfit', 'sections.1.items.0.when.not.to', (one) => (item(one, 'RANK').when.not.to = 2010)],
  [
    'comparison_unfit',
    'sections.1.items.3.when.item',
    (one) => (item(one, 'WORDS').when = { item: 'STAFF', is: ['3'] }),
  ],
  ['unknown_option', 'sections.0.items.2.when.is.1', (one) => (item(one, 'STAFF').when.is[1] = 'nobody')],
  ['out_of_range', 'sections.1.when.any.1.from', (one) => (one.sections[1].when.any[1].from = 1001)],
  ['not_units', 'sections.3.repeat', (one) => (one.sections[3].repeat = 'KIND')],
  ['loop', 'sections.2.repeat', (one) => (one.sections[2].repeat = 'UNITS')],
  ['reads_later', 'sections.1.repeat', (one) => (one.sections[1].repeat = 'UNITS')],
  [
    'units_in_repeat',
    'sections.3.items.0',
    (one) => (one.sections[3].items[0] = { ...item(one, 'UNITS'), code: 'MORE' }),
  ],
  [
    'unreachable',
    'sections.0.items.2',
    (one) =>
      (item(one, 'STAFF').when = {
        all: [
          { item: 'KIND', is: ['firm'] },
          { item: 'KIND', is: ['coop'] },
        ],
      }),
  ],
  [
    'unreachable',
    'sections.1.items.1.rows.1',
    (one) => {
      one.sections[1].when = { item: 'KIND', is: ['other'] }
    },
  ],
  [
    'unreachable',
    'sections.1',
    (one) =>
      (one.sections[1].when = {
        all: [
          { item: 'STAFF', answered: true },
          { item: 'KIND', is: ['other'] },
        ],
      }),
  ],
  [
    'dead_option',
    'sections.1.items.1.when.any.0.is.1',
    (one) => {
      one.sections[1].when = { item: 'KIND', is: ['firm', 'other'] }
      item(one, 'GRID').when = {
        any: [
          { item: 'KIND', is: ['firm', 'coop'] },
          { item: 'USED', is: ['b'] },
        ],
      }
    },
  ],
  [
    'dead_comparison',
    'sections.1.items.1.when.any.0',
    (one) => {
      one.sections[1].when = { item: 'KIND', is: ['other'] }
      item(one, 'GRID').rows.length = 1
      item(one, 'GRID').when = {
        any: [
          { item: 'STAFF', from: 5 },
          { item: 'USED', is: ['b'] },
        ],
      }
    },
  ],
]

describe('every kind of damage is found where it is', () => {
  it.each(damages)('%s at %s', (code, path, damage) => {
    expect(faultsAfter(damage)).toContainEqual([path, code])
  })

  it('a sensitive question may depend on another, for both are kept apart', () => {
    expect(faultsAfter((one) => (item(one, 'COUNT').when = { item: 'BRIBE', from: 1 }))).toEqual([])
  })

  it('a condition that keeps nobody away is only worth a note', () => {
    const found = faultsAfter((one) => (item(one, 'GRID').when = { item: 'KIND', answered: true }))
    expect(found).toEqual([['sections.1.items.1.when', 'always_asked', 'note']])
  })

  it('what would take too many combinations to decide is told as such, and in time', () => {
    const found = faultsAfter((one) => {
      const items = Array.from({ length: 16 }, (_, i) => ({ ...item(one, 'GOOD'), text: one.title, code: `Q${i}` }))
      const never = items.map(({ code }) => ({
        any: [
          { item: code, is: ['yes'] },
          { item: code, is: ['no'] },
        ],
      }))
      one.sections.push({ code: 'wide', title: one.title, items })
      one.sections.push({
        code: 'end',
        title: one.title,
        when: { all: [...never, { item: 'KIND', is: ['firm'] }, { item: 'KIND', is: ['coop'] }] },
        items: many(1),
      })
    })
    expect(found).toEqual([['sections.5.when', 'not_decided', 'note']])
  })

  it('the table above damages a questionnaire in every way there is a code for', () => {
    const elsewhere = ['always_asked', 'not_decided', 'other_name']
    expect([...new Set(damages.map(([code]) => code)), ...elsewhere].sort()).toEqual([...FAULT_CODES].sort())
  })
})

describe('drafts', () => {
  it('may lack texts, entries and final codes, and are still told of everything else', () => {
    const one: Any = fullQuestionnaire()
    one.title.en = ''
    item(one, 'KIND').options = []
    item(one, 'STAFF').code = 'not yet'
    expect(draftFaults(one)).toEqual([])
    const codes = questionnaireFaults(one).map(({ code }) => code)
    expect(codes).toEqual(expect.arrayContaining(['missing_translation', 'too_small', 'bad_form', 'unknown_item']))
  })

  it('must have the form of a questionnaire, and hold nothing that no text may hold', () => {
    for (const value of [null, [], 'x', { code: 'x' }, { ...fullQuestionnaire(), extra: 1 }])
      expect(draftFaults(value)).not.toEqual([])
    expect(draftFaults({ ...fullQuestionnaire(), title: { vi: 'a\u0001', en: 'b' } })).toEqual([
      { path: 'title.vi', code: 'bad_text' },
    ])
  })
})

it('the published JSON Schema is the one that is checked', () => {
  expect(published).toEqual(questionnaireJsonSchema())
})
