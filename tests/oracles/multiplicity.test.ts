import { describe, expect, it } from 'vitest'
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
})
