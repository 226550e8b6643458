import type { OfficialIndex } from './types.ts'

/** A published index with every node that any of its editions has. */
export type OfficialChoice = { index: string; nodes: string[] }

/** Editions of one published index together: a series runs through all of them. */
export function mergeOfficial(items: readonly OfficialIndex[]): OfficialChoice[] {
  return [...Map.groupBy(items, ({ index }) => index)].map(([index, rows]) => ({
    index,
    nodes: [...new Set(rows.flatMap(({ nodes }) => nodes))],
  }))
}
