/**
 * Sum with Neumaier's compensation, so that the order and the size of the terms hardly matter. The only compensated
 * summation of the code base. An empty list gives 0.
 *
 * Source: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54 (1974).
 */
export function sum(values: Iterable<number>): number {
  let total = 0
  let lost = 0
  for (const value of values) {
    const next = total + value
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total
    total = next
  }
  // With an infinite term the compensation is NaN while the plain total is still right.
  return Number.isFinite(total) ? total + lost : total
}
