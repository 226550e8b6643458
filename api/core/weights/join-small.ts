/**
 * Joins the smallest class of a list to the next smallest until none has fewer answers than the minimum, or one is left. Ties
 * go by name, so the order of the list changes nothing.
 * @param join makes one of two: the smaller first
 * @returns by name
 */
export function joinSmall<T extends { readonly answers: number; readonly name: string }>(
  list: readonly T[],
  answersMin: number,
  join: (small: T, next: T) => T,
): T[] {
  const left = [...list]
  while (left.length > 1) {
    left.sort((a, b) => a.answers - b.answers || byName(a, b))
    const [small, next] = left as [T, T]
    if (small.answers >= answersMin) break
    left.splice(0, 2, join(small, next))
  }
  return left.sort(byName)
}

/** Orders by name. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : Number(a.name > b.name)
}
