import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { runCommand } from '../support/cli.ts'
import { flatIndex } from '../core/index/small.ts'

const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-index-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const json = (name: string, value: unknown) => file(name, JSON.stringify(value))
/** No database is there: these commands must not ask for one. */
const run = (...words: string[]) => runCommand({ url: 'postgres://nowhere', ownerUrl: 'postgres://nowhere' }, words)

const minMax = { method: 'min-max', to: [1, 10] as [number, number] } as const
const definition = json('pair.json', {
  ...flatIndex({
    A: { weight: 3, normalise: minMax, range: [0, 50] },
    B: { weight: 1, normalise: minMax, direction: 'lower' },
  }),
})
const score = (data: string, ...more: string[]) =>
  run('index', 'score', '--definition', definition, '--data', data, ...more)

describe('index list and show', () => {
  test('editions are listed and shown with their sources', async () => {
    const list = JSON.parse((await run('index', 'list', '--json')).out) as {
      items: { id: string; official: boolean }[]
    }
    expect(list.items).toContainEqual(expect.objectContaining({ id: 'papi-2021', official: true }))
    const { status, out } = await run('index', 'show', 'papi-2021')
    expect(status).toBe(0)
    expect(out).toContain('S5.4 [none, higher]')
    expect(out).toContain('papi.org.vn')
    expect(JSON.parse((await run('index', 'show', 'papi-2021', '--json')).out)).toMatchObject({ id: 'papi-2021' })
  })

  test('an unknown edition is one line and exit code 2', async () => {
    expect(await run('index', 'show', 'nothing')).toEqual({
      status: 2,
      out: '',
      err: 'There is no index nothing. See: cli index list',
    })
  })
})

describe('index validate', () => {
  test('a good file exits 0', async () => {
    expect(await run('index', 'validate', definition)).toMatchObject({ status: 0, out: `${definition} holds.\n` })
  })

  test('every fault is one line with its path, and a code for machines', async () => {
    const bad = json('bad.json', { ...flatIndex({ A: { weight: -1 }, B: {} }), colour: 'red' })
    const { status, out } = await run('index', 'validate', bad)
    expect(status).toBe(1)
    expect(out.trim().split('\n').toSorted()).toEqual([
      `${bad}: colour (colour) is not a field of the format [unknown_field]`,
      `${bad}: indicators.0.weight is too small or too short [too_small]`,
    ])
    expect(JSON.parse((await run('index', 'validate', bad, '--json')).out)).toMatchObject({
      valid: false,
      faults: [{ code: 'too_small' }, { code: 'unknown_field' }],
    })
  })

  test('text that is no JSON is told with its place', async () => {
    expect((await run('index', 'validate', file('no.json', '{"id": 1,}'))).out).toContain('[not_json]')
  })
})

