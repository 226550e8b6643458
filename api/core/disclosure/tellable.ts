/** Rows of which the same is told. */
export interface ToldRows {
  /** How many of their values are told, counted from the first; the others are held back. */
  readonly told: number
  readonly rows: readonly number[]
}

/** The value of a row as a whole number; of parts as large as one another, that with the highest number is held back. */
export type ValueOf = (row: number) => number

/**
 * How much may be told of rows that leave one by one, so that each is one of at least `minimum` that look the same. No row when
 * there are fewer than that in all: then nothing of them may leave.
 *
 * Values are told in one order, so the rows make a tree: a value is told where at least `minimum` rows share it and everything
 * before it. Rows below that are told as far as their common beginning, together; where they would be fewer than `minimum`
 * there, the smallest part beside them is held back with them. So nothing ever comes short of a beginning that `minimum` rows
 * share, and as much is told as the tree allows.
 *
 * Guarantees: rows with equal told values are none or at least `minimum`. Not covered: all of them saying the same; comparing
 * with figures made otherwise, or with the rows of another day.
 *
 * Source: L. Sweeney, Achieving k-anonymity privacy protection using generalization and suppression (2002), with recoding that
 * is local to each part.
 * @param rows numbers of rows, each once
 * @param values from the coarsest to the finest
 * @returns every row once, or none
 */
export function tellable(rows: readonly number[], values: readonly ValueOf[], minimum: number): readonly ToldRows[] {
  return rows.length < minimum ? [] : [...tell(rows, values, 0, minimum)]
}

/** Decides about at least `minimum` rows that share their first `depth` values. */
function* tell(
  rows: readonly number[],
  values: readonly ValueOf[],
  depth: number,
  minimum: number,
): Generator<ToldRows> {
  const valueOf = values[depth]
  if (valueOf === undefined) {
    yield { told: depth, rows }
    return
  }
  const parts = [...Map.groupBy(rows, valueOf)]
    .map(([value, sharing]) => ({ value, sharing, n: sharing.length }))
    // of equals always the same one, in whatever order they came
    .toSorted((a, b) => b.n - a.n || a.value - b.value)
  const large = parts.filter(({ n }) => n >= minimum)
  const small = parts.filter(({ n }) => n < minimum)
  const rest = small.reduce((sum, { n }) => sum + n, 0)
  if (rest > 0 && rest < minimum) small.push(...large.splice(-1))
  if (small.length > 0) yield { told: depth, rows: small.flatMap(({ sharing }) => sharing) }
  for (const { sharing } of large) yield* tell(sharing, values, depth + 1, minimum)
}
