import type { QuestionnaireFault } from '../../../api/core/questionnaire/faults.ts'
import type { Questionnaire } from '../../../api/core/questionnaire/definition.ts'
import { at } from './edit.ts'
import { say, sayIf } from './words.ts'

/** What is wrong, in one sentence. */
export const faultSentence = ({ code, subject }: QuestionnaireFault): string =>
  sayIf(`fault.${code}`, { subject: subject ?? '' }) ?? say('fault.other', { code })

/** Where a fault stands, as people find it: the section, the question, the option. */
export function faultPlace(whole: Questionnaire, path: string): string {
  const steps = path.split('.')
  const names: string[] = []
  const [first, s, second, i, third, o] = steps
  if (first !== 'sections' || s === undefined) return say('place.whole')
  names.push(say('place.section', { n: Number(s) + 1 }))
  if (second === 'items' && i !== undefined)
    names.push(say('place.item', { code: String(at(whole, ['sections', s, 'items', i, 'code']) ?? '') }))
  if (o !== undefined && third === 'options') names.push(say('place.option', { n: Number(o) + 1 }))
  if (o !== undefined && third === 'rows') names.push(say('place.row', { n: Number(o) + 1 }))
  return names.join(', ')
}

/** The place of a fault that can be opened: the section and item of its path, where it has them. */
export function openOf(path: string): string {
  const match = /^sections\.\d+(\.items\.\d+)?/.exec(path)
  return match === null ? '' : match[0]
}

/** Id of the field at a path. */
export const fieldId = (path: string): string => `f-${path.replaceAll('.', '-')}`

/** The field of a fault that is on the page: its own, or the nearest around it. */
export function nearestField(path: string): HTMLElement | null {
  const steps = path.split('.')
  for (let length = steps.length; length > 0; length -= 1) {
    const found = document.getElementById(fieldId(steps.slice(0, length).join('.')))
    if (found) return found
  }
  return null
}
