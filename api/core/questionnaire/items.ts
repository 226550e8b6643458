import type { Questionnaire, SurveyItem } from './definition.ts'

/** An item that is answered under its own code; a row of a matrix is a single choice among the options of the matrix. */
export type AskedItem = Exclude<SurveyItem, { type: 'matrix' }>

/** All items of a questionnaire that are answered, in order, the rows of a matrix in its place. */
export function surveyItems({ sections }: Questionnaire): AskedItem[] {
  return sections.flatMap(({ items }) => items.flatMap(askedItems))
}

function askedItems(item: SurveyItem): AskedItem[] {
  if (item.type !== 'matrix') return [item]
  const { rows, ...shared } = item
  return rows.map((row) => ({ ...shared, ...row, type: 'single' }))
}
