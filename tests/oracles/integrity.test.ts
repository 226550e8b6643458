import { describe, expect, it } from 'vitest'
import { findMethod } from '../../api/core/analysis/registry.ts'
import { oraclesPresent } from './shared.ts'
import { oracleTable } from './oracle-table.ts'

describe.skipIf(!oraclesPresent())('careless answers against R', () => {
  it('200 people’s indices: the first and last, and the sums over all, of rle, sd, cor and psych::outlier', () => {
    const { rows, synonyms } = findMethod('careless')!.run(oracleTable('integrity/input/careless_dataset.csv'), {
      scales: Array.from({ length: 10 }, () => 5),
    }) as { synonyms: number; rows: Record<string, number | null>[] }
    const columns = ['longstring', 'irv', 'evenOdd', 'mahalanobis', 'psychsyn'] as const
    const near = (got: (number | null)[], want: number[]) =>
      got.forEach((value, i) => expect(Math.abs(value! / want[i]! - 1)).toBeLessThan(1e-12))
    expect(synonyms).toBe(53)
    near(
      columns.map((name) => rows[0]![name]!),
      [6, 0.863074712399612, 1, 44.0523809442334, 0.331953080497953],
    )
    near(
      columns.map((name) => rows[199]![name]!),
      [3, 0.989743318610787, 1, 57.0277529522479, 0.371230873967697],
    )
    near(
      columns.map((name) => rows.reduce((total, row) => total + (row[name] ?? 0), 0)),
      [1174, 201.0504500840367, 23.2664909642944, 9950, 94.9799976889542],
    )
    expect(columns.map((name) => rows.filter((row) => row[name] === null).length)).toEqual([0, 0, 5, 0, 2])
  })
})
