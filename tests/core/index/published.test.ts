import { describe, expect, it } from 'vitest'
import { edition, scoreFigures } from '../../support/editions.ts'

/** Sub-dimension scores in the order of the edition. Source: papi.org.vn, provincial indicator workbooks (github.com/hnks-gh/ml-mcdm, MIT). */
const papi: [string, string, number, number[]][] = [
  [
    'Hà Nội 2023',
    'papi-2021',
    43.9603,
    [
      1.323925018, 1.622657418, 1.470848799, 1.010102987, 0.983683646, 1.816423059, 1.443144083, 1.427496552,
      1.900142312, 0.415709049, 1.960148454, 1.599467993, 1.914072752, 1.150484562, 2.070745707, 2.41573596, 2.34975791,
      2.395615101, 1.702908635, 1.957021356, 2.254780054, 1.933871269, 0.899579883, 1.622503161, 0.346727818,
      0.552082241, 2.917801857, 0.502867401,
    ],
  ],
  [
    'TP.HCM 2023',
    'papi-2021',
    41.7754,
    [
      1.107041836, 1.099928617, 1.351517797, 1.047380447, 0.877522647, 1.594835162, 1.402856469, 1.277624488,
      2.001251221, 0.433004469, 1.86992383, 1.521195889, 1.945769668, 1.184866667, 1.981664777, 2.413517237,
      2.224781752, 2.412702322, 1.752333045, 1.719157338, 2.185147285, 1.877170563, 0.900631309, 1.696206093,
      0.367320389, 0.46703431, 2.684895515, 0.378077865,
    ],
  ],
  [
    'Thừa Thiên Huế 2023',
    'papi-2021',
    46.0414,
    [
      1.04350853, 1.771642208, 1.619678736, 0.908630133, 0.930678725, 2.027316093, 1.527680516, 1.349929571,
      1.983741999, 0.50828439, 1.876803637, 2.104350567, 2.261996746, 1.441141248, 1.766551733, 2.526642323,
      2.376087427, 2.439073563, 2.133370161, 2.005601645, 2.151527643, 2.013617039, 1.149195552, 2.097164392,
      0.72278142, 0.516581237, 2.35509634, 0.432866156,
    ],
  ],
  [
    'Quảng Ninh 2020',
    'papi-2019',
    48.8113,
    [
      0.799604952, 1.622511864, 1.828366756, 1.554813147, 0.848139644, 2.16194725, 1.875123858, 1.613557816,
      1.932671905, 0.89801091, 1.962237239, 2.167779684, 2.355732441, 1.643411279, 2.11882472, 1.884900689, 1.927996039,
      1.912862897, 1.885737181, 2.143452168, 1.893825054, 2.044677496, 1.631040096, 1.281826138, 2.345925093,
      1.336372375, 0.436386257, 2.282114267, 0.421533793,
    ],
  ],
]

/** Lâm Đồng on its page of pcivietnam.vn, two decimals: sub-indices in the order of the edition, then the score. Source: VCCI. */
const pci: [number, string, number[], number][] = [
  [2006, 'pci-2006', [7.2, 6.97, 5.54, 4.83, 6.56, 6.37, 3.82, 6.39, 4.19, 3.93], 52.25],
  [2012, 'pci-2009', [6.72, 6.14, 5.34, 6.3, 5.72, 3.06, 4.4, 5.01, 3.85], 52.84],
  [2016, 'pci-2013', [8.24, 5.44, 6.8, 6.72, 5.42, 5.44, 4.98, 5.07, 5.63, 5.7], 58.66],
  [2022, 'pci-2022', [7.4, 7.84, 5.8, 6.92, 7.63, 5.64, 6.8, 5.73, 5.66, 8.18], 67.62],
]

function total(id: string, values: readonly number[]): number | null {
  const { indicators, nodes } = edition(id)
  expect(values).toHaveLength(indicators.length)
  const figures = Object.fromEntries(indicators.map(({ code }, i) => [code, values[i]]))
  return scoreFigures(edition(id), new Map([['x', figures]])).at(0, nodes.find(({ parent }) => parent === null)!.code)
}

describe('published scores', () => {
  it.each(papi)('PAPI of %s (%s) is %d', (_, id, want, parts) => {
    // a total is published as the sum of eight dimensions of four decimals
    expect(Math.abs(total(id, parts)! - want)).toBeLessThan(4e-4)
  })

  // two decimals: at most Σ weight × 0.005 + 0.005
  it.each(pci)('PCI %i of Lâm Đồng by %s', (_, id, parts, want) => {
    expect(Math.abs(total(id, parts)! - want)).toBeLessThan(0.055)
  })

  it('a province with a dimension missing has no total, and the others keep theirs', () => {
    const [, id, , parts] = papi[0]!
    const figures = Object.fromEntries(edition(id).indicators.map(({ code }, i) => [code, parts[i]]))
    delete figures['S2.1']
    const scored = scoreFigures(edition(id), new Map([['x', figures]]))
    expect([scored.at(0, 'PAPI'), scored.at(0, 'D2')]).toEqual([null, null])
    expect(scored.at(0, 'D1')).toBeCloseTo(5.427534, 6)
  })
})
