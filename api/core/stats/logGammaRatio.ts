/**
 * ln Γ(x + ½) − ln Γ(x) for x > 0, to about 1e-15: the constant of Student's t without the cancellation of two large
 * log-gammas. Source: asymptotic series of the gamma ratio (Tricomi & Erdélyi 1951), after shifting x above 20 by Γ(x+1) = xΓ(x).
 * @throws RangeError when x is not positive
 */
export function logGammaRatio(x: number): number {
  if (!(x > 0)) throw new RangeError('logGammaRatio requires x > 0')
  let shift = 0
  let y = x
  for (; y < 20; y += 1) shift += Math.log(y / (y + 0.5))
  const u = 1 / (y * y)
  const series = (-1 / 8 + u * (1 / 192 + u * (-1 / 640 + u * (17 / 14336 - (u * 31) / 18432)))) / y
  return 0.5 * Math.log(y) + series + shift
}
