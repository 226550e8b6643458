import type { LocalText } from '../instrument/definition.ts'
import type { Questionnaire } from './definition.ts'
import type { QuestionnaireFault } from './faults.ts'
import { placeholdersOf } from './pipe.ts'

/** Faults of texts: names in braces that nothing stands for. That a text is missing, its shape tells. */
export function textFaults(questionnaire: Questionnaire): QuestionnaireFault[] {
  const repeated = new Set(
    questionnaire.sections.flatMap(({ repeat }, s) => (repeat === undefined ? [] : [`sections.${s}.`])),
  )
  return localTexts(questionnaire).flatMap(({ path, text }): QuestionnaireFault[] => {
    const found = new Map((['vi', 'en'] as const).map((language) => [language, placeholdersOf(text[language])]))
    const inRepeat = [...repeated].some((prefix) => path.startsWith(prefix))
    const faults: QuestionnaireFault[] = []
    for (const [language, names] of found) {
      const at = `${path}.${language}`
      for (const name of names) {
        if (name !== 'unit') faults.push({ path: at, code: 'unknown_placeholder', subject: name })
        else if (!inRepeat) faults.push({ path: at, code: 'unit_outside_repeat' })
      }
    }
    const [vi, en] = [...found.values()]
    return vi?.join() === en?.join() ? faults : [...faults, { path, code: 'placeholder_differs' }]
  })
}

/** Every text of a questionnaire that is in two languages, with its path. */
export function localTexts(value: unknown, path = ''): { readonly path: string; readonly text: LocalText }[] {
  if (typeof value !== 'object' || value === null) return []
  if ('vi' in value && 'en' in value) return [{ path, text: value as LocalText }]
  return Object.entries(value).flatMap(([key, part]) => localTexts(part, path === '' ? key : `${path}.${key}`))
}
