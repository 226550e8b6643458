import { describe, expect, test } from 'vitest'
import { tellableRows, type ApartRow } from '../../../api/core/export/apart-rows.ts'
import { Stretch, type DataCell } from '../../../api/core/export/columns.ts'

const NOT = { missing: 'not_asked' } as const
const row = (of: number, unit: string | null, said: DataCell[], form: string | null = null): ApartRow => ({
  of,
  unit,
  form,
  said: said.map((one) => new Stretch([one])),
})
const many = (n: number, make: (at: number) => ApartRow) => Array.from({ length: n }, (_, at) => make(at))

describe('rows of sensitive items', () => {
  test('leave where enough are about the same unit, and no others', () => {
    const rows = [...many(30, (at) => row(at, '1', ['no'])), ...many(29, (at) => row(at, '2', ['yes']))]
    const made = tellableRows(rows, [true], 30)
    expect([made.rows.length, made.withheld]).toEqual([30, [false]])
    expect(made.rows.every(({ unit }) => unit === '1')).toBe(true)
  })

  test('withhold a question that few were asked, and one that few were not', () => {
    const rows = many(60, (at) => row(at, null, ['no', at < 29 ? 'x' : NOT, at < 31 ? 'x' : NOT, at === 0 ? NOT : 'x']))
    expect(tellableRows(rows, [true, true, true, true], 30)).toMatchObject({ withheld: [false, true, true, true] })
    expect(tellableRows(rows, [true, true, true, true], 29)).toMatchObject({ withheld: [false, false, false, true] })
  })

  test('count respondents, not the units that one rated', () => {
    const rows = many(40, (at) => row(Math.floor(at / 2), '1', ['no']))
    expect(tellableRows(rows, [true], 30).withheld).toEqual([true])
  })

  test('that few are alike in what was asked are left out, unless only sensitive answers tell why it was', () => {
    // each of the two questions was asked of enough; both of them of one alone
    const asked = (at: number): DataCell[] => (at === 0 ? ['x', 'x'] : at < 40 ? ['x', NOT] : [NOT, 'x'])
    const rows = many(80, (at) => row(at, null, asked(at)))
    expect(tellableRows(rows, [true, true], 30).rows).toHaveLength(79)
    expect(tellableRows(rows, [false, true], 30).rows).toHaveLength(80)
  })

  test('nothing leaves of too few, and what is left satisfies the rule by itself', () => {
    expect(tellableRows(many(29, (at) => row(at, null, ['no'])), [true], 30)).toMatchObject({ rows: [], withheld: [true] }) // prettier-ignore
    expect(tellableRows([], [], 30)).toEqual({ rows: [], withheld: [], hasForms: true })
  })

  test('tell the form of a list experiment where enough have each', () => {
    const rows = (n: number) => many(n, (at) => row(at, null, ['no'], at < 30 ? 'A' : 'B'))
    expect(tellableRows(rows(60), [true], 30)).toMatchObject({ hasForms: true })
    expect(tellableRows(rows(59), [true], 30)).toMatchObject({ hasForms: false, rows: { length: 59 } })
  })
})
