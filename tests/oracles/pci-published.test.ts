import { describe, expect, it } from 'vitest'
import { edition, scoreFigures } from '../support/editions.ts'
import { publicDataPresent, publicRows } from './public-data.ts'

const columns: Readonly<Record<string, string>> = {
  ENTRY: 'entry',
  LAND: 'land',
  TRANSPARENCY: 'transparency',
  TIME: 'time',
  INFORMAL: 'informal',
  SOE_BIAS: 'competition',
  COMPETITION: 'competition',
  PROACTIVITY: 'proactivity',
  SUPPORT: 'support',
  LABOUR: 'labor',
  LEGAL: 'legal',
}
const editionOf = (year: number) => {
  if (year >= 2023) return 'pci-2023'
  if (year === 2022) return 'pci-2022'
  if (year >= 2013) return 'pci-2013'
  return year >= 2009 ? 'pci-2009' : 'pci-2006'
}

/** Largest |computed − published| of the totals of the rows, and how many were compared. */
function worstTotal(id: string, rows: readonly Record<string, string>[]) {
  const figures = new Map(
    rows.map((row, i) => [
      `${i}`,
      Object.fromEntries(Object.entries(columns).map(([code, column]) => [code, row[column]])),
    ]),
  )
  const scored = scoreFigures(edition(id), figures)
  const errors = rows.map((row, i) => Math.abs(scored.at(i, 'PCI')! - Number(row['pci'])))
  return { worst: Math.max(...errors), rows: errors.length }
}

