import { rakeWeights } from '../survey/rake.ts'

/** Known totals of one way of splitting the population. */
export interface CellMargin {
  readonly name: string
  /** Level of each cell, from 0. */
  readonly levels: ArrayLike<number>
  readonly totals: readonly number[]
}

/**
 * Weights of single answers that fit all margins, by raking the totals of cells instead of rows: all answers of a cell have
 * the same weight, so the result is the same and a province takes thousands of steps instead of a million.
 * @param answers answers in each cell, > 0
 * @param base weight of one answer before raking, by cell; default 1
 * @param cap no weight above cap × mean: what is cut goes to the others (anesrake: 5)
 * @returns weight of one answer, by cell
 * @throws OptionsError `no_convergence` with the margin that is farthest off
 * Source: Deming & Stephan (1940); DeBell & Krosnick (2009) for the cap.
 */
export function rakeCells(
  answers: ArrayLike<number>,
  margins: readonly CellMargin[],
  options: { readonly base?: ArrayLike<number>; readonly cap?: number } = {},
): Float64Array {
  const size = answers.length
  const width = margins.length
  const index = new Int32Array(size * width)
  const spans: { first: number; levels: number }[] = []
  let first = 0
  for (const [at, { levels, totals }] of margins.entries()) {
    for (let cell = 0; cell < size; cell += 1) index[cell * width + at] = first + levels[cell]!
    spans.push({ first, levels: totals.length })
    first += totals.length
  }
  const members = Float64Array.from(answers)
  const whole = rakeWeights(
    members.map((n, cell) => n * (options.base?.[cell] ?? 1)),
    {
      width,
      columns: first,
      index,
      value: new Float64Array(index.length).fill(1),
      totals: Float64Array.from(margins.flatMap(({ totals }) => totals)),
      names: margins.flatMap(({ name, totals }) => totals.map((_, level) => `${name}.${level}`)),
      margins: spans,
    },
    options.cap,
    members,
  )
  return whole.map((total, cell) => total / members[cell]!)
}
