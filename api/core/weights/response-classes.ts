import { CLASS_ANSWERS_MIN } from './classes.ts'
import { byName, joinSmall } from './join-small.ts'

/**
 * Cases of a campaign that are alike in all that weights are made of: stratum, first-stage unit and the classes of the frame
 * that are chosen. Counts of released cases.
 */
export interface CaseCell {
  readonly stratum: string
  /** First-stage unit; empty: one stage. */
  readonly psu: string
  /** By attribute of the frame. */
  readonly attributes: Readonly<Record<string, string>>
  /** Members of the frame for which one case stands, > 0. */
  readonly design: number
  /** Complete answers that count. */
  readonly answers: number
  /** Known to be of the population, without an answer that counts. */
  readonly silent: number
  /** Nothing was heard, so nobody knows whether they are of the population. */
  readonly unknown: number
  /** Not of the population. */
  readonly ineligible: number
}

/** Cells that share the adjustments for eligibility and non-response. */
export interface ResponseClass {
  /** Places of its cells in the list given, ascending. */
  readonly cells: readonly number[]
  readonly answers: number
  /** Attributes across which it was joined, `''` for the stratum; empty where it stands alone. */
  readonly joined: readonly string[]
}

type Named = ResponseClass & { readonly name: string; readonly path: readonly string[] }

/**
 * Classes of non-response: stratum × the attributes chosen, joined while one has fewer than 20 answers that count, so that no
 * adjustment rests on a handful.
 *
 * The order is fixed: across the last attribute chosen, within the same stratum and other attributes; then across the one before
 * it, and so on; last across strata. So the attribute that tells most about who answers is to be named first. At each step the
 * smallest class joins the next smallest beside it. The order of the cells changes nothing.
 * Source: Särndal & Lundström, Estimation in Surveys with Nonresponse (2005) ch. 7; Valliant, Dever & Kreuter, Practical Tools
 * for Designing and Weighting Survey Samples (2nd ed., 2018) ch. 13.
 * @param by attributes chosen, most telling first
 */
export function responseClasses(
  cells: readonly CaseCell[],
  by: readonly string[],
  answersMin = CLASS_ANSWERS_MIN,
): ResponseClass[] {
  const found = new Map<string, Named & { cells: number[]; answers: number }>()
  for (const [at, cell] of cells.entries()) {
    const path = [cell.stratum, ...by.map((attribute) => cell.attributes[attribute] ?? '')]
    const name = JSON.stringify(path)
    const known = found.get(name) ?? { cells: [], answers: 0, joined: [], name, path }
    known.cells.push(at)
    known.answers += cell.answers
    found.set(name, known)
  }
  let classes: Named[] = [...found.values()].sort(byName)
  for (const depth of Array.from({ length: by.length + 1 }, (_, i) => by.length - i)) {
    const across = depth === 0 ? '' : by[depth - 1]!
    const beside = Map.groupBy(classes, ({ path }) => JSON.stringify(path.slice(0, depth)))
    classes = [...beside.values()].flatMap((list) =>
      joinSmall(list, answersMin, (small, next) => ({
        cells: [...small.cells, ...next.cells].sort((a, b) => a - b),
        answers: small.answers + next.answers,
        joined: [...new Set([...small.joined, ...next.joined, across])],
        name: small.name < next.name ? small.name : next.name,
        path: small.path.slice(0, depth),
      })),
    )
  }
  return classes.map(({ cells: own, answers, joined }) => ({ cells: own, answers, joined }))
}
