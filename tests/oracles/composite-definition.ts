import type { IndexDefinition, Normalise } from '../../api/core/index/definition.ts'
import { oracleCsv } from './shared.ts'

/** The ASEM index of COINr's reference data as one of our definitions. */
export function asemDefinition(
  normalise: Normalise,
  weights: ReadonlyMap<string, number> = new Map(),
): IndexDefinition {
  const rows = oracleCsv('composite/input/ASEM_iMeta.csv')
  const label = (row: Record<string, string>) => ({ vi: row['iName']!, en: row['iName']! })
  const weightOf = (code: string) => ({ weight: weights.get(code) ?? 1 })
  return {
    id: 'asem',
    edition: '2018',
    official: false,
    label: { vi: 'ASEM', en: 'ASEM' },
    scale: { min: 0, max: 100 },
    nodes: rows
      .filter((row) => row['Type'] === 'Aggregate')
      .map((row) => ({
        code: row['iCode']!,
        parent: row['Parent'] || null,
        ...weightOf(row['iCode']!),
        aggregate: 'mean' as const,
        label: label(row),
        source: 'COINr',
      })),
    indicators: rows
      .filter((row) => row['Type'] === 'Indicator')
      .map((row) => ({
        code: row['iCode']!,
        parent: row['Parent']!,
        ...weightOf(row['iCode']!),
        direction: row['Direction'] === '-1' ? ('lower' as const) : ('higher' as const),
        normalise,
        label: label(row),
        source: 'COINr',
      })),
  }
}