describe('index score', () => {
  const wide = file('wide.csv', 'unit,A,B,note\nx,10,1,a\ny,20,3,b\nz,,2,c\n')
  const long = file('long.csv', '\uFEFFunit;indicator;value\nx;A;10\ny;A;20\nx;B;1\ny;B;3\nz;B;2\nz;A;\n')

  test('wide and long data give the same document, missing as null', async () => {
    const [first, second] = await Promise.all([score(wide, '--normalised'), score(long, '--normalised')])
    const one = JSON.parse(first.out) as { scores: unknown[]; sha256: string }
    const two = JSON.parse(second.out) as { scores: unknown[] }
    expect(first.status).toBe(0)
    expect(first.err).toContain('ignored: note')
    expect(one.scores).toEqual(two.scores)
    expect(one.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(one.scores).toEqual([
      { unit: 'x', node: 'T', score: 3.25, present: 2, of: 2 },
      { unit: 'x', node: 'A', score: 1, present: 1, of: 1 },
      { unit: 'x', node: 'B', score: 10, present: 1, of: 1 },
      { unit: 'y', node: 'T', score: 7.75, present: 2, of: 2 },
      { unit: 'y', node: 'A', score: 10, present: 1, of: 1 },
      { unit: 'y', node: 'B', score: 1, present: 1, of: 1 },
      { unit: 'z', node: 'T', score: 5.5, present: 1, of: 2 },
      { unit: 'z', node: 'A', score: null, present: 0, of: 1 },
      { unit: 'z', node: 'B', score: 5.5, present: 1, of: 1 },
    ])
  })

  test('a shipped edition is found by its id', async () => {
    const data = file('papi.csv', 'unit,S5.1,S5.3,S5.4\nHà Nội,2.5,2.4,2.3\n')
    const { out } = await run('index', 'score', '--definition', 'papi-2021', '--data', data)
    expect(JSON.parse(out)).toMatchObject({ definition: 'papi-2021' })
    const rows = (JSON.parse(out) as { scores: { node: string; score: number | null }[] }).scores
    expect(rows.find((row) => row.node === 'D5')?.score).toBeCloseTo(7.2, 12)
    expect(rows.find((row) => row.node === 'PAPI')?.score).toBeNull()
  })

  test('bounds come from a file: as numbers or as data of other periods', async () => {
    const pooled = json('pooled.json', flatIndex({ A: { normalise: { ...minMax, bounds: { mode: 'pooled' } } } }))
    const data = file('now.csv', 'unit,A\nx,10\ny,20\n')
    for (const text of ['indicator,min,max\nA,0,20\n', 'unit,A\nx,0\ny,15\n']) {
      const bounds = file('bounds.csv', text)
      const { out } = await run('index', 'score', '--definition', pooled, '--data', data, '--bounds', bounds)
      const rows = (JSON.parse(out) as { scores: { score: number }[] }).scores
      expect(rows.map((row) => row.score)).toEqual([5.5, 10])
    }
  })

  test('bounds that change nothing, and those of unknown indicators, are said', async () => {
    const bounds = file('unused.csv', 'indicator,min,max\nA,0,20\nZ,1,2\n')
    const { status, err } = await score(wide, '--bounds', bounds)
    expect(status).toBe(0)
    expect(err).toMatch(/Bounds of what is not in the definition, ignored: Z/)
    expect(err).toMatch(/Bounds without effect.*: A/)
  })

  test('a definition may take its values from a questionnaire that only its province knows', async () => {
    const leaf = flatIndex({ A: {}, B: {} })
    const from = { instrument: 'của-tỉnh', item: 'Q1', statistic: 'share' }
    const own = json('own.json', { ...leaf, indicators: leaf.indicators.map((row) => ({ ...row, from })) })
    const data = file('shares.csv', 'unit,A,B\nx,0.5,1\n')
    expect((await run('index', 'score', '--definition', own, '--data', data)).status).toBe(0)
    expect((await run('index', 'validate', own)).out).toContain('[unknown_instrument]')
    const percent = file('percents.csv', 'unit,A,B\nx,50,1\n')
    const refused = await run('index', 'score', '--definition', own, '--data', percent)
    expect(refused.err).toContain('line 2 column A: outside_range')
  })

  test('names written with combining marks are the names written without', async () => {
    const one = json('nfc.json', flatIndex({ Đất: {}, Thuế: {} }))
    const data = file('nfd.csv', 'unit,Đất,Thuế\nHuế,1,2\n'.normalize('NFD'))
    const { out } = await run('index', 'score', '--definition', one, '--data', data)
    expect(JSON.parse(out)).toMatchObject({ scores: [{ unit: 'Huế'.normalize('NFC'), score: 1.5, present: 2 }] })
  })

  test('periods in one file are scored each with its own sample', async () => {
    const { out } = await score(file('years.csv', 'unit,year,A,B\nx,2021,1,1\ny,2021,2,2\nx,2020,5,5\ny,2020,6,6\n'))
    const rows = (JSON.parse(out) as { scores: { unit: string; period: string; score: number }[] }).scores
    expect(rows.map(({ unit, period, score: s }) => [unit, period, s])).toEqual([
      ['x', '2020', 3.25],
      ['y', '2020', 7.75],
      ['x', '2021', 3.25],
      ['y', '2021', 7.75],
    ])
  })

  test('--explain prints the steps from total to indicator, and as JSON their contributions', async () => {
    const text = await score(wide, '--explain')
    expect(text.out).toContain('T Tên: 3.25')
    expect(text.out).toContain(
      'A Tên: 1, weight 3 (0.75), adds 0.75 to T; raw 10, higher is better, min-max between 10 and 20 to 1–10',
    )
    const document = JSON.parse((await score(wide, '--explain', '--json')).out) as {
      explain: { unit: string; steps: { code: string; contribution: number }[] }[]
    }
    expect(document.explain[0]?.steps.map(({ code, contribution }) => [code, contribution])).toEqual([
      ['T', 3.25],
      ['A', 0.75],
      ['B', 2.5],
    ])
  })

  test.each([
    ['a unit twice', 'unit,A,B\nx,1,2\nx,1,2\n', 'line 3 column unit: duplicate_row'],
    ['an indicator twice', 'unit,indicator,value\nx,A,1\nx,B,1\nx,A,1\n', 'line 4 column value: duplicate_row'],
    ['a decimal comma', 'unit;A;B\nx;1,5;2\n', 'line 2 column A: decimal_comma'],
    ['text', 'unit,A,B\nx,1,two\n', 'line 2 column B: not_a_number'],
    ['NaN', 'unit,A,B\nx,NaN,2\n', 'line 2 column A: not_finite'],
    ['infinity', 'unit,A,B\nx,1,1e999\n', 'line 2 column B: not_finite'],
    ['a value outside its range', 'unit,A,B\nx,51,2\n', 'line 2 column A: outside_range'],
    ['a header that matches nothing', 'unit,a,b\nx,1,2\n', 'line 1: no_known_indicator'],
    ['no unit column', 'name,A,B\nx,1,2\n', 'line 1 column unit: missing_column'],
    ['a row without unit', 'unit,A,B\n,1,2\n', 'line 2 column unit: missing_value'],
    ['a row without period', 'unit,period,A,B\nx,,1,2\n', 'line 2 column period: missing_value'],
    ['a row that is cut off', 'unit,A,B\nx,1\n', 'line 2: too_few_cells'],
  ])('%s is refused with file, line and column', async (_, text, want) => {
    const data = file('wrong.csv', text)
    const { status, out, err } = await score(data)
    expect({ status, out, lines: err.split('\n').length }).toEqual({ status: 2, out: '', lines: 1 })
    expect(err.startsWith(`${data} ${want} (`)).toBe(true)
  })

  test('constant, empty and single columns score missing with a note, and nothing prints NaN', async () => {
    for (const text of ['unit,A,B\nx,1,2\ny,1,3\n', 'unit,A,B\nx,1,2\n', 'unit,A,B\nx,,\ny,,\n']) {
      const { status, out, err } = await score(file('flat.csv', text), '--normalised')
      expect(status).toBe(0)
      expect(out).not.toMatch(/NaN|Infinity/)
      expect(err).toMatch(/constant_indicator|all_missing/)
      expect((JSON.parse(out) as { notes: unknown[] }).notes).not.toEqual([])
    }
  })

  test('a definition with faults is refused with all of them', async () => {
    const bad = json('worse.json', flatIndex({ A: { weight: 0 }, B: { weight: 0 } }))
    const { status, out, err } = await run('index', 'score', '--definition', bad, '--data', wide)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toBe(`${bad}: nodes.0 (T) has only children of weight 0 [weights_zero]`)
    expect((await run('index', 'score', '--data', wide)).err).toContain('--definition is missing')
  })
})
