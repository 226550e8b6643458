import type { LocalText } from '../instrument/definition.ts'
import type { ItemLineage, Questionnaire, SurveyItem } from './definition.ts'
import type { QuestionnaireFault } from './faults.ts'
import { draftFaults } from './validate.ts'

/** Names one version of a questionnaire. */
export interface QuestionnaireKey {
  readonly code: string
  readonly version: number
}
/** The most earlier questions that one names; of more, the latest are kept. */
const LINEAGE_MAX = 20

/**
 * A questionnaire under another name, to be changed. Every question names the one it was copied from as comparable, so a series
 * goes on when its wording or code changes; whoever changes what it means says that it is not.
 */
export function copyQuestionnaire(source: Questionnaire, key: QuestionnaireKey, title?: LocalText): Questionnaire {
  const { code, version } = source
  const linked = <T extends { code: string; lineage?: readonly ItemLineage[] }>(one: T): T => {
    const earlier = (one.lineage ?? []).filter((known) => known.code !== key.code || known.version < key.version)
    return { ...one, lineage: [{ code, version, item: one.code, comparable: true }, ...earlier].slice(0, LINEAGE_MAX) }
  }
  const copied = (item: SurveyItem): SurveyItem =>
    item.type === 'matrix' ? { ...item, rows: item.rows.map(linked) } : linked(item)
  const sections = source.sections.map((section) => ({ ...section, items: section.items.map(copied) }))
  return { ...source, ...key, title: title ?? source.title, sections }
}

/** An empty questionnaire to begin with: it lacks everything but its name. */
export function emptyQuestionnaire(
  key: QuestionnaireKey,
  { title, population }: Pick<Questionnaire, 'title' | 'population'>,
): Questionnaire {
  const notice = { version: '1', text: { vi: '', en: '' } }
  return { ...key, kind: 'survey', title, languages: ['vi', 'en'], notice, population, sections: [] }
}

/** Faults that keep a value from being stored as a draft under a name: those of `draftFaults`, and `other_name`. */
export function ownDraftFaults(value: unknown, key: QuestionnaireKey): QuestionnaireFault[] {
  const faults = draftFaults(value)
  if (faults.length > 0) return faults
  const named = value as QuestionnaireKey
  return (['code', 'version'] as const)
    .filter((part) => named[part] !== key[part])
    .map((path) => ({ path, code: 'other_name' }))
}
