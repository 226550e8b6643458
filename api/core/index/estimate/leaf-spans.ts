import type { Estimate } from '../../stats/estimate.ts'
import { rawRange } from '../definition.ts'
import { type FrozenIndex, writeLeaves } from '../frozen.ts'
import { statisticOf } from './reach.ts'

/** Scores of a unit's indicators at other places than their estimates, by indicator; NaN where the indicator is missing. */
export interface LeafSpans {
  /** At the worse and the better end of each indicator's interval; the score itself where there is no interval. */
  readonly lo: Float64Array
  readonly hi: Float64Array
  /** The worst and best the indicator can score; infinite where its raw values know no end. */
  readonly least: Float64Array
  readonly most: Float64Array
  /** 1 where the score was cut at an end of its scale. */
  readonly cut: Uint8Array
}

/**
 * Finds the spans of one unit after another; what a call returns is overwritten by the next.
 * @returns takes a unit's raw values (NaN: missing) and its estimates in raw units
 */
export function leafSpans(frozen: FrozenIndex): (raw: Float64Array, own: readonly Estimate[]) => LeafSpans {
  const { lines, tree } = frozen
  const ranges = tree.indicators.map((indicator) =>
    statisticOf(indicator) === null ? null : (rawRange(indicator) ?? ([-Infinity, Infinity] as const)),
  )
  const column = () => new Float64Array(lines.length)
  const [values, lo, hi, least, most] = [column(), column(), column(), column(), column()]
  const cut = new Uint8Array(lines.length)
  /** Scores of the two ends of each indicator, the worse first. */
  const score = (ends: (i: number, end: 0 | 1) => number, raw: Float64Array, low: Float64Array, high: Float64Array) => {
    for (const [end, out] of [low, high].entries()) {
      for (let i = 0; i < raw.length; i += 1) values[i] = Number.isNaN(raw[i]!) ? NaN : ends(i, end as 0 | 1)
      writeLeaves(frozen, values, out)
    }
    for (let i = 0; i < raw.length; i += 1) {
      if (!(low[i]! > high[i]!)) continue
      const better = low[i]!
      low[i] = high[i]!
      high[i] = better
    }
  }
  return (raw, own) => {
    score((i, end) => (end === 0 ? own[i]!.lo : own[i]!.hi) ?? raw[i]!, raw, lo, hi)
    score(
      (i, end) => {
        const range = ranges[i]
        if (range === null || range === undefined) return raw[i]!
        return end === 0 ? Math.min(range[0], raw[i]!) : Math.max(range[1], raw[i]!)
      },
      raw,
      least,
      most,
    )
    for (let i = 0; i < raw.length; i += 1) {
      const line = lines[i]!
      const value = line === null || line === 'cohort' || !line.clip ? NaN : line.score(raw[i]!)
      cut[i] = Number(line !== null && line !== 'cohort' && (value < line.a || value > line.b))
    }
    return { lo, hi, least, most, cut }
  }
}
