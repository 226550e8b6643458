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

/** A definition under another name. The copy is the province's own, whatever the original was. */
export function copyDefinition(source: IndexDefinition, key: EditionKey, label?: LocalText): IndexDefinition {
  return { ...source, ...key, official: false, label: label ?? source.label }
}

/**
 * Faults of a definition that a province wants to store under a name: those of `validateDefinition`, and `other_name` (the
 * definition bears another name than the one it is stored under) and `official_reserved` (only shipped editions are official).
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
  ]
}
