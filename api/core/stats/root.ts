/**
 * Where a function changes sign between two ends, to within a tolerance: Brent's method (1973, zeroin), whose choice of
 * points is part of the result when the function is stepped. Null when both ends have the same sign.
 */
export function root(f: (x: number) => number, from: number, to: number, tolerance: number): number | null {
  let a = from
  let b = to
  let fa = f(a)
  let fb = f(b)
  if (fa === 0) return a
  if (fb === 0) return b
  if (!(fa * fb < 0)) return null
  let c = a
  let fc = fa
  for (let step = 0; step < 1000; step += 1) {
    const previous = b - a
    if (Math.abs(fc) < Math.abs(fb)) {
      ;[a, b, c] = [b, c, b]
      ;[fa, fb, fc] = [fb, fc, fb]
    }
    const within = 2 * Number.EPSILON * Math.abs(b) + tolerance / 2
    let move = (c - b) / 2
    if (Math.abs(move) <= within || fb === 0) return b
    if (Math.abs(previous) >= within && Math.abs(fa) > Math.abs(fb)) {
      const { p, q } = interpolation({ a, b, c, fa, fb, fc })
      if (p < 0.75 * (c - b) * q - Math.abs(within * q) / 2 && p < Math.abs((previous * q) / 2)) move = p / q
    }
    if (Math.abs(move) < within) move = move > 0 ? within : -within
    a = b
    fa = fb
    b += move
    fb = f(b)
    if ((fb > 0 && fc > 0) || (fb < 0 && fc < 0)) {
      c = a
      fc = fa
    }
  }
  return b
}

/** Step p / q of linear or inverse quadratic interpolation, with p ≥ 0. */
function interpolation({ a, b, c, fa, fb, fc }: Record<'a' | 'b' | 'c' | 'fa' | 'fb' | 'fc', number>) {
  const distance = c - b
  const s = fb / fa
  let p: number
  let q: number
  if (a === c) {
    p = distance * s
    q = 1 - s
  } else {
    const r = fa / fc
    const u = fb / fc
    p = s * (distance * r * (r - u) - (b - a) * (u - 1))
    q = (r - 1) * (u - 1) * (s - 1)
  }
  return p > 0 ? { p, q: -q } : { p: -p, q }
}
