/** Points and weights of a quadrature: ∫ f ≈ Σ weight · f(point). */
export interface Quadrature {
  readonly points: readonly number[]
  readonly weights: readonly number[]
}

/**
 * Gauss–Legendre quadrature with n points over [from, to]: exact for polynomials up to degree 2n − 1.
 * Roots of the Legendre polynomial by Newton's method from their asymptotic positions (Abramowitz & Stegun 25.4.30).
 * @throws RangeError unless n is whole and ≥ 1
 */
export function gaussLegendre(n: number, from: number, to: number): Quadrature {
  if (!Number.isSafeInteger(n) || n < 1) throw new RangeError('gaussLegendre requires a whole n ≥ 1')
  const [middle, half] = [(from + to) / 2, (to - from) / 2]
  const points: number[] = []
  const weights: number[] = []
  for (let i = n; i >= 1; i -= 1) {
    let x = Math.cos((Math.PI * (i - 0.25)) / (n + 0.5))
    let slope = 1
    for (let step = 0; step < 100; step += 1) {
      let [value, before] = [1, 0]
      for (let k = 1; k <= n; k += 1) [value, before] = [((2 * k - 1) * x * value - (k - 1) * before) / k, value]
      slope = (n * (x * value - before)) / (x * x - 1)
      const move = value / slope
      x -= move
      if (Math.abs(move) < 1e-15) break
    }
    points.push(middle + half * x)
    weights.push((2 * half) / ((1 - x * x) * slope * slope))
  }
  return { points, weights }
}
