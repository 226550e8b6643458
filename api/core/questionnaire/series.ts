import type { ItemLineage, Questionnaire } from './definition.ts'

/** The code under which a questionnaire asks a question of its own or of one that its questions go back to; null where it does not. */
export type ItemFinder = (instrument: string, item: string) => string | null

/**
 * Finds the questions of a questionnaire by the names that indicators know them by: its own codes, then those of earlier questions that
 * its questions say they are comparable with. Lineage stands latest first: behind a question that is not comparable the series has
 * ended. Where two questions go back to one, the first of them carries it on.
 */
export function itemFinder({ code, sections }: Pick<Questionnaire, 'code' | 'sections'>): ItemFinder {
  const questions = sections.flatMap(({ items }) =>
    items.flatMap((item): readonly { code: string; lineage?: readonly ItemLineage[] }[] =>
      item.type === 'matrix' ? item.rows : [item],
    ),
  )
  const known = new Map<string, string>(questions.map((question) => [nameOf(code, question.code), question.code]))
  for (const question of questions)
    for (const earlier of question.lineage ?? []) {
      if (!earlier.comparable) break
      const name = nameOf(earlier.code, earlier.item)
      if (!known.has(name)) known.set(name, question.code)
    }
  return (instrument, item) => known.get(nameOf(instrument, item)) ?? null
}

const nameOf = (instrument: string, item: string) => `${instrument}/${item}`
