import { describe, expect, it } from 'vitest'
import { edition, scoreFigures } from '../support/editions.ts'
import { publicDataPresent, publicRows } from './public-data.ts'

describe.skipIf(!publicDataPresent())('QĐ 766 against the totals of 34 provinces on the national portal', () => {
  it('every total is the sum of its groups, but for the five that the portal itself rounds or updates late', () => {
    const rows = publicRows('dvcqg766_provinces_2026_ytd_20261010.csv')
    const figures = new Map(
      rows.map((row) => [
        row['province']!,
        {
          CKMB: row['CKMB_transparency18'],
          TDGQ: row['TDGQ_timeliness20'],
          ONLINE: row['ONLINE12'],
          TTTT: row['TTTT_payment10'],
          MDSH: row['MDSH_digitisation22'],
          MDHL: row['MDHL_satisfaction18'],
        },
      ]),
    )
    const scored = scoreFigures(edition('qd766-groups'), figures)
    const errors = rows.map((row, unit) => Math.abs(scored.at(unit, 'QD766')! - Number(row['total'])))
    expect(errors).toHaveLength(34)
    expect(errors.filter((error) => error > 0.065)).toHaveLength(5)
    expect(Math.max(...errors)).toBeLessThan(0.355)
  })
})
