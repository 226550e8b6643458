import type { IndexDefinition, IndexIndicator } from '../definition.ts'
import { needsCohort } from '../frozen.ts'
import { indexTree } from '../tree.ts'

/**
 * How far the delta method serves an indicator or node.
 *
 * `exact` its derivative is known, and fixed goalposts carry no error · `given_goalposts` the same for goalposts taken from
 * units' own estimates (within, cumulative, pooled): the interval is that of a score on the frozen scale, and says nothing of
 * the scale's own error · `bootstrap_only` there is no derivative to use: a median jumps, and rank and z move with every
 * other unit.
 */
export type DeltaReach = 'exact' | 'given_goalposts' | 'bootstrap_only'

const order: readonly DeltaReach[] = ['exact', 'given_goalposts', 'bootstrap_only']

/** Reach by code of every indicator and node; a node reaches as far as the worst of its children. */
export function deltaReach(definition: IndexDefinition): ReadonlyMap<string, DeltaReach> {
  const tree = indexTree(definition)
  const reach = new Map(tree.indicators.map((indicator) => [indicator.code, indicatorReach(indicator)]))
  for (const { code, children } of tree.nodes) {
    reach.set(code, order[Math.max(...children.map((child) => order.indexOf(reach.get(child.code)!)))]!)
  }
  return reach
}

function indicatorReach(indicator: IndexIndicator): DeltaReach {
  if (statisticOf(indicator) === 'median' || needsCohort(indicator)) return 'bootstrap_only'
  const { method, bounds } = indicator.normalise
  if (method === 'none' || bounds?.mode === 'fixed') return 'exact'
  return bounds?.min !== undefined && bounds.max !== undefined ? 'exact' : 'given_goalposts'
}

/** The statistic of an instrument's item; null for hard data, which is known and has no sampling error. */
export function statisticOf({ from }: Pick<IndexIndicator, 'from'>) {
  return from === undefined || 'hard' in from ? null : from.statistic
}
