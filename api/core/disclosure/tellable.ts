/** Rows that are alike in everything that could be told of them: its values from the coarsest to the finest, and how many rows. */
export interface AlikeRows {
  readonly values: readonly string[]
  readonly n: number
}

/**
 * How much may be told of rows that leave one by one, so that each is one of at least `minimum` that look the same: of every
 * group, how many of its values counted from the first; the others are held back. null when there are fewer rows than that in
 * all, and nothing of them may leave.
 *
 * Values are told in one order, so the groups make a tree: a value is told where at least `minimum` rows share it and everything
 * before it. Rows below that are told as far as their common beginning, together; where they would be fewer than `minimum`
 * there, the smallest group beside them is held back with them. So nothing ever comes short of a beginning that `minimum` rows
 * share, and as much is told as the tree allows.
 *
 * Guarantees: rows with equal told values are none or at least `minimum`. Not covered: all of them saying the same; comparing
 * with figures made otherwise, or with the rows of another day.
 *
 * Source: L. Sweeney, Achieving k-anonymity privacy protection using generalization and suppression (2002), with recoding that
 * is local to each group.
 * @param groups each combination of values once, all with as many values
 */
export function tellable(groups: readonly AlikeRows[], minimum: number): (number | null)[] {
  const told: (number | null)[] = groups.map(() => null)
  const all = groups.map((_, at) => at)
  if (count(groups, all) >= minimum) tell(groups, all, 0, minimum, told)
  return told
}

/** Decides about at least `minimum` rows that share their first `depth` values. */
function tell(
  groups: readonly AlikeRows[],
  members: readonly number[],
  depth: number,
  minimum: number,
  told: (number | null)[],
): void {
  const parts = [...Map.groupBy(members, (at) => groups[at]?.values[depth])]
    .flatMap(([value, part]) => (value === undefined ? [] : [{ value, part, n: count(groups, part) }]))
    // of equals always the same one, in whatever order they came
    .toSorted((a, b) => b.n - a.n || (a.value < b.value ? -1 : 1))
  const large = parts.filter(({ n }) => n >= minimum)
  const small = parts.filter(({ n }) => n < minimum)
  const rest = small.reduce((sum, { n }) => sum + n, 0)
  if (rest > 0 && rest < minimum) small.push(...large.splice(-1))
  for (const { part } of small) for (const at of part) told[at] = depth
  for (const { part } of large) tell(groups, part, depth + 1, minimum, told)
  if (parts.length === 0) for (const at of members) told[at] = depth
}

function count(groups: readonly AlikeRows[], members: readonly number[]): number {
  return members.reduce((sum, at) => sum + (groups[at]?.n ?? 0), 0)
}
