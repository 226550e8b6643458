import type { LocalText } from '../instrument/definition.ts'
import type { IndexDefinition } from './definition.ts'
import { type DefinitionFault, validateDefinition } from './validate.ts'
import type { ItemSource } from './validate-sources.ts'

/** draft: can be changed · published: never changes again · retired: kept for what was computed with it, and computed with no more. */
export type EditionState = 'draft' | 'published' | 'retired'
export type EditionAction = 'change' | 'publish' | 'retire' | 'discard'

/** What an action makes of an edition; `gone` removes it, which only a draft can be. */
const NEXT: Readonly<Record<EditionState, Partial<Record<EditionAction, EditionState | 'gone'>>>> = {
  draft: { change: 'draft', publish: 'published', discard: 'gone' },
  published: { retire: 'retired' },
  retired: {},
}

/** The state an action leads to, or null when the edition's state does not allow it. */
export function nextEditionState(state: EditionState, action: EditionAction): EditionState | 'gone' | null {
  return NEXT[state][action] ?? null
}

/** Names one edition: `id` of its definition, and which version of it. */
export interface EditionKey {
  readonly id: string
  readonly edition: string
}

/** The key of a definition; a version that is written as a number is its text. */
export function editionKey({ id, edition }: Pick<IndexDefinition, 'id' | 'edition'>): EditionKey {
  return { id, edition: String(edition) }
}

/** What a copy is called that was given no name: an official index's name on figures of our own would mislead. */
const OWN = { vi: 'bản của tỉnh (ước lượng nội bộ)', en: 'the province’s own version (internal estimate)' }

const OFFICIAL = /\b(PAPI|PCI|SIPAS|PAR Index)\b/i
const INTERNAL = { vi: /ước lượng nội bộ/i, en: /internal estimate/i }

/** A definition under another name. The copy is the province's own, whatever the original was, and its name says so. */
export function copyDefinition(source: IndexDefinition, key: EditionKey, label?: LocalText): IndexDefinition {
  return { ...source, ...key, official: false, label: label ?? ownLabel(source) }
}

function ownLabel({ official, label }: Pick<IndexDefinition, 'official' | 'label'>): LocalText {
  return official ? { vi: `${label.vi} – ${OWN.vi}`, en: `${label.en} – ${OWN.en}` } : label
}

/**
 * Faults of a definition that a province wants to store under a name: those of `validateDefinition`, and `other_name` (the
 * definition bears another name than the one it is stored under), `official_reserved` (only shipped editions are official) and
 * `official_name` (a label that names an official index must say in the same breath that this is an internal estimate).
 */
export function ownEditionFaults(value: unknown, key: EditionKey, sources: readonly ItemSource[]): DefinitionFault[] {
  const faults = validateDefinition(value, sources)
  if (faults.length > 0) return faults
  const definition = value as IndexDefinition
  const named = editionKey(definition)
  return [
    ...(['id', 'edition'] as const)
      .filter((part) => named[part] !== key[part])
      .map((path) => ({ path, code: 'other_name' })),
    ...(definition.official ? [{ path: 'official', code: 'official_reserved' }] : []),
    ...(['vi', 'en'] as const)
      .filter(
        (language) => OFFICIAL.test(definition.label[language]) && !INTERNAL[language].test(definition.label[language]),
      )
      .map((language) => ({ path: `label.${language}`, code: 'official_name' })),
  ]
}
