import { describe, expect, it } from 'vitest'
import { readHardFigures } from '../../../api/core/official/hard-figures.ts'
import { provinceFinder, provinceKey } from '../../../api/core/official/provinces.ts'
import { readOfficialResults } from '../../../api/core/official/results.ts'
import { readTable } from '../../../api/core/table/read-table.ts'

const table = (lines: readonly string[]) => readTable(new TextEncoder().encode(lines.join('\n')), 'f.csv')
const header = 'index,edition,year,unit,node,value,low,high,n,source'

describe('published results', () => {
  it('are read with interval and n where they have them, and a row without a value is missing, not zero', async () => {
    const { records, faults, missing } = readOfficialResults(
      await table([
        header,
        'papi,2021+,2024,Hà Nội,D5,7.1,6.9,7.3,200,papi.org.vn',
        'papi,2021+,2024,Hà Nam,D5,,,,,x',
        'papi,2021+,2024,Sơn La,D5,0,,,,x',
      ]),
    )
    expect(faults).toEqual([])
    expect(missing).toBe(1)
    expect(records.map(({ unit, value, low, high, n }) => [unit, value, low, high, n])).toEqual([
      ['Hà Nội', 7.1, 6.9, 7.3, 200],
      ['Sơn La', 0, null, null, null],
    ])
  })

  it('tell every fault with its line and column, and keep the good rows', async () => {
    const { records, faults } = readOfficialResults(
      await table([
        header,
        'papi,e,20x4,Hà Nội,D5,7,,,,s',
        'papi,e,1066,Hà Nội,D5,7,,,,s',
        'papi,e,2024,,D5,"7,1",,,,s',
        'papi,e,2024,Hà Nội,D5,7,8,9,,s',
        'papi,e,2024,Huế,D5,7,9,8,1.5,s',
        'papi,e,2024,Sơn La,D5,7,,,,s',
        'papi,e,2024,Sơn La,D5,8,,,,s',
        'papi,e,2024,Lai Châu,D5,inf,,,,',
      ]),
    )
    expect(records.map(({ unit, value }) => [unit, value])).toEqual([['Sơn La', 7]])
    expect(faults.map(({ line, column, code }) => `${line} ${column} ${code}`)).toEqual([
      '2 year not_a_number',
      '3 year bad_year',
      '4 unit required',
      '4 value decimal_comma',
      '5 value outside_interval',
      '6 n bad_count',
      '6 high interval_reversed',
      '8 unit duplicate_row',
      '9 source required',
      '9 value not_finite',
    ])
  })

  it('name the columns that a header lacks and those that nobody reads', async () => {
    expect(readOfficialResults(await table(['index,year,unit,note', 'a,2024,b,c']))).toMatchObject({
      records: [],
      missingColumns: ['edition', 'node', 'value', 'source'],
      ignored: ['note'],
    })
  })
})

describe('hard figures', () => {
  it('are of a year, quarter or month', async () => {
    const { records, faults } = readHardFigures(
      await table([
        'code,unit,period,value,n,source',
        'x,SXD,2026,1,,s',
        'x,SXD,2026-Q3,2,10,s',
        'x,SXD,2026-09,3,,s',
        'x,SXD,2026-13,4,,s',
        'x,SXD,Q3/2026,5,,s',
        'x,SXD,2026-09,6,,s',
      ]),
    )
    expect(records.map(({ period: { from, to }, value }) => [from, to, value])).toEqual([
      ['2026-01', '2026-12', 1],
      ['2026-07', '2026-09', 2],
      ['2026-09', '2026-09', 3],
    ])
    expect(faults.map(({ line, column, code }) => `${line} ${column} ${code}`)).toEqual([
      '5 period bad_period',
      '6 period bad_period',
      '7 unit duplicate_row',
    ])
  })
})

describe('provinces', () => {
  const find = provinceFinder([
    { id: 1, name: 'Tỉnh Hưng Yên', code: '33', validFrom: '2025-07-01', validTo: null },
    { id: 2, name: 'Tỉnh Hưng Yên', code: '33', validFrom: null, validTo: '2025-07-01' },
    { id: 3, name: 'Tỉnh Thái Bình', code: '34', validFrom: null, validTo: '2025-07-01' },
    { id: 4, name: 'Thành phố Hồ Chí Minh', code: '79', validFrom: '2025-07-01', validTo: null },
  ])

  it.each(['TP. Hồ Chí Minh', 'TPHCM', 'HCMC', 'thành phố hồ chí minh', 'Hồ Chí Minh'])('are found as %s', (name) => {
    expect(provinceKey(name)).toBe('hochiminh')
  })

  it('before the merger are others than after it, by name as by code', () => {
    expect([
      find('Hưng Yên', 2024)?.id,
      find('Hưng Yên', 2025)?.id,
      find('33', 2011)?.id,
      find('33', 2026)?.id,
    ]).toEqual([2, 1, 2, 1])
    expect([find('Thái Bình', 2024)?.id, find('34', 2011)?.id]).toEqual([3, 3])
    expect([find('Thái Bình', 2026), find('Atlantis', 2024), find('99', 2024)]).toEqual([null, null, null])
  })
})
