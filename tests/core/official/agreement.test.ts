import { describe, expect, it } from 'vitest'
import { agreementOf, type AgreementPair } from '../../../api/core/official/agreement.ts'

const pair = (unit: number, year: number, ours: number, official: number, half = 0.1): AgreementPair => ({
  unit,
  year,
  ours,
  lo: ours - half,
  hi: ours + half,
  official,
})

describe('agreement with a published index', () => {
  it('says of one province only in which direction it changed, and nothing of its level', () => {
    const pairs = [pair(1, 2021, 6, 5), pair(1, 2022, 6.5, 5.4), pair(1, 2023, 6.4, 5.6), pair(1, 2024, 6.9, 5.5)]
    const found = agreementOf(pairs)
    expect(found).toMatchObject({
      n: 4,
      units: 1,
      years: 4,
      calibratable: false,
      spearman: null,
      blandAltman: null,
      concordance: null,
      outOfSample: null,
    })
    expect(found.changes.map(({ from, agrees, unclear }) => [from, agrees, unclear])).toEqual([
      [2021, true, false],
      [2022, false, true],
      [2023, false, false],
    ])
  })

  it('leaves out changes over years that must not be joined', () => {
    const pairs = [pair(1, 2020, 6, 5), pair(1, 2021, 7, 6), pair(1, 2022, 8, 7)]
    expect(agreementOf(pairs, (from) => from !== 2020).changes.map(({ from }) => from)).toEqual([2021])
  })

  it('of six units over three years tells correlation, bias, concordance and the error of a year predicted from the others', () => {
    // ours is twice the published value plus one: another scale, the same order
    const pairs = [2021, 2022, 2023].flatMap((year, y) =>
      [1, 2, 3, 4, 5, 6].map((unit) => pair(unit, year, 1 + 2 * (unit + y / 10), unit + y / 10)),
    )
    const found = agreementOf(pairs)
    expect(found.calibratable).toBe(true)
    expect(found.spearman?.est).toBeCloseTo(1, 12)
    expect(found.blandAltman?.bias?.est).toBeCloseTo(1 + 3.6, 12)
    expect(found.concordance?.ccc).toBeLessThan(0.6)
    expect(found.outOfSample?.plain).toBeCloseTo(4.6, 12)
    expect(found.outOfSample?.equated).toBeCloseTo(0, 10)
    expect(found.outOfSample?.years.map(({ year }) => year)).toEqual([2021, 2022, 2023])
  })

  it('gives nulls for pairs that do not vary instead of numbers that are none', () => {
    const pairs = [1, 2, 3, 4, 5].map((unit) => pair(unit, 2023, 5, unit))
    const found = agreementOf(pairs)
    expect(found.spearman?.est).toBeNull()
    expect(found.outOfSample).toBeNull()
    expect(JSON.stringify(found)).not.toMatch(/NaN|Infinity/)
  })
})
