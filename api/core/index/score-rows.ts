import type { ScoredIndex } from './score.ts'

/** A score as it is printed: `present` counts the children that are there, `of` those there could be. */
export interface ScoreRow {
  readonly unit: string
  readonly node: string
  readonly score: number | null
  readonly present: number
  readonly of: number
}

/** All scores of a run, unit by unit, the root first; with `indicators` their normalised scores too. */
export function scoreRows({ tree, units, scores, present }: ScoredIndex, indicators = false): ScoreRow[] {
  const elements = [
    ...tree.nodes.toReversed().map(({ code, children }) => ({ code, of: children.length })),
    ...(indicators ? tree.indicators.map(({ code }) => ({ code, of: 1 })) : []),
  ].map((element) => ({ ...element, at: tree.at.get(element.code)! }))
  return units.flatMap((unit, u) =>
    elements.map(({ code, of, at }) => {
      const score = scores[at]![u]!
      return { unit, node: code, score: Number.isNaN(score) ? null : score, present: present[at]![u]!, of }
    }),
  )
}