describe.skipIf(!publicDataPresent())('PCI editions against the published results', () => {
  const files = publicRows('pci_subindices_2006_2016.csv')
  const pages = publicRows('pci_province_pages_2006_2024.csv')

  it.each([2006, 2007, 2008, 2009, 2010, 2012, 2013, 2014, 2015, 2016])(
    '%i: the total of every province within 0.00001',
    (year) => {
      const { worst, rows } = worstTotal(
        editionOf(year),
        files.filter((row) => Number(row['year']) === year),
      )
      expect(rows).toBe(year <= 2008 ? 64 : 63)
      expect(worst).toBeLessThan(1.2e-5)
    },
  )

  it('2011: the published file misses by 0.55, as the edition says', () => {
    const { worst } = worstTotal(
      'pci-2009',
      files.filter((row) => row['year'] === '2011'),
    )
    expect(worst).toBeGreaterThan(0.5)
    expect(worst).toBeLessThan(0.56)
    expect(edition('pci-2009').notes?.some(({ en }) => en.includes('0.55'))).toBe(true)
  })

  // two decimals: at most Σ weight × 0.005 + 0.005 = 0.055
  it.each([2017, 2018, 2019, 2020, 2021, 2022])('%i: totals of the province pages within their rounding', (year) => {
    const { worst, rows } = worstTotal(
      editionOf(year),
      pages.filter((row) => Number(row['year']) === year),
    )
    expect(rows).toBeGreaterThanOrEqual(8)
    expect(worst).toBeLessThan(0.055)
  })

  it('2022: the weights before do not fit, by points', () => {
    const rows = pages.filter((row) => row['year'] === '2022')
    expect(Math.min(...rows.map((row) => worstTotal('pci-2013', [row]).worst))).toBeGreaterThan(1.9)
  })

  it('2006: every sub-index and dimension from its indicators, up to the total', () => {
    const names: Record<string, string> = { competition: 'SOE_BIAS', labor: 'LABOUR' }
    const figures = new Map<string, Record<string, string>>()
    const places = new Map<string, string>()
    const definition = edition('pci-2006-indicators')
    const raw = publicRows('pci_2006_indicators_long.csv')
    // columns of indicators in the official sheets, in the order in which the edition numbers them
    const official: Record<string, number[]> = {
      entry: [0, 1, 2, 3, 4, 5, 9],
      land: [0, 1, 2, 3, 5, 8, 9, 10, 11, 12],
      transparency: [0, 1, 3, 4, 5, 7, 8, 9, 11],
      time: [0, 1, 3, 4, 5],
      informal: [0, 1, 2, 3, 4],
      competition: [0, 1, 2, 3, 4, 5, 7, 8, 9],
      proactivity: [0, 1, 2, 3, 4],
      support: [0, 1, 2, 3, 4, 5],
      labor: [0, 1, 2, 3],
      legal: [0, 1, 2, 4],
    }
    for (const [sub, cols] of Object.entries(official)) {
      const base = names[sub] ?? sub.toUpperCase()
      const numbers = definition.indicators.filter(({ code }) => code.startsWith(`${base}.`)).map(({ code }) => code)
      expect(numbers).toHaveLength(cols.length)
      cols.forEach((col, i) => places.set(`${sub} ${col}`, numbers[i]!))
    }
    for (const { sub, col, province = '', value = '' } of raw) {
      const code = places.get(`${sub} ${col}`)
      if (code !== undefined) figures.set(province, { ...figures.get(province), [code]: value })
    }
    const scored = scoreFigures(definition, figures)
    const worst = (code: string, sub: string, col: number) => {
      const rows = raw.filter((row) => row['sub'] === sub && Number(row['col']) === col)
      expect(rows).toHaveLength(64)
      const errors = rows.map((row) =>
        Math.abs(scored.at(scored.units.indexOf(row['province']!), code)! - Number(row['value'])),
      )
      return Math.max(...errors)
    }
    const blocks: [string, string, number][] = [
      ['ENTRY', 'entry', 10],
      ['LAND.A.SOFT', 'land', 4],
      ['LAND.A', 'land', 7],
      ['LAND.B', 'land', 13],
      ['LAND', 'land', 14],
      ['TRANSPARENCY.A', 'transparency', 2],
      ['TRANSPARENCY.B', 'transparency', 6],
      ['TRANSPARENCY.C', 'transparency', 10],
      ['TRANSPARENCY.D', 'transparency', 12],
      ['TRANSPARENCY', 'transparency', 13],
      ['TIME.A', 'time', 2],
      ['TIME.B', 'time', 6],
      ['TIME', 'time', 7],
      ['INFORMAL', 'informal', 5],
      ['SOE_BIAS.SOFT', 'competition', 6],
      ['SOE_BIAS.HARD', 'competition', 10],
      ['SOE_BIAS', 'competition', 11],
      ['PROACTIVITY', 'proactivity', 5],
      ['SUPPORT', 'support', 6],
      ['LABOUR', 'labor', 4],
      ['LEGAL.SOFT', 'legal', 3],
      ['LEGAL', 'legal', 6],
    ]
    // The official sheets round the ends of some indicators, which leaves less than a thousandth.
    for (const [code, sub, col] of blocks) expect(worst(code, sub, col), code).toBeLessThan(1e-3)
    const totals = files.filter((row) => row['year'] === '2006')
    const errors = totals.map((row) => {
      const unit = scored.units.indexOf(row['province']!)
      return Math.abs(scored.at(unit, 'PCI')! - Number(row['pci']))
    })
    expect(errors).toHaveLength(64)
    expect(Math.max(...errors)).toBeLessThan(5e-3)
  })

  it('2013: Fair Competition of 63 provinces from its fourteen indicators within 0.000002', () => {
    const rows = publicRows('pci_2013_2016_indicators_long.csv').filter(
      (row) => row['year'] === '2013' && row['sub'] === 'competition',
    )
    const figures = new Map<string, Record<string, string>>()
    for (const { indicator_code = '', province = '', value = '' } of rows) {
      figures.set(province, { ...figures.get(province), [indicator_code]: value })
    }
    const scored = scoreFigures(edition('pci-2013-competition'), figures)
    const errors = [...figures].map(([province, row]) =>
      Math.abs(scored.at(scored.units.indexOf(province), 'COMPETITION')! - Number(row['__published_subindex'])),
    )
    expect(errors).toHaveLength(63)
    expect(Math.max(...errors)).toBeLessThan(2e-6)
  })
})
