import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { languageOf } from '../../../../api/core/questionnaire/xlsform/sheet.ts'
import { LEFT_MAX } from '../../../../api/core/questionnaire/xlsform/left.ts'
import { convertXlsform } from '../../../../api/core/questionnaire/xlsform/convert.ts'
import { draftFaults, questionnaireFaults } from '../../../../api/core/questionnaire/validate.ts'
import { MARKET_FORM, type FormSheets } from '../../../support/xlsform.ts'

const convert = (sheets: FormSheets) =>
  convertXlsform(
    Object.entries(sheets).map(([name, rows]) => ({ name, rows: rows.map((cells, i) => ({ line: i + 1, cells })) })),
    'business',
  )
const taken = (sheets: FormSheets) => {
  const { questionnaire, left } = convert(sheets)
  if (questionnaire === null) throw new Error('nothing was taken')
  return { questionnaire, left: left.map(({ sheet, row, column, code }) => [sheet, row, column, code]) }
}
const survey = (...rows: string[][]): FormSheets => ({
  survey: [
    ['type', 'name', 'label', 'relevant', 'constraint', 'appearance', 'parameters', 'required', 'hint'],
    ...rows,
  ],
  choices: [
    ['list_name', 'name', 'label'],
    ['yn', '1', 'Có'],
    ['yn', '0', 'Không'],
  ],
})

describe('a form of another system', () => {
  it('becomes a draft with its texts, options, ranges and conditions', () => {
    const { questionnaire } = taken(MARKET_FORM)
    expect(questionnaire).toMatchObject({
      code: 'khao-sat-cho',
      version: 3,
      title: { vi: 'Khảo sát chợ', en: '' },
      population: 'business',
      sections: [
        {
          title: { vi: 'Phần 1', en: 'Part 1' },
          intro: { vi: 'Xin chào', en: 'Hello' },
          items: [
            {
              code: 'SELLS',
              type: 'single',
              required: true,
              text: { vi: 'Có bán ở chợ không?', en: 'Do you sell at a market?' },
              options: [
                { code: 'yes', text: { vi: 'Có', en: 'Yes' } },
                { code: 'no', text: { vi: 'Không', en: 'No' } },
              ],
            },
            { code: 'DAYS', type: 'number', min: 1, max: 7, when: { item: 'SELLS', is: ['yes'] } },
          ],
        },
        {
          code: 'goods',
          title: { vi: 'Hàng hóa', en: 'Goods' },
          when: {
            any: [
              { item: 'DAYS', from: 3 },
              { item: 'SELLS', is: ['yes'] },
            ],
          },
          items: [{ code: 'KINDS', type: 'multiple', options: [{ code: 'rau_qua' }, { code: 'ga' }] }],
        },
      ],
    })
    expect(draftFaults(questionnaire)).toEqual([])
    expect(new Set(questionnaireFaults(questionnaire).map(({ code }) => code))).toEqual(
      new Set(['missing_text', 'missing_translation']),
    )
  })

  it('tells everything that was not taken, where it stands', () => {
    expect(taken(MARKET_FORM).left).toEqual([
      ['entities', null, null, 'unknown_sheet'],
      ['settings', 2, 'style', 'setting_left'],
      ['choices', null, 'image', 'unknown_column'],
      ['choices', 4, 'name', 'option_changed'],
      ['survey', 2, 'type', 'metadata'],
      ['survey', null, 'label::français (fr)', 'language_left'],
      ['survey', 5, 'default', 'cell_left'],
      ['survey', 6, 'type', 'type_unsupported'],
      ['survey', 8, 'relevant', 'condition_left'],
      ['survey', 9, 'type', 'repeat_unsupported'],
      ['survey', 10, 'type', 'in_repeat'],
    ])
  })

  it('a table of one list becomes a matrix; one of different questions stays questions', () => {
    const { questionnaire, left } = taken(
      survey(
        ['begin group', 'grid', 'Đánh giá', '', '', 'table-list', ''],
        ['select_one yn', 'a', 'A', '', '', '', ''],
        ['select_one yn', 'b', 'B', '${a} = 1', '', 'list-nolabel', ''],
        ['end group', ''],
        ['begin group', 'mixed', 'Khác', '${b} = 0', '', 'table-list', ''],
        ['select_one yn', 'c', 'C', '', '', '', ''],
        ['text', 'd', 'D', '${a} = 1', '', '', ''],
        ['end group', ''],
      ),
    )
    expect(questionnaire.sections).toHaveLength(1)
    expect(questionnaire.sections[0]!.items).toMatchObject([
      { code: 'GRID', type: 'matrix', rows: [{ code: 'A' }, { code: 'B', when: { item: 'A', is: ['1'] } }] },
      { code: 'C', type: 'single', when: { item: 'B', is: ['0'] } },
      {
        code: 'D',
        type: 'text',
        when: {
          all: [
            { item: 'B', is: ['0'] },
            { item: 'A', is: ['1'] },
          ],
        },
      },
    ])
    expect(left).toEqual([['survey', 6, 'appearance', 'appearance_left']])
  })

  it('conditions of groups hold for the questions inside groups that are taken apart', () => {
    const { questionnaire, left } = taken(
      survey(
        ['select_one yn', 'a', 'A'],
        ['begin group', 'g', 'G', '${a} = 1'],
        ['begin group', 'inner', 'I', '${a} = 1'],
        ['date', 'd', 'D', '', ". >= '2020-01-01'"],
        ['end group'],
        ['end group'],
        ['decimal', 'x-y', 'X', '', '. < 5 or . > 9'],
        ['range', 'r', 'R', '', '', '', 'start=1 end=5 step=1'],
      ),
    )
    expect(questionnaire.sections.map(({ when, items }) => [when, items.map(({ code }) => code)])).toEqual([
      [undefined, ['A']],
      [{ item: 'A', is: ['1'] }, ['D']],
      [undefined, ['X_Y', 'R']],
    ])
    expect(questionnaire.sections[1]!.items[0]).toMatchObject({ min: '2020-01-01', when: { item: 'A', is: ['1'] } })
    expect(questionnaire.sections[2]!.items).toMatchObject([{ decimals: 2 }, { min: 1, max: 5 }])
    expect(left).toEqual([
      ['survey', 4, 'type', 'group_flattened'],
      ['survey', 8, 'constraint', 'constraint_left'],
      ['survey', 8, 'constraint', 'range_assumed'],
      ['survey', 8, 'name', 'name_changed'],
    ])
  })

  it('one without a question that can be taken is none', () => {
    expect(convert(survey(['geopoint', 'x', 'X'])).questionnaire).toBeNull()
    expect(convert({ data: [['a'], ['b']] }).questionnaire).toBeNull()
  })
})

