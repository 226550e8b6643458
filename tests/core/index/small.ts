import type {
  Aggregate,
  IndexDefinition,
  IndexIndicator,
  IndexNode,
  Normalise,
} from '../../../api/core/index/definition.ts'
import { columnOf, type ScoringData } from '../../../api/core/index/score.ts'

const label = { vi: 'Tên', en: 'Name' }

type Leaf = Partial<Pick<IndexIndicator, 'weight' | 'direction' | 'range' | 'from'>> & { normalise?: Normalise }

/** A definition of one root over the given indicators, for tests that look at one rule. */
export function flatIndex(
  leaves: Readonly<Record<string, Leaf>>,
  aggregate: Aggregate = 'mean',
  node: Partial<Pick<IndexNode, 'minShare' | 'multiply' | 'bands'>> = {},
): IndexDefinition {
  return {
    id: 'flat',
    edition: '1',
    official: false,
    label,
    scale: { min: 0, max: 100 },
    nodes: [{ code: 'T', parent: null, aggregate, ...node, label, source: 'test' }],
    indicators: Object.entries(leaves).map(([code, leaf]) => ({
      code,
      parent: 'T',
      direction: 'higher',
      normalise: { method: 'none' },
      ...leaf,
      label,
      source: 'test',
    })),
  }
}

/** Scoring data from columns, null for missing; units are u0, u1, … */
export function smallData(columns: Readonly<Record<string, readonly (number | null)[]>>): ScoringData {
  const length = Object.values(columns)[0]?.length ?? 0
  return {
    units: Array.from({ length }, (_, i) => `u${i}`),
    columns: new Map(Object.entries(columns).map(([code, values]) => [code, columnOf(values)])),
  }
}
