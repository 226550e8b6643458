/**
 * Where an increasing function passes from below zero to above it between two ends, to the last digit.
 * `low` is returned when it is not below zero there, `high` when it never gets above.
 */
export function risingRoot(f: (x: number) => number, low: number, high: number): number {
  let [below, above] = [low, high]
  if (f(below) >= 0) return below
  if (f(above) <= 0) return above
  for (let step = 0; step < 200; step += 1) {
    const middle = (below + above) / 2
    if (middle === below || middle === above) break
    if (f(middle) < 0) below = middle
    else above = middle
  }
  return (below + above) / 2
}
