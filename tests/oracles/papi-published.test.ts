import { describe, expect, it } from 'vitest'
import { edition, scoreFigures } from '../support/editions.ts'
import { publicDataPresent, publicRows } from './public-data.ts'

const editionOf = (year: number) => {
  if (year >= 2021) return 'papi-2021'
  if (year >= 2019) return 'papi-2019'
  if (year === 2018) return 'papi-2018'
  return year >= 2016 ? 'papi-2016' : 'papi-2011'
}

/** Dimensions are published with four decimals, and a total is the sum of these. */
const rounding = (code: string) => (code === 'PAPI' ? 8 * 0.5e-4 : 0.5e-4) + 1e-9

describe.skipIf(!publicDataPresent())('PAPI editions against the published results of 63 provinces', () => {
  const years = Array.from({ length: 14 }, (_, i) => 2011 + i)
  const parts = publicRows('papi_subdimension_scores_2011_2024_long.csv')
  const published = publicRows('papi_dimension_scores_2011_2024.csv')

  it.each(years)('%i: every dimension and total that is published, and none that is not', (year) => {
    const figures = new Map<string, Record<string, string>>()
    for (const row of parts.filter((row) => Number(row['year']) === year)) {
      const province = figures.get(row['province']!) ?? {}
      figures.set(row['province']!, Object.assign(province, { [row['subdim']!]: row['score']! }))
    }
    const definition = edition(editionOf(year))
    const known = new Set(definition.indicators.map(({ code }) => code))
    expect([...figures.values()].flatMap(Object.keys).filter((code) => !known.has(code))).toEqual([])
    const scored = scoreFigures(definition, figures)
    let compared = 0
    for (const row of published.filter((row) => Number(row['year']) === year)) {
      const unit = scored.units.indexOf(row['province']!)
      for (const { code } of definition.nodes) {
        const want = row[code === 'PAPI' ? 'total' : code] ?? ''
        const got = unit === -1 ? null : scored.at(unit, code)
        if (want === '') expect(got, `${row['province']} ${code}`).toBeNull()
        else expect(Math.abs(got! - Number(want)), `${row['province']} ${code}`).toBeLessThan(rounding(code))
        compared += 1
      }
    }
    expect(compared).toBe(63 * definition.nodes.length)
  })

  it('ranges, names and slots of every sub-dimension are those of the published structure', () => {
    for (const row of publicRows('papi_structure.csv').filter(({ level }) => level === 'subdimension')) {
      for (let year = Number(row['from_year']); year <= Number(row['to_year']); year += 1) {
        const found = edition(editionOf(year)).indicators.find(({ code }) => code === row['code'])
        expect(found, `${row['code']} ${year}`).toBeDefined()
        const { indicators } = edition(editionOf(year))
        const k = indicators.filter(({ parent }) => parent === found!.parent).length
        expect(row['k_subdims_in_dimension']!.split('/').map(Number)).toContain(k)
        // a published value rounds at the ends
        expect(found!.range![0]).toBeCloseTo(1 / k, 1)
        expect(found!.range![1]).toBeCloseTo(10 / k, 1)
      }
    }
  })
})
