/** Length of the upper triangle (with the diagonal) of a symmetric k × k matrix, by rows. */
export function packedLength(k: number): number {
  return (k * (k + 1)) / 2
}

/** Place of entry (a, b) in the upper triangle by rows; the order of a and b does not matter. */
export function packedAt(k: number, a: number, b: number): number {
  const row = Math.min(a, b)
  const column = Math.max(a, b)
  return row * k - (row * (row - 1)) / 2 + column - row
}

/** gᵀ Σ g for a packed Σ over k entries, g being zero except at the `used` ones, which are ascending. */
export function packedForm(
  covariance: ArrayLike<number>,
  k: number,
  used: readonly number[],
  g: ArrayLike<number>,
): number {
  let total = 0
  for (let place = 0; place < used.length; place += 1) {
    const i = used[place]!
    const start = packedAt(k, i, i) - i
    let beside = 0
    for (let later = place + 1; later < used.length; later += 1) {
      const j = used[later]!
      beside += g[j]! * covariance[start + j]!
    }
    total += g[i]! * (g[i]! * covariance[start + i]! + 2 * beside)
  }
  return total
}
