/** One point of a control chart with the limits that hold for it. */
export interface ChartPoint {
  readonly value: number
  readonly center: number
  readonly lcl: number
  readonly ucl: number
}

/** Where a chart says that something has changed; positions from 0. */
export interface Signals {
  /** Outside the limits: those above, then those below. */
  readonly beyond: readonly number[]
  /** From the point that completes a run on one side of the centre: those above, then those below. */
  readonly runs: readonly number[]
  /** From the point that completes a steady rise or fall. */
  readonly trends: readonly number[]
  /** The last of three points of which two lie beyond two thirds of the way to the same limit. */
  readonly twoOfThree: readonly number[]
}

export interface RunRules {
  /** Points on one side that make a run; 0 switches the rule off. */
  readonly runLength: number
  /** Points each above (or below) the one before that make a trend, the first included; 0 switches the rule off. */
  readonly trendLength: number
}

/**
 * The four rules of most guidance: beyond the limits, a run on one side of the centre, a trend, two of three near a limit.
 * A point on the centre ends a run. Source: Western Electric 1956; NHS "Making data count"; the first two as R `qcc`.
 */
export function signals(points: readonly ChartPoint[], { runLength, trendLength }: RunRules): Signals {
  const where = (holds: (point: ChartPoint, i: number) => boolean) =>
    points.flatMap((point, i) => (holds(point, i) ? [i] : []))
  const side = points.map(({ value, center }) => Math.sign(value - center))
  const move = points.map(({ value }, i) => (i === 0 ? 0 : Math.sign(value - points[i - 1]!.value)))
  const run = lengths(side)
  const climb = lengths(move)
  const near = points.map(({ value, center, lcl, ucl }) =>
    value > center + (2 / 3) * (ucl - center) ? 1 : value < center - (2 / 3) * (center - lcl) ? -1 : 0,
  )
  return {
    beyond: [...where(({ value, ucl }) => value > ucl), ...where(({ value, lcl }) => value < lcl)],
    runs: runLength === 0 ? [] : [1, -1].flatMap((which) => where((_, i) => side[i] === which && run[i]! >= runLength)),
    trends: trendLength === 0 ? [] : where((_, i) => move[i] !== 0 && climb[i]! >= trendLength - 1),
    twoOfThree: where((_, i) => {
      if (i === 0 || near[i] === 0) return false
      return near[i - 1] === near[i] || (i >= 2 && near[i - 2] === near[i])
    }),
  }
}

/** How many values up to each one are equal to it without a break. */
function lengths(values: readonly number[]): number[] {
  const result: number[] = []
  values.forEach((value, i) => result.push(value === values[i - 1] ? result[i - 1]! + 1 : 1))
  return result
}
