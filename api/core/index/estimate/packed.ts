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

/** aᵀ Σ b for a packed Σ. Columns where both vectors are zero cost nothing. */
export function packedForm(covariance: ArrayLike<number>, a: ArrayLike<number>, b: ArrayLike<number> = a): number {
  const k = a.length
  const used: number[] = []
  for (let i = 0; i < k; i += 1) if (a[i] !== 0 || b[i] !== 0) used.push(i)
  let total = 0
  for (const [place, i] of used.entries()) {
    const start = i * k - (i * (i - 1)) / 2 - i
    total += a[i]! * b[i]! * covariance[start + i]!
    for (let later = place + 1; later < used.length; later += 1) {
      const j = used[later]!
      total += (a[i]! * b[j]! + a[j]! * b[i]!) * covariance[start + j]!
    }
  }
  return total
}
