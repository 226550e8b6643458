import type { Questionnaire } from '../../../api/core/questionnaire/definition.ts'

const text = (vi: string) => ({ vi, en: `${vi} (en)` })
const base = (code: string) => ({ code, text: text(`Câu ${code}`), short: text(code), source: 'thử' })
const option = (code: string) => ({ code, text: text(code) })

/** A valid questionnaire with every kind of item, condition and repeat; made anew each time, so that a test may damage it. */
export function fullQuestionnaire(): Questionnaire {
  return structuredClone<Questionnaire>({
    code: 'day-du',
    version: 2,
    kind: 'survey',
    title: text('Đầy đủ'),
    languages: ['vi', 'en'],
    notice: { version: '1', text: text('Thông báo') },
    population: 'business',
    forms: ['A', 'B'],
    sections: [
      {
        code: 'profile',
        title: text('Hồ sơ'),
        intro: text('Vài câu'),
        items: [
          {
            ...base('KIND'),
            type: 'single',
            options: [option('firm'), option('coop'), option('other')],
            required: true,
            lineage: [{ code: 'day-du', version: 1, item: 'KIND', comparable: true }],
          },
          {
            ...base('USED'),
            type: 'multiple',
            options: [option('a'), option('b'), { ...option('none'), exclusive: true }],
            na: true,
          },
          {
            ...base('STAFF'),
            type: 'number',
            unit: text('người'),
            min: 0,
            max: 1000,
            when: { item: 'KIND', is: ['firm', 'coop'] },
          },
          { ...base('SINCE'), type: 'date', min: '2000-01-01', max: '2026-12-31' },
          { ...base('BRIBE'), type: 'percent', sensitive: true, na: true },
        ],
      },
      {
        code: 'views',
        title: text('Ý kiến'),
        when: {
          any: [
            { item: 'USED', is: ['a'] },
            { item: 'STAFF', from: 10 },
          ],
        },
        items: [
          {
            ...base('RANK'),
            type: 'ranking',
            options: [option('x'), option('y'), option('z')],
            atMost: 2,
            when: { not: { item: 'SINCE', to: '2010-01-01' } },
          },
          {
            ...base('GRID'),
            type: 'matrix',
            options: [
              { ...option('5'), value: 5, favourable: true },
              { ...option('1'), value: 1 },
            ],
            rows: [
              { code: 'GRID_A', text: text('Dòng A'), short: text('A') },
              { code: 'GRID_B', text: text('Dòng B'), short: text('B'), when: { item: 'KIND', is: ['firm'] } },
            ],
          },
          {
            ...base('COUNT'),
            type: 'list',
            statements: [text('một'), text('hai')],
            extra: text('ba'),
            treated: ['B'],
            sensitive: true,
          },
          { ...base('WORDS'), type: 'text', longest: 500, when: { item: 'GRID_A', answered: true } },
        ],
      },
      {
        code: 'whom',
        title: text('Cơ quan'),
        items: [{ ...base('UNITS'), type: 'units', kinds: ['department'], atMost: 3, required: true }],
      },
      {
        code: 'each',
        title: text('Đánh giá {unit}'),
        repeat: 'UNITS',
        items: [
          { ...base('GOOD'), text: text('{unit} tốt không?'), type: 'single', options: [option('yes'), option('no')] },
          { ...base('WHY'), type: 'text', when: { item: 'GOOD', is: ['no'] } },
        ],
      },
    ],
  })
}
