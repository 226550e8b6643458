import { numbersOf } from '../../../api/core/paper/numbers.ts'
import { askedSections } from '../../../api/core/questionnaire/asked.ts'
import type { SurveyAnswers, SurveyItem } from '../../../api/core/questionnaire/definition.ts'
import { pipe } from '../../../api/core/questionnaire/pipe.ts'
import type { Form } from '../api/paper.ts'
import { own } from '../lib/locale.ts'

/** One question as it is typed: a row of a matrix is one of its own. */
export interface Step {
  readonly key: string
  readonly item: SurveyItem
  /** As printed: `7` or `7b`. */
  readonly label: string
  readonly text: string
  /** Of the part, with the office it is about. */
  readonly part: string
}

/** The questions that answers lead to, in order: what they hide is left out, by the rule of browser and server. */
export function stepsOf(form: Pick<Form, 'questionnaire' | 'units'>, answers: SurveyAnswers): Step[] {
  const { definition } = form.questionnaire
  const numbers = numbersOf(definition)
  return askedSections(definition, answers).flatMap(({ section, unit, items }) => {
    const name = unit === null ? null : (form.units.find(({ id }) => String(id) === unit)?.name ?? unit)
    const part = pipe(own(section.title), name)
    const label = (code: string) => numbers.get(code)?.label ?? code
    return items.flatMap(({ key, item, rows }): Step[] => {
      const text = pipe(own(item.text), name)
      if (item.type !== 'matrix') return [{ key, item, label: label(item.code), text, part }]
      return rows.map(({ key: rowKey, row }) => ({
        key: rowKey,
        item,
        label: label(row.code),
        text: `${text} ${pipe(own(row.text), name)}`,
        part,
      }))
    })
  })
}
