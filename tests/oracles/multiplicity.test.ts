import { describe, expect, it } from 'vitest'
import { adjustments, adjustP } from '../../api/core/stats/adjustP.ts'
import { benjaminiHochberg } from '../../api/core/stats/benjaminiHochberg.ts'
import { oracleRows, oraclesPresent } from './shared.ts'

describe.skipIf(!oraclesPresent())('multiplicity against R', () => {
  it('BH equals p.adjust on the 1995 example within 1e-14, in any order', () => {
    const rows = oracleRows('multiplicity/expected/p_adjust_bh1995.csv').toReversed()
    const { q, rejected } = benjaminiHochberg(
      rows.map((row) => Number(row['p'])),
      0.05,
    )
    rows.forEach((row, i) => expect(Math.abs(q[i]! - Number(row['BH']))).toBeLessThan(1e-14))
    // The paper rejects the four smallest at 0.05.
    expect(rejected.filter(Boolean)).toHaveLength(4)
  })

  it('all six adjustments equal p.adjust within 1e-14', () => {
    const rows = oracleRows('multiplicity/expected/p_adjust_bh1995.csv').toReversed()
    for (const method of adjustments) {
      const got = adjustP(
        rows.map((row) => Number(row['p'])),
        method,
      )
      const column = method === 'bh' || method === 'by' ? method.toUpperCase() : method
      rows.forEach((row, i) => expect(Math.abs(got[i]! - Number(row[column])), `${method} ${i}`).toBeLessThan(1e-14))
    }
  })
})
