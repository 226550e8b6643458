import type { IndexDefinition } from './types.ts'

export type RowList = 'nodes' | 'indicators'
type Row = IndexDefinition['nodes'][number] | IndexDefinition['indicators'][number]
/** What a row's fields can put in. */
export type RowPatch = { vi?: string; en?: string; weight?: number; aggregate?: string; direction?: 'higher' | 'lower' }

/** A number as people write it, with a comma or a point; NaN when it is none. */
export function numberOf(text: string): number {
  const plain = text.trim().replace(',', '.')
  return plain === '' ? Number.NaN : Number(plain)
}

/** A definition with one row changed; the others stay the same objects. */
export function withRow(definition: IndexDefinition, list: RowList, at: number, patch: RowPatch): IndexDefinition {
  const change = <T extends Row>(row: T): T => ({
    ...row,
    label: { vi: patch.vi ?? row.label.vi, en: patch.en ?? row.label.en },
    ...(patch.weight === undefined ? {} : { weight: patch.weight }),
    ...(patch.aggregate === undefined ? {} : { aggregate: patch.aggregate }),
    ...(patch.direction === undefined ? {} : { direction: patch.direction }),
  })
  return list === 'nodes'
    ? { ...definition, nodes: definition.nodes.map((row, i) => (i === at ? change(row) : row)) }
    : { ...definition, indicators: definition.indicators.map((row, i) => (i === at ? change(row) : row)) }
}

/** A definition without a row. */
export const withoutRow = (definition: IndexDefinition, list: RowList, at: number): IndexDefinition => ({
  ...definition,
  [list]: definition[list].filter((_row, i) => i !== at),
})

/** Whether nothing hangs from a row, so that it can go. */
export const isLeaf = ({ nodes, indicators }: IndexDefinition, code: string): boolean =>
  [...nodes, ...indicators].every(({ parent }) => parent !== code)

/** A definition out of a text, or null when it is not JSON of an object. */
export function definitionOf(text: string): IndexDefinition | null {
  try {
    const value: unknown = JSON.parse(text)
    // the server says what is wrong inside
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as IndexDefinition) : null
  } catch {
    return null
  }
}

/** Whether a definition has the lists that the fields are made from. */
export const hasRows = ({ nodes, indicators }: IndexDefinition): boolean =>
  [nodes, indicators].every((list) => Array.isArray(list) && list.every((row) => typeof row?.label?.vi === 'string'))
