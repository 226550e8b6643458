import type { IndexDefinition } from '../../../api/core/index/definition.ts'

const label = { vi: 'Đo', en: 'Measured' }

/**
 * An index of means with `indicators` leaves spread evenly over the lowest of its levels.
 * @param widths nodes below each node, from the root down: [3, 2] is a root, three nodes and six below them
 */
export function madeIndex(indicators: number, widths: readonly number[], statistic?: 'mean'): IndexDefinition {
  const nodes: IndexDefinition['nodes'] = [{ code: 'T', parent: null, aggregate: 'mean', label, source: 'bench' }]
  let level = ['T']
  for (const width of widths) {
    const next = level.flatMap((parent) => Array.from({ length: width }, (_, k) => ({ code: `${parent}${k}`, parent })))
    for (const row of next) nodes.push({ ...row, aggregate: 'mean', label, source: 'bench' })
    level = next.map(({ code }) => code)
  }
  return {
    id: 'made',
    edition: '1',
    official: false,
    label,
    scale: { min: 1, max: 10 },
    nodes,
    indicators: Array.from({ length: indicators }, (_, i) => ({
      code: `I${i}`,
      parent: level[i % level.length] ?? 'T',
      weight: 1 + (i % 3),
      direction: i % 4 === 0 ? ('lower' as const) : ('higher' as const),
      normalise: { method: 'min-max' as const, to: [1, 10] as [number, number] },
      ...(statistic === undefined ? {} : { from: { instrument: 'bench', item: `I${i}`, statistic } }),
      label,
      source: 'bench',
    })),
  }
}
