import type { Answers } from '../estimate/answers.ts'
import { inOrder, linearise, rowsOf, type Linearised } from '../estimate/linearise.ts'

/** What is estimated together: units by their places (null: all), and columns that count whichever of them an answer judges. */
export interface EstimateScope {
  readonly members: readonly number[] | null
  readonly widened: Uint8Array | undefined
}

/**
 * Estimates of every scope from the answers of a period. Units alone, of which there are hundreds, find their answers in
 * lists made once; totals look through all.
 * @param units number of units
 */
export function scopeEstimates(answers: Answers, scopes: readonly EstimateScope[], units: number): Linearised[] {
  const rowsByUnit = rowLists(answers, units)
  const inScope = new Uint8Array(units)
  return scopes.map(({ members, widened }) => {
    inScope.fill(members === null ? 1 : 0)
    for (const member of members ?? []) inScope[member] = 1
    const [only] = members ?? []
    const rows =
      members?.length === 1 && only !== undefined
        ? inOrder(answers, rowsByUnit[only]!, () => 0)
        : rowsOf(answers, inScope)
    return linearise(answers, rows, inScope, widened)
  })
}

function rowLists({ count, responsible, receiving }: Answers, units: number): number[][] {
  const lists: number[][] = Array.from({ length: units }, () => [])
  for (let row = 0; row < count; row += 1) {
    lists[responsible[row]!]!.push(row)
    if (receiving[row] !== responsible[row]) lists[receiving[row]!]!.push(row)
  }
  return lists
}
