import type { Aggregate, IndexDefinition } from '../../../../api/core/index/definition.ts'

const label = { vi: 'Tên', en: 'Name' }

/** T over P (A, B), Q (C, D) and E, every indicator 0–100 put on 1–10 by goalposts that the caller gives. */
export function indexOfFive(
  aggregate: Aggregate = 'mean',
  weights: Readonly<Record<string, number>> = {},
  lower: Aggregate = 'mean',
): IndexDefinition {
  const node = (code: string, parent: string | null, how: Aggregate) => ({
    code,
    parent,
    weight: weights[code] ?? 1,
    aggregate: how,
    label,
    source: 'test',
  })
  return {
    id: 'five',
    edition: '1',
    official: false,
    label,
    scale: { min: 1, max: 10 },
    nodes: [node('T', null, aggregate), node('P', 'T', lower), node('Q', 'T', lower)],
    indicators: Object.entries({ A: 'P', B: 'P', C: 'Q', D: 'Q', E: 'T' }).map(([code, parent]) => ({
      code,
      parent,
      weight: weights[code] ?? 1,
      direction: code === 'D' ? 'lower' : 'higher',
      normalise: { method: 'min-max', to: [1, 10], bounds: { mode: 'cumulative' } },
      label,
      source: 'test',
    })),
  }
}

export const FIVE = ['A', 'B', 'C', 'D', 'E'] as const
