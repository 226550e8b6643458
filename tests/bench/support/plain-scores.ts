import { extent, sum } from 'd3-array'
import type { IndexDefinition } from '../../../api/core/index/definition.ts'

export type PlainRow = Readonly<Record<string, number | null>>

/** The plainest correct scoring of an index of means: objects, d3-array, one node after the other. @returns totals */
export function plainScores({ nodes, indicators }: IndexDefinition, rows: readonly PlainRow[]): (number | null)[] {
  const scores: Record<string, number | null>[] = rows.map(() => ({}))
  for (const { code, direction } of indicators) {
    const [min, max] = extent(rows, (row) => row[code])
    rows.forEach((row, u) => {
      const value = row[code] ?? null
      const score =
        value === null || min === undefined || max === undefined ? null : 1 + (9 * (value - min)) / (max - min)
      scores[u]![code] = score === null ? null : direction === 'lower' ? 11 - score : score
    })
  }
  for (const { code } of nodes.toReversed()) {
    const children = [...nodes, ...indicators].filter((row) => row.parent === code)
    for (const score of scores) {
      const present = children.filter((child) => score[child.code] !== null)
      const whole = sum(present, (child) => child.weight ?? 1)
      score[code] = whole === 0 ? null : sum(present, (child) => (child.weight ?? 1) * (score[child.code] ?? 0)) / whole
    }
  }
  return scores.map((score) => score['T'] ?? null)
}