it('languages are known by code or name, in either language', () => {
  const named = (words: string) => languageOf(words)
  for (const words of ['vi', 'Vietnamese (vi)', 'Tiếng Việt', 'VIETNAMESE', 'Vietnamese (Viet Nam)', 'x (vi-VN)'])
    expect([words, named(words)]).toEqual([words, 'vi'])
  for (const words of ['English', 'en', 'Tiếng Anh', 'English (en-GB)'])
    expect([words, named(words)]).toEqual([words, 'en'])
  for (const words of ['Français (fr)', 'Visayan', 'Bengali', '', 'English (fr)'])
    expect([words, named(words)]).toEqual([words, null])
})

describe('whatever a form holds', () => {
  const words =
    'text|integer|select_one yn|select_multiple yn or_other|select_one none|rank yn|note|date|geopoint|start|begin group|' +
    'end group|begin repeat|end repeat|calculate||range'
  const type = fc.constantFrom(...words.split('|'))
  const cells = fc.tuple(
    type,
    fc.constantFrom('a', 'b', 'c', 'Tên', '1x', '', 'a'.repeat(40)),
    fc.constantFrom('', 'Câu hỏi', 'Xin ${a}', 'x'.repeat(1200), '\u0001'),
    fc.constantFrom('', '${a} = 1', "selected(${b}, '0')", '${c} > 2', 'once()'),
    fc.constantFrom('', '. > 3', '. < 9', 'regex(., 1)'),
    fc.constantFrom('', 'table-list', 'minimal'),
    fc.constantFrom('', 'start=1'),
    fc.constantFrom('', 'yes', 'maybe'),
    fc.constantFrom('', 'Gợi ý'),
  )

  it('a draft can be kept, and no row of a question goes without being taken or told', () => {
    fc.assert(
      fc.property(fc.array(cells, { maxLength: 25 }), (rows) => {
        const { questionnaire, left } = convert(survey(...rows))
        if (questionnaire !== null) expect(draftFaults(questionnaire)).toEqual([])
        const text = JSON.stringify(questionnaire)
        for (const [i, [kind, name]] of rows.entries()) {
          if (/group|repeat|note/.test(kind) || (kind === '' && name === '')) continue
          const isTold = left.some(({ sheet, row }) => sheet === 'survey' && row === i + 2)
          // A row of a matrix is taken under the source of the whole.
          const isTaken = text.includes(`survey ${i + 2}"`) || /"rows":/.test(text)
          expect(isTold || isTaken, JSON.stringify([i, rows])).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('what is told is bounded, and what is not listed is counted', () => {
    const rows = Array.from({ length: 2500 }, (_, i) => ['geopoint', `x${i}`, 'X'])
    const { left, leftOmitted } = convert(survey(['text', 'a', 'A'], ...rows))
    expect(left).toHaveLength(LEFT_MAX)
    expect(leftOmitted).toBe(2500 + 1 - LEFT_MAX)
  })
})
