import { Matrix, solve } from 'ml-matrix'
import { gaussLegendre } from '../gauss-legendre.ts'
import { normalCdf } from '../normalCdf.ts'
import { normalDensity } from '../normalDensity.ts'

/** Beyond this length double precision ends: the equations become singular. */
export const runLengthMax = 1e12

/** Rather more points than the width of the kernel needs, so that the integral is exact to many digits. */
const pointsFor = (length: number, kernelWidth: number) =>
  Math.min(400, Math.max(40, Math.ceil((4 * length) / kernelWidth)))

/** Length of the runs that start at each state; Fredholm's equation of the second kind on the points of a quadrature. */
interface RunLengths {
  readonly points: readonly number[]
  /** Expected length from each point. */
  readonly atPoints: readonly number[]
  /** Expected length from any state. */
  readonly from: (state: number) => number
}

/**
 * @param density of the next state, given the present one
 * @param held chance that the next state is held at the lower end
 */
function solveRunLengths(
  lower: number,
  upper: number,
  kernelWidth: number,
  density: (next: number, state: number) => number,
  held: (state: number) => number,
): RunLengths {
  const { points, weights } = gaussLegendre(pointsFor(upper - lower, kernelWidth), lower, upper)
  // The lower end is a state of its own, at index 0.
  const states = [lower, ...points]
  const matrix = new Matrix(
    states.map((state, i) =>
      states.map((next, j) => {
        const passes = j === 0 ? held(state) : weights[j - 1]! * density(next, state)
        return (i === j ? 1 : 0) - passes
      }),
    ),
  )
  const lengths = solve(matrix, Matrix.columnVector(states.map(() => 1))).getColumn(0)
  const from = (state: number) =>
    1 +
    held(state) * lengths[0]! +
    points.reduce((total, next, j) => total + weights[j]! * density(next, state) * lengths[j + 1]!, 0)
  return { points, atPoints: lengths.slice(1), from }
}

/** Plain chart with limits at ± `limit` standard errors, or an upper one only. */
export function shewhartRunLength(limit: number, shift: number, sided: 'one' | 'two'): number {
  return 1 / (normalCdf(shift - limit) + (sided === 'two' ? normalCdf(-limit - shift) : 0))
}

/** What an EWMA chart does: weight λ, limits at ± `limit` of its own standard deviation in the long run. */
export interface EwmaRule {
  readonly lambda: number
  readonly limit: number
  /** Where it starts, in the same unit. */
  readonly headStart: number
  /** One: upper limit only, held at the centre from below. */
  readonly sided: 'one' | 'two'
}

/**
 * Average number of points until an EWMA chart of standard normal points, shifted by `shift`, passes its fixed limits.
 * Source: Crowder, Technometrics 29 (1987); R spc `xewma.arl` (limits "fix"; one-sided with reflection at 0).
 */
export function ewmaRunLength({ lambda, limit, headStart, sided }: EwmaRule, shift: number): number {
  const unit = Math.sqrt(lambda / (2 - lambda))
  return ewmaLengths(lambda, limit * unit, shift, sided).from(headStart * unit)
}

function ewmaLengths(lambda: number, upper: number, shift: number, sided: 'one' | 'two'): RunLengths {
  const innovation = (next: number, state: number) => (next - (1 - lambda) * state) / lambda - shift
  return solveRunLengths(
    sided === 'two' ? -upper : 0,
    upper,
    lambda,
    (next, state) => normalDensity(innovation(next, state)) / lambda,
    (state) => (sided === 'two' ? 0 : normalCdf(innovation(0, state))),
  )
}

/**
 * The same for a two-sided chart whose limits widen with the standard error of the average, as charts are drawn
 * (R spc `xewma.arl`, limits "vacl"): the density is followed point by point until the limits stand still.
 */
export function wideningEwmaRunLength({ lambda, limit, headStart }: EwmaRule, shift: number): number {
  const unit = Math.sqrt(lambda / (2 - lambda))
  const limitAt = (t: number) => limit * unit * Math.sqrt(1 - (1 - lambda) ** (2 * t))
  const steps = lambda === 1 ? 1 : Math.ceil(-13 / (Math.log1p(-lambda) / Math.LN10) / 2)
  const density = (next: number, state: number) =>
    normalDensity((next - (1 - lambda) * state) / lambda - shift) / lambda
  let states = [headStart * unit]
  let mass = [1]
  let length = 1
  for (let t = 1; t <= steps; t += 1) {
    const count = pointsFor(2 * limitAt(t), lambda)
    const { points, weights } = gaussLegendre(count, -limitAt(t), limitAt(t))
    const next = points.map(
      (point, j) => weights[j]! * states.reduce((total, state, i) => total + mass[i]! * density(point, state), 0),
    )
    ;[states, mass] = [[...points], next]
    if (t < steps) length += mass.reduce((total, part) => total + part, 0)
  }
  const { from } = ewmaLengths(lambda, limit * unit, shift, 'two')
  return length + states.reduce((total, state, i) => total + mass[i]! * from(state), 0)
}

/** What a CUSUM chart does: reference value k, decision interval h, both in standard errors. */
export interface CusumRule {
  readonly k: number
  readonly limit: number
  readonly headStart: number
  readonly sided: 'one' | 'two'
}

/**
 * Average number of points until a CUSUM chart of standard normal points, shifted by `shift`, passes its decision interval.
 * Two-sided: from the two one-sided ones (Kemp 1961; Lucas & Crosier 1982), which never both stand above zero.
 * Source: Goel & Wu, Technometrics 13 (1971); R spc `xcusum.arl`.
 */
export function cusumRunLength({ k, limit, headStart, sided }: CusumRule, shift: number): number {
  const lengths = (drift: number) =>
    solveRunLengths(
      0,
      limit,
      1,
      (next, state) => normalDensity(next - state + k - drift),
      (state) => normalCdf(k - state - drift),
    ).from
  const upper = lengths(shift)
  if (sided === 'one') return upper(headStart)
  const lower = lengths(-shift)
  const [up, down] = [upper(0), lower(0)]
  return (upper(headStart) * down + lower(headStart) * up - up * down) / (up + down)
}
