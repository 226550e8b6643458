import type { Questionnaire, SurveyItem } from '../../../api/core/questionnaire/definition.ts'

const text = (vi: string) => ({ vi, en: vi })
const base = (code: string) => ({ code, text: text(code), short: text(code), source: 'thử' })
export const option = (code: string) => ({ code, text: text(code) })

/** A single choice of yes and no. */
export const yesNo = (code: string, more: Partial<SurveyItem> = {}): SurveyItem =>
  ({ ...base(code), type: 'single', options: [option('yes'), option('no')], na: true, ...more }) as SurveyItem
export const item = <Type extends SurveyItem['type']>(
  code: string,
  type: Type,
  more: Omit<Extract<SurveyItem, { type: Type }>, 'code' | 'text' | 'short' | 'source' | 'type'>,
): SurveyItem => ({ ...base(code), type, ...more }) as unknown as SurveyItem

/** A questionnaire of these sections. */
export function questionnaire(sections: Partial<Questionnaire['sections'][number]>[]): Questionnaire {
  return {
    code: 'thu',
    version: 1,
    kind: 'survey',
    title: text('Thử'),
    languages: ['vi', 'en'],
    notice: { version: '1', text: text('Thử') },
    population: 'business',
    sections: sections.map((section, i) => ({ code: `S${i}`, title: text(`Phần ${i}`), items: [], ...section })),
  }
}
