import { describe, expect, it } from 'vitest'
import { findMethod } from '../../api/core/analysis/registry.ts'
import { oracleTable } from './oracle-table.ts'
import { oraclesPresent, relativeError } from './shared.ts'

describe.skipIf(!oraclesPresent())('a funnel of twenty units against the formulas of Spiegelhalter 2005 in R', () => {
  it('has target, φ and τ² within 1e-12', () => {
    const found = findMethod('funnel')!.run(oracleTable('timeseries/input/funnel.csv'), {}) as Record<
      string,
      number
    > & {
      rows: { z: number }[]
    }
    // R 4.2.2: z scores brought in at the 10 % and 90 % quantile (type 7), DerSimonian and Laird's τ²
    const want = { target: 0.8453333333333334, phi: 3.332734569320723, tau2: 0.003021247529852825 }
    for (const [name, value] of Object.entries(want))
      expect(relativeError(found[name]!, value), name).toBeLessThan(1e-12)
    const z = found.rows.map((row) => row.z)
    expect(relativeError(Math.min(...z), -3.01146376213)).toBeLessThan(1e-12)
    expect(relativeError(Math.max(...z), 3.265009188265189)).toBeLessThan(1e-12)
  })
})
