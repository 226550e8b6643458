import { polynomial } from './polynomial.ts'

/**
 * Standard normal quantile, accurate to about 1e-16 relative. p = 0 and p = 1 give −∞ and +∞.
 *
 * Source: M. J. Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988).
 * @throws RangeError when p is outside [0, 1]
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError('normalQuantile requires 0 ≤ p ≤ 1')
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q
    return (q * polynomial(CENTRE_TOP, r)) / polynomial(CENTRE_BOTTOM, r)
  }
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p))
  const z =
    r <= 5
      ? polynomial(MIDDLE_TOP, r - 1.6) / polynomial(MIDDLE_BOTTOM, r - 1.6)
      : polynomial(FAR_TOP, r - 5) / polynomial(FAR_BOTTOM, r - 5)
  return q < 0 ? -z : z
}

const CENTRE_TOP = [
  2509.0809287301227, 33430.575583588128, 67265.770927008701, 45921.953931549871, 13731.693765509461,
  1971.5909503065514, 133.14166789178438, 3.3871328727963666,
]
const CENTRE_BOTTOM = [
  5226.4952788528546, 28729.085735721943, 39307.895800092711, 21213.794301586596, 5394.1960214247511,
  687.18700749205791, 42.313330701600911, 1,
]
const MIDDLE_TOP = [
  7.7454501427834141e-4, 0.022723844989269185, 0.24178072517745061, 1.2704582524523684, 3.6478483247632046,
  5.7694972214606914, 4.6303378461565453, 1.4234371107496836,
]
const MIDDLE_BOTTOM = [
  1.0507500716444168e-9, 5.4759380849953449e-4, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.0531916266377588, 1,
]
const FAR_TOP = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576123, 0.29656057182850489,
  1.7848265399172913, 5.4637849111641144, 6.6579046435011038,
]
const FAR_BOTTOM = [
  2.0442631033899398e-15, 1.4215117583164459e-7, 1.8463183175100547e-5, 7.8686913114561326e-4, 0.014875361290850615,
  0.13692988092273581, 0.59983220655588794, 1,
]
