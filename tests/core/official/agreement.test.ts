import { describe, expect, it } from 'vitest'
import { correlation } from '../../../api/core/stats/agreement/correlation.ts'
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

  it('of six units over three years tells correlation, bias, concordance and the error of what is predicted from the others', () => {
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

  it('takes years of one unit together: eight years that repeat the first say no more than one year', () => {
    const ours = [3, 5, 4, 7, 6]
    const official = [2, 5, 3, 4, 7]
    const over = (years: number[]) =>
      agreementOf(years.flatMap((year) => ours.map((value, unit) => pair(unit, year, value, official[unit]!))))
    const [one, eight] = [over([2020]), over([2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023])]
    expect([one.n, eight.n, eight.units]).toEqual([5, 40, 5])
    for (const end of ['lo', 'hi'] as const) {
      // the jackknife of a mean is Student's interval of the five units
      expect(eight.blandAltman!.bias![end]).toBeCloseTo(one.blandAltman!.bias![end], 10)
    }
    const width = ({ lo, hi }: { lo: number | null; hi: number | null }) => hi! - lo!
    const naive = correlation(
      Array.from({ length: 8 }, () => ours).flat(),
      Array.from({ length: 8 }, () => official).flat(),
      'spearman',
    )
    expect(eight.spearman!.est).toBeCloseTo(naive.est!, 12)
    expect(width(eight.spearman!)).toBeGreaterThan(2 * width(naive))
    expect(eight.spearman!.p).toBeGreaterThan(0.05)
    expect(naive.p).toBeLessThan(0.001)
    expect(width(eight.concordance!)).toBeGreaterThan(0.8)
    expect(eight.concordance!.ccc).toBeGreaterThan(eight.concordance!.lo!)
    expect(width(eight.blandAltman!.upper!)).toBeGreaterThan(0.9 * width(one.blandAltman!.upper!))
    // perfect order in every year: as sure as five units are, not forty
    const same = agreementOf(
      [2022, 2023].flatMap((year) => [1, 2, 3, 4, 5].map((unit) => pair(unit, year, unit, 2 * unit))),
    )
    const five = correlation([1, 2, 3, 4, 5], [1, 2, 3, 4, 5], 'spearman')
    expect(same.spearman).toMatchObject({ lo: five.lo, hi: 1, p: five.p })
  })

  it('predicts a pair from other units in other years alone', () => {
    const pairs = [2021, 2022, 2023].flatMap((year, y) =>
      [1, 2, 3, 4, 5, 6].map((unit) => pair(unit, year, unit + y / 7, unit === 6 ? 16 - y : unit + ((unit * y) % 3))),
    )
    const errors = pairs.map((one) => {
      const others = pairs.filter(({ unit, year }) => unit !== one.unit && year !== one.year)
      const moments = (values: number[]) => {
        const mean = values.reduce((a, b) => a + b, 0) / values.length
        return [mean, Math.hypot(...values.map((value) => value - mean))] as const
      }
      const [[mx, sx], [my, sy]] = [
        moments(others.map((each) => each.ours)),
        moments(others.map((each) => each.official)),
      ]
      return Math.abs(my + (sy / sx) * (one.ours - mx) - one.official)
    })
    const found = agreementOf(pairs).outOfSample!
    expect(found.equated).toBeCloseTo(errors.reduce((a, b) => a + b, 0) / errors.length, 10)
    expect(found.years[0]!.equated).toBeCloseTo(errors.slice(0, 6).reduce((a, b) => a + b, 0) / 6, 10)
  })

  it('gives nulls for pairs that do not vary instead of numbers that are none', () => {
    const pairs = [1, 2, 3, 4, 5].map((unit) => pair(unit, 2023, 5, unit))
    const found = agreementOf(pairs)
    expect(found.spearman?.est).toBeNull()
    expect(found.outOfSample).toBeNull()
    expect(JSON.stringify(found)).not.toMatch(/NaN|Infinity/)
  })
})
