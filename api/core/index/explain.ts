import { sum } from '../stats/sum.ts'
import type { Aggregate, Normalise } from './definition.ts'
import type { Bounds } from './normalise.ts'
import type { ScoredIndex } from './score.ts'
import type { TreeNode } from './tree.ts'

/**
 * One step of how a score came about. `share` is the weight among the children present (they add up to 1), `effective` the
 * product of the shares from the root down: the weight in the total. `contribution` is what the step adds to the score of its parent, in the parent's points: contributions add up to it. It is null under a
 * geometric, harmonic or power mean, where no such split exists, and for what is missing.
 */
export type ExplainStep =
  | (StepBase & {
      readonly kind: 'node'
      readonly aggregate: Aggregate
      readonly multiply: number
      readonly present: number
      readonly of: number
    })
  | (StepBase & {
      readonly kind: 'indicator'
      readonly raw: number | null
      readonly direction: 'higher' | 'lower'
      readonly normalise: Normalise
      readonly bounds: Bounds | null
    })

interface StepBase {
  readonly code: string
  readonly parent: string | null
  readonly depth: number
  readonly score: number | null
  readonly weight: number
  readonly share: number | null
  readonly effective: number | null
  readonly contribution: number | null
}

/** The steps from the total down to the indicators of one unit (by position), each node before its children. */
export function explainUnit(scored: ScoredIndex, unit: number): ExplainStep[] {
  const { tree } = scored
  const nodes = new Map(tree.nodes.map((node) => [node.code, node]))
  const indicators = new Map(tree.indicators.map((indicator, i) => [indicator.code, { indicator, i }]))
  const steps: ExplainStep[] = []

  const walk = (code: string, base: Omit<StepBase, 'code' | 'score'>): void => {
    const score = scored.at(unit, code)
    const node = nodes.get(code)
    if (node === undefined) {
      const { indicator, i } = indicators.get(code)!
      const raw = scored.data.columns.get(code)?.[unit] ?? NaN
      const { direction, normalise } = indicator
      const bounds = scored.bounds[i] ?? null
      steps.push({
        kind: 'indicator',
        code,
        score,
        ...base,
        raw: Number.isNaN(raw) ? null : raw,
        direction,
        normalise,
        bounds,
      })
      return
    }
    const { aggregate, multiply, children } = node
    const present = scored.present[tree.at.get(code)!]![unit]!
    steps.push({ kind: 'node', code, score, ...base, aggregate, multiply, present, of: children.length })
    const parts = childParts(scored, unit, node)
    for (const child of children) {
      const part = parts.get(child.code)!
      const effective = part.share === null || base.effective === null ? null : part.share * base.effective
      walk(child.code, { parent: code, depth: base.depth + 1, weight: child.weight, ...part, effective })
    }
  }
  const { code } = tree.root
  walk(code, { parent: null, depth: 0, weight: 1, share: 1, effective: 1, contribution: scored.at(unit, code) })
  return steps
}

/** Share and contribution of each child of a node for one unit. */
function childParts(scored: ScoredIndex, unit: number, node: TreeNode) {
  const scores = node.children.map((child) => scored.at(unit, child.code))
  const total = sum(node.children.map((child, i) => (scores[i] === null ? 0 : child.weight)))
  const counts = scored.at(unit, node.code) !== null
  // As in `aggregateScores`: a mean divides by the weights present, a sum of few is scaled to the weights of all.
  const factor = node.aggregate === 'mean' ? 1 / total : node.aggregate === 'sum' ? node.whole / total : null
  return new Map(
    node.children.map((child, i) => {
      const score = scores[i] ?? null
      const present = score !== null && total > 0
      return [
        child.code,
        {
          share: present ? child.weight / total : null,
          contribution: present && counts && factor !== null ? score * child.weight * factor * node.multiply : null,
        },
      ]
    }),
  )
}
