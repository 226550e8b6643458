import { median } from '../../stats/quantile.ts'
import { type FrozenIndex, scoreUnit } from '../frozen.ts'
import { rootSlopes } from './gap.ts'

/** What a unit's scores would be. */
export interface WhatIf {
  readonly total: { readonly before: number | null; readonly after: number | null }
  /** Elements whose score moves, root first. */
  readonly moved: readonly { readonly code: string; readonly before: number | null; readonly after: number | null }[]
}

/**
 * Scores of a unit if some of its indicators had other raw values, by the arithmetic of the index itself. Small enough for a
 * browser: it asks nothing but the edition, its goalposts and one unit's values.
 * @param raw values by indicator; NaN where missing
 * @param changes new raw values by the indicator's code
 * @throws RangeError for a code that is no indicator
 */
export function whatIf(frozen: FrozenIndex, raw: ArrayLike<number>, changes: ReadonlyMap<string, number>): WhatIf {
  const { tree } = frozen
  const size = tree.indicators.length
  const changed = Float64Array.from(raw)
  for (const [code, value] of changes) {
    const at = tree.at.get(code)
    if (at === undefined || at >= size) throw new RangeError(`whatIf knows no indicator ${code}`)
    changed[at] = value
  }
  const [before, after] = [scoreUnit(frozen, raw).scores, scoreUnit(frozen, changed).scores]
  const shown = (score: number) => (Number.isNaN(score) ? null : score)
  const codes = [
    ...tree.nodes.map(({ code }, place) => ({ code, at: size + place })).toReversed(),
    ...tree.indicators.map(({ code }, i) => ({ code, at: i })),
  ]
  const rows = codes.map(({ code, at }) => ({ code, before: shown(before[at]!), after: shown(after[at]!) }))
  return { total: rows[0]!, moved: rows.filter((row) => row.before !== row.after) }
}

/**
 * Median raw value of each indicator over the peers that have one; NaN where none has.
 * @param peers raw values by indicator, one list for each peer
 */
export function medianValues(peers: readonly ArrayLike<number>[]): Float64Array {
  const size = peers[0]?.length ?? 0
  return Float64Array.from({ length: size }, (_, i) => {
    const values = peers.map((peer) => peer[i]!).filter((value) => !Number.isNaN(value))
    return values.length === 0 ? NaN : median(values)
  })
}

/**
 * Points of the total that one raw unit of each indicator is worth where the unit stands; 0 where it is missing or cut off at
 * an end of its scale.
 */
export function leverage(frozen: FrozenIndex, raw: ArrayLike<number>): Float64Array {
  const slopes = rootSlopes(frozen, scoreUnit(frozen, raw))
  return Float64Array.from(frozen.lines, (line, i) => {
    if (line === null || line === 'cohort' || Number.isNaN(raw[i]!)) return 0
    const score = line.score(raw[i]!)
    return line.clip && (score < line.a || score > line.b) ? 0 : line.slope * slopes[i]!
  })
}
