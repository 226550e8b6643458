import { bandOf } from './definition.ts'
import type { ScoredIndex } from './score.ts'

/**
 * A score as it is printed: `present` counts the children that are there, `of` those there could be; `grade` is the code of
 * its band, only at nodes that have bands.
 */
export interface ScoreRow {
  readonly unit: string
  readonly node: string
  readonly score: number | null
  readonly present: number
  readonly of: number
  readonly grade?: string | null
}

/** All scores of a run, unit by unit, the root first; with `indicators` their normalised scores too. */
export function scoreRows({ tree, units, scores, present }: ScoredIndex, indicators = false): ScoreRow[] {
  const elements = [
    ...tree.nodes.toReversed().map(({ code, children, node }) => ({ code, of: children.length, bands: node.bands })),
    ...(indicators ? tree.indicators.map(({ code }) => ({ code, of: 1, bands: undefined })) : []),
  ].map((element) => ({ ...element, at: tree.at.get(element.code)! }))
  return units.flatMap((unit, u) =>
    elements.map(({ code, of, bands, at }) => {
      const value = scores[at]![u]!
      const score = Number.isNaN(value) ? null : value
      const row = { unit, node: code, score, present: present[at]![u]!, of }
      if (bands === undefined) return row
      return { ...row, grade: score === null ? null : (bandOf({ bands }, score)?.code ?? null) }
    }),
  )
}
