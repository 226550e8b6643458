import type { EditionKey, EditionRow } from './types.ts'

/** What a unit's page opens with: the index that every one-stop shop's answers can be counted for. */
const FIRST = 'papi-like-ratings'

/** Editions that scores can be asked of: a draft has none. */
export const withScores = (editions: readonly EditionRow[]): EditionRow[] =>
  editions.filter(({ state }) => state !== 'draft')

/** The edition an address asks for when it is there, else the usual one, else the first; null without any. */
export function chooseEdition(
  editions: readonly EditionRow[],
  id: string | undefined,
  edition: string | undefined,
): EditionRow | null {
  const usable = withScores(editions)
  const asked = usable.filter((one) => one.id === id)
  return (
    asked.find((one) => one.edition === edition) ??
    asked[0] ??
    usable.find((one) => one.id === FIRST) ??
    usable[0] ??
    null
  )
}

export type EditionGroup = 'own' | 'near' | 'official'

/** Whose an edition is: the province's own, our approximation, or the structure of a published index. */
export const groupOf = ({ state, official }: Pick<EditionRow, 'state' | 'official'>): EditionGroup =>
  state !== 'shipped' ? 'own' : official ? 'official' : 'near'

export const EDITION_GROUPS: readonly EditionGroup[] = ['own', 'near', 'official']

export const sameEdition = (a: EditionKey, b: EditionKey): boolean => a.id === b.id && a.edition === b.edition
