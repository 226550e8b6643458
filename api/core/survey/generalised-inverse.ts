import { EigenvalueDecomposition, Matrix } from 'ml-matrix'

/**
 * Moore–Penrose inverse of a symmetric, positive semi-definite matrix: margins repeat each other's total, so the matrix of
 * their auxiliaries is usually singular. Directions with less than 1e-11 of the largest eigenvalue, after scaling to a unit
 * diagonal, are left out.
 */
export function generalisedInverse(matrix: readonly Float64Array[]): Float64Array[] {
  const n = matrix.length
  const diagonal = matrix.every((line, i) => line.every((entry, j) => i === j || entry === 0))
  if (diagonal) return matrix.map((line, i) => line.map((entry, j) => (i === j && entry > 0 ? 1 / entry : 0)))
  // Totals of people and of money differ by many powers of ten.
  const scale = matrix.map((line, i) => (line[i]! > 0 ? 1 / Math.sqrt(line[i]!) : 0))
  const scaled = new Matrix(matrix.map((line, i) => Array.from(line, (entry, j) => entry * scale[i]! * scale[j]!)))
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(scaled, { assumeSymmetric: true })
  const largest = Math.max(...realEigenvalues)
  const inverse = Array.from({ length: n }, () => new Float64Array(n))
  for (const [k, eigenvalue] of realEigenvalues.entries()) {
    if (!(eigenvalue > largest * 1e-11)) continue
    for (let i = 0; i < n; i += 1) {
      const left = (eigenvectorMatrix.get(i, k) * scale[i]!) / eigenvalue
      for (let j = 0; j < n; j += 1) inverse[i]![j]! += left * eigenvectorMatrix.get(j, k) * scale[j]!
    }
  }
  return inverse
}
