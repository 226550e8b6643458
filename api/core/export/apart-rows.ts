import type { DataCell, Stretch } from './columns.ts'

/** A row of sensitive items: whose it is, as long as rows are made, and the unit it is about. */
export interface ApartRow {
  readonly of: number
  readonly unit: string | null
  /** Form of list experiments. */
  readonly form: string | null
  /** What was said to each question, in the order of the file. */
  readonly said: readonly Stretch[]
}

/**
 * What of rows that leave alone may leave, so that none can be put beside a row of another file.
 *
 * Which questions somebody was asked can be read from other files where their conditions read nothing sensitive. So rows are alike
 * that are about the same and were asked the same of those questions, and a row that fewer than `minimum` are like is left out:
 * nobody can tell a unit's only rating, or the only one who was not asked. A question that fewer than `minimum` answered, or that
 * some but fewer than `minimum` were not asked, is withheld wholly before that, because it would tell them apart.
 * Each such step takes something away, so they are repeated until all holds together. Forms are told last, where no group of alike rows
 * becomes too small by them.
 * @param rows those of one respondent together
 * @param isOpen by question: whether it was asked can be read from other files
 * @returns the rows that leave, by question whether it is withheld, and whether their forms may be told
 */
export function tellableRows(
  rows: readonly ApartRow[],
  isOpen: readonly boolean[],
  minimum: number,
): { rows: readonly ApartRow[]; withheld: readonly boolean[]; hasForms: boolean } {
  const withheld = isOpen.map(() => false)
  for (let left = rows; ;) {
    for (const [place, { answered, notAsked }] of countsOf(left, isOpen.length).entries())
      withheld[place] ||= answered < minimum || (notAsked > 0 && notAsked < minimum)
    const likeness = ({ unit, said }: ApartRow) =>
      JSON.stringify([unit, said.map((one, at) => isOpen[at] === true && !withheld[at] && isMissing(one.cells[0], 'not_asked'))]) // prettier-ignore
    const kept = [...Map.groupBy(left, likeness).values()].filter((group) => group.length >= minimum).flat()
    if (kept.length === left.length) {
      const byForm = Map.groupBy(kept, (row) => JSON.stringify([row.form, likeness(row)]))
      return { rows: kept, withheld, hasForms: [...byForm.values()].every((group) => group.length >= minimum) }
    }
    left = kept.toSorted((a, b) => a.of - b.of)
  }
}

/** By question: respondents that answered it, and that were not asked it. */
function countsOf(rows: readonly ApartRow[], questions: number) {
  const counts = Array.from({ length: questions }, () => ({ answered: 0, notAsked: 0 }))
  const last = Array.from({ length: questions }, () => ({ answered: -1, notAsked: -1 }))
  const count = (place: number, what: 'answered' | 'notAsked', of: number) => {
    if (last[place]![what] === of) return
    last[place]![what] = of
    counts[place]![what] += 1
  }
  for (const { of, said } of rows)
    for (const [place, { cells }] of said.entries()) {
      if (isMissing(cells[0], 'not_asked')) count(place, 'notAsked', of)
      else if (cells.some((cell) => !isMissing(cell))) count(place, 'answered', of)
    }
  return counts
}

function isMissing(cell: DataCell | undefined, why?: 'not_asked'): boolean {
  return typeof cell === 'object' && cell !== null && (why === undefined || cell.missing === why)
}
