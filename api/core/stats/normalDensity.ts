/** φ(z), density of the standard normal distribution (R `dnorm`). */
export function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
}
