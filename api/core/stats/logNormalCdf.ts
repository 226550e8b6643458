import { normalCdf } from './normalCdf.ts'

/** log Φ(z), also where Φ itself is too small for a double (R `pnorm(log.p = TRUE)`). Source: A&S 26.2.12 below −30. */
export function logNormalCdf(z: number): number {
  if (z > -30) return Math.log(normalCdf(z))
  const u = 1 / (z * z)
  return (
    -(z * z) / 2 - Math.log(-z) - Math.log(2 * Math.PI) / 2 + Math.log1p(-u * (1 - 3 * u * (1 - 5 * u * (1 - 7 * u))))
  )
}
