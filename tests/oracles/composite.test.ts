import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { describeMethod } from '../../api/core/analysis/methods/describe.ts'
import type { Aggregate, IndexDefinition, Normalise } from '../../api/core/index/definition.ts'
import { runCommand } from '../support/cli.ts'
import { asemDefinition } from './composite-definition.ts'
import { oracleCsv, oracleRows, oraclesPresent, relativeError } from './shared.ts'

type Row = Readonly<Record<string, string>>
const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-composite-'))
afterAll(() => rmSync(folder, { recursive: true }))
function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** Rows of COINr's reference data as a file an analyst would hand in; NA and empty cells stay missing. */
function csv(rows: readonly Row[], columns: readonly string[], more: readonly [string, string][] = []): string {
  const head = ['unit', ...more.map(([, to]) => to), ...columns].join(',')
  const lines = rows.map((row) =>
    [row['uCode'], ...more.map(([from]) => row[from]), ...columns.map((c) => row[c])].join(','),
  )
  return file('data.csv', `${[head, ...lines].join('\n')}\n`)
}

interface Scores {
  readonly at: (unit: string, code: string, period?: string) => number | null
  readonly explain: readonly { unit: string; steps: { code: string; kind: string; effective: number | null }[] }[]
}

/** `index score` as on the command line. */
async function score(definition: IndexDefinition, data: string, ...words: string[]): Promise<Scores> {
  const path = file('definition.json', JSON.stringify(definition))
  const database = { url: 'postgres://nowhere', ownerUrl: 'postgres://nowhere' }
  const all = ['index', 'score', '--definition', path, '--data', data, '--normalised', '--json', ...words]
  const { status, out, err } = await runCommand(database, all)
  expect(status, err).toBe(0)
  const document = JSON.parse(out) as {
    scores: { unit: string; node: string; period?: string; score: number | null }[]
    explain?: Scores['explain']
  }
  const found = new Map(document.scores.map((row) => [`${row.unit} ${row.node} ${row.period ?? ''}`, row.score]))
  return {
    at: (unit, code, period = '') => found.get(`${unit} ${code} ${period}`) ?? null,
    explain: document.explain ?? [],
  }
}

/** Largest relative error against a file of COINr; what is missing there must be missing here. */
function worstError(scores: Scores, rows: readonly Row[], name = (column: string) => column as string | null): number {
  const errors = rows.flatMap(({ uCode = '', ...cells }) =>
    Object.entries(cells).flatMap(([column, text]) => {
      const code = name(column)
      if (code === null) return []
      const got = scores.at(uCode, code)
      return text === '' || got === null
        ? [text === '' && got === null ? 0 : Infinity]
        : [relativeError(got, Number(text), 1e-9)]
    }),
  )
  expect(errors.length).toBeGreaterThan(500)
  return Math.max(...errors)
}

describe.skipIf(!oraclesPresent())('index score against COINr', () => {
  const meta = oracleCsv('composite/input/ASEM_iMeta.csv')
  const indicators = meta.filter((row) => row['Type'] === 'Indicator').map((row) => row['iCode']!)
  const raw = oracleCsv('composite/input/ASEM_iData.csv')
  const ten: Normalise = { method: 'min-max', to: [1, 10] }
  const data = () => csv(raw, indicators)
  const lower = (code: string) => meta.find((row) => row['iCode'] === code)!['Direction'] === '-1'
  /** Values of a column turned so that more is better, missing as NaN, as COINr does before it normalises. */
  const directed = (code: string) =>
    raw.map((row) => (row[code] === '' || row[code] === 'NA' ? NaN : Number(row[code]) * (lower(code) ? -1 : 1)))
  const isThere = (value: number) => !Number.isNaN(value)

  it.each<[string, Normalise]>([
    ['norm_minmax_0_100', { method: 'min-max', to: [0, 100] }],
    ['norm_minmax_1_10', ten],
    ['agg_amean_1_10_missing_ignored', ten],
  ])('%s: every cell of 51 countries within 1e-13', async (name, normalise) => {
    const scores = await score(asemDefinition(normalise), data())
    expect(worstError(scores, oracleRows(`composite/expected/${name}.csv`))).toBeLessThan(1e-13)
  })

  it('raw_stats: what describe says of 49 indicators within 1e-12', () => {
    const table = {
      file: 'ASEM',
      columns: indicators,
      rows: raw.map((row, i) => ({ line: i + 2, cells: indicators.map((code) => row[code]!) })),
    }
    const { columns } = describeMethod.run(table, {}) as { columns: (Record<string, number> & { column: string })[] }
    const rows = oracleRows('composite/expected/raw_stats.csv')
    expect(columns.map(({ column }) => column)).toEqual(rows.map((row) => row['iCode']))
    const same = [
      ['min', 'Min'], ['max', 'Max'], ['mean', 'Mean'], ['median', 'Median'], ['sd', 'Std'], ['skewness', 'Skew'], ['kurtosis', 'Kurt'], ['n', 'N.Avail'], ['distinct', 'N.Unique'],
    ] as const // prettier-ignore
    for (const [i, row] of rows.entries()) {
      for (const [ours, theirs] of same)
        expect(relativeError(columns[i]![ours]!, Number(row[theirs]), 1e-2), `${row['iCode']} ${ours}`).toBeLessThan(
          1e-12,
        )
      expect(columns[i]!['zeros']).toBe(Number(row['N.Avail']) - Number(row['N.NonZero']))
    }
  })

  it('noisy_weights_100: with each of 100 sets of weights the index is the mean of means that they give', async () => {
    const sets = oracleRows('composite/input/noisy_weights_100.csv')
    const normal = await score(asemDefinition(ten), data())
    const { nodes } = asemDefinition(ten)
    const root = nodes.find(({ parent }) => parent === null)!.code
    const below = (code: string) => nodes.filter(({ parent }) => parent === code).map((node) => node.code)
    for (const set of ['r1', 'r50', 'r100']) {
      const weights = new Map(sets.map((row) => [row['iCode']!, Number(row[set])]))
      const scores = await score(asemDefinition(ten, weights), data())
      const mean = (unit: string, code: string): number => {
        const children = below(code)
        if (children.length === 0) return normal.at(unit, code)!
        const total = children.reduce((sum, child) => sum + weights.get(child)!, 0)
        return children.reduce((sum, child) => sum + weights.get(child)! * mean(unit, child), 0) / total
      }
      for (const { uCode = '' } of raw)
        expect(relativeError(scores.at(uCode, root)!, mean(uCode, root)), `${set} ${uCode}`).toBeLessThan(1e-13)
    }
  })

  it('flat10_pci_weights: ten indicators on 1–10, weights of PCI, arithmetic, times ten and geometric', async () => {
    const rows = oracleRows('composite/expected/flat10_pci_weights.csv')
    const weights = oracleRows('composite/input/flat10_weights.csv')
    const label = { vi: 'Mười', en: 'Ten' }
    const flat = (aggregate: Aggregate, multiply = 1): IndexDefinition => ({
      ...asemDefinition(ten),
      nodes: [{ code: 'T', parent: null, aggregate, multiply, label, source: 'COINr' }],
      indicators: weights.map(({ iCode = '', weight, direction }) => ({
        code: iCode,
        parent: 'T',
        weight: Number(weight),
        direction: direction === '-1' ? 'lower' : 'higher',
        normalise: ten,
        label,
        source: 'COINr',
      })),
    })
    const columns = weights.map((row) => row['iCode']!)
    for (const [column, definition] of [
      ['score10', flat('mean')],
      ['score100', flat('mean', 10)],
      ['gscore10', flat('geometric')],
    ] as const) {
      const scores = await score(definition, csv(raw, columns))
      const name = (of: string) => (of === column ? 'T' : columns.includes(of) ? of : null)
      expect(worstError(scores, rows, name), column).toBeLessThan(1e-13)
    }
  })

  // Formulas of COINr's n_zscore, n_rank, n_prank, n_dist2max, n_dist2targ, n_goalposts and n_scaled, on directed values.
  const targets = new Map(meta.map((row) => [row['iCode']!, Number(row['Target'])]))
  const spread = (values: readonly number[]) => {
    const there = values.filter(isThere)
    const mean = there.reduce((a, b) => a + b, 0) / there.length
    const sd = Math.sqrt(there.reduce((a, b) => a + (b - mean) ** 2, 0) / (there.length - 1))
    return { there, mean, sd, min: Math.min(...there), max: Math.max(...there) }
  }
  const rank = (values: readonly number[], x: number) => 1 + values.filter((value) => value < x).length
  const goalposts = new Map(oracleRows('composite/input/goalposts.csv').map((row) => [row['iCode']!, row]))
  const cut = (x: number) => Math.min(1, Math.max(0, x))
  const methods: [
    string,
    (code: string) => Normalise,
    (code: string, values: readonly number[], x: number) => number,
  ][] = [
    ['z', () => ({ method: 'z' }), (_, v, x) => (x - spread(v).mean) / spread(v).sd],
    [
      'z to mean 10, deviation 2',
      () => ({ method: 'z', to: [10, 2] }),
      (_, v, x) => 10 + (2 * (x - spread(v).mean)) / spread(v).sd,
    ],
    ['rank', () => ({ method: 'rank' }), (_, v, x) => rank(v, x)],
    [
      'percentile rank',
      () => ({ method: 'rank', to: [0, 1] }),
      (_, v, x) => (rank(v, x) - 1) / (spread(v).there.length - 1),
    ],
    [
      'distance to the best',
      () => ({ method: 'min-max', to: [0, 1] }),
      (_, v, x) => 1 - (spread(v).max - x) / (spread(v).max - spread(v).min),
    ],
    [
      'distance to target',
      (code) => ({
        method: 'distance',
        to: [0, 1],
        bounds: { mode: 'sample', [lower(code) ? 'min' : 'max']: targets.get(code)! },
      }),
      (code, v, x) =>
        1 -
        ((lower(code) ? -1 : 1) * targets.get(code)! - x) /
          ((lower(code) ? -1 : 1) * targets.get(code)! - spread(v).min),
    ],
    [
      'distance to target, capped',
      (code) => ({
        method: 'distance',
        to: [0, 1],
        clip: true,
        bounds: { mode: 'sample', [lower(code) ? 'min' : 'max']: targets.get(code)! },
      }),
      (code, v, x) =>
        Math.min(
          1,
          1 -
            ((lower(code) ? -1 : 1) * targets.get(code)! - x) /
              ((lower(code) ? -1 : 1) * targets.get(code)! - spread(v).min),
        ),
    ],
    [
      'scaled by fixed ends',
      () => ({ method: 'min-max', to: [0, 100], bounds: { mode: 'fixed', min: -5, max: 50 } }),
      (code, _, x) => (lower(code) ? 100 * (1 - (-x + 5) / 55) : (100 * (x + 5)) / 55),
    ],
    [
      'goalposts from --bounds',
      () => ({ method: 'goalposts', to: [0, 10], bounds: { mode: 'fixed' } }),
      (code, _, x) => {
        const post = goalposts.get(code)!
        const [low, high] = [Number(post['goalpost_lower']), Number(post['goalpost_upper'])]
        return 10 * cut(lower(code) ? (high + x) / (high - low) : (x - low) / (high - low))
      },
    ],
  ]
  it.each(methods)('%s, on every indicator and country', async (name, normalise, formula) => {
    const definition = asemDefinition(ten)
    const own = {
      ...definition,
      indicators: definition.indicators.map((one) => ({ ...one, normalise: normalise(one.code) })),
    }
    const posts = [...goalposts.values()].map(
      (row) => `${row['iCode']},${row['goalpost_lower']},${row['goalpost_upper']}`,
    )
    const bounds = file('bounds.csv', `indicator,min,max\n${posts.join('\n')}\n`)
    const scores = await score(own, data(), ...(name.includes('--bounds') ? ['--bounds', bounds] : []))
    for (const code of indicators) {
      const values = directed(code)
      raw.forEach((row, i) => {
        const got = scores.at(row['uCode']!, code)
        if (!isThere(values[i]!)) expect(got).toBeNull()
        else expect(Math.abs(got! - formula(code, values, values[i]!)), `${code} ${row['uCode']}`).toBeLessThan(1e-9)
      })
    }
  })

  const weighted = new Map(
    oracleRows('composite/input/weights_123.csv').map((row) => [row['iCode']!, Number(row['Weight'])]),
  )
  const norm = new Map(oracleRows('composite/expected/norm_minmax_1_10.csv').map((row) => [row['uCode']!, row]))
  /** The plain recursion over the tree that an aggregation is, from COINr's own normalised values. */
  const total =
    (how: (code: string) => Aggregate, threshold: number) =>
    (unit: string, code: string): number | null => {
      const text = norm.get(unit)![code]
      if (text !== undefined) return text === '' ? null : Number(text)
      const children = meta
        .filter((row) => row['Parent'] === code && row['Type'] !== 'Group')
        .map((row) => row['iCode']!)
      const parts = children
        .map((child) => ({ s: total(how, threshold)(unit, child), w: weighted.get(child) ?? 1 }))
        .filter((part): part is { s: number; w: number } => part.s !== null)
      if (parts.length === 0 || parts.length / children.length < threshold) return null
      const sum = (of: (part: { s: number; w: number }) => number) => parts.reduce((all, part) => all + of(part), 0)
      const weight = sum(({ w }) => w)
      const way = how(code)
      if (way === 'mean') return sum(({ s, w }) => s * w) / weight
      if (way === 'geometric') return Math.exp(sum(({ s, w }) => w * Math.log(s)) / weight)
      if (way === 'harmonic') return weight / sum(({ s, w }) => w / s)
      if (way === 'sum') throw new RangeError('COINr has no sum')
      return (sum(({ s, w }) => w * s ** way.power) / weight) ** (1 / way.power)
    }
  const mixed = (code: string): Aggregate =>
    code === 'Index' ? 'geometric' : ['Conn', 'Sust'].includes(code) ? 'harmonic' : 'mean'
  it.each<[string, (code: string) => Aggregate, number]>([
    ['arithmetic', () => 'mean', 0],
    ['geometric', () => 'geometric', 0],
    ['harmonic', () => 'harmonic', 0],
    ['power 2', () => ({ power: 2 }), 0],
    ['power −3', () => ({ power: -3 }), 0],
    ['another at each level', mixed, 0],
    ['with a data threshold of two thirds', () => 'mean', 2 / 3],
    ['with a data threshold of all', mixed, 1],
  ])('aggregation with weights 1, 2, 3: %s', async (_, how, threshold) => {
    const definition = asemDefinition(ten, weighted)
    const own = {
      ...definition,
      nodes: definition.nodes.map((node) => ({ ...node, aggregate: how(node.code), minShare: threshold })),
    }
    const scores = await score(own, data())
    let missing = 0
    for (const { code } of own.nodes) {
      for (const unit of norm.keys()) {
        const want = total(how, threshold)(unit, code)
        const got = scores.at(unit, code)
        if (want === null) missing += Number(got === null)
        expect(got === null, `${code} ${unit}`).toBe(want === null)
        if (want !== null) expect(relativeError(got!, want)).toBeLessThan(1e-12)
      }
    }
    expect(missing > 0).toBe(threshold > 0)
  })

  it('effective weights of --explain are the products down the tree and add up to one', async () => {
    const scores = await score(asemDefinition(ten, weighted), data(), '--explain')
    const whole = scores.explain.find(({ unit }) => indicators.every((code) => scores.at(unit, code) !== null))!
    const share = (code: string): number => {
      const row = meta.find((one) => one['iCode'] === code)!
      if (row['Parent'] === '') return 1
      const siblings = meta.filter((one) => one['Parent'] === row['Parent'])
      const sum = siblings.reduce((all, one) => all + (weighted.get(one['iCode']!) ?? 1), 0)
      return ((weighted.get(code) ?? 1) / sum) * share(row['Parent']!)
    }
    const leaves = whole.steps.filter(({ kind }) => kind === 'indicator')
    expect(leaves).toHaveLength(49)
    for (const { code, effective } of leaves) expect(effective).toBeCloseTo(share(code), 12)
    expect(leaves.reduce((all, { effective }) => all + effective!, 0)).toBeCloseTo(1, 12)
  })

  it.each(['sample', 'pooled', 'cumulative'] as const)('a panel of five years on %s bounds', async (mode) => {
    const panel = oracleCsv('composite/input/ASEM_panel_physical.csv')
    const codes = ['LPI', 'Flights', 'Ship', 'Bord', 'Elec', 'Gas', 'ConSpeed', 'Cov4G']
    const label = { vi: 'Hạ tầng', en: 'Physical' }
    const definition: IndexDefinition = {
      ...asemDefinition(ten),
      nodes: [{ code: 'Physical', parent: null, aggregate: 'mean', label, source: 'COINr' }],
      indicators: codes.map((code) => ({
        code,
        parent: 'Physical',
        direction: 'higher',
        normalise: { ...ten, bounds: { mode } },
        label,
        source: 'COINr',
      })),
    }
    const scores = await score(definition, csv(panel, codes, [['Time', 'period']]))
    const seen = (row: Row, year: string) =>
      mode === 'pooled' || (mode === 'sample' ? row['Time'] === year : Number(row['Time']) <= Number(year))
    for (const code of codes) {
      for (const year of ['2018', '2020', '2022']) {
        const known = panel
          .filter((row) => seen(row, year) && row[code] !== '' && row[code] !== 'NA')
          .map((row) => Number(row[code]))
        const [min, max] = [Math.min(...known), Math.max(...known)]
        for (const row of panel.filter((one) => one['Time'] === year)) {
          const got = scores.at(row['uCode']!, code, year)
          if (row[code] === '' || row[code] === 'NA') expect(got).toBeNull()
          else expect(got).toBeCloseTo(1 + (9 * (Number(row[code]) - min)) / (max - min), 11)
        }
      }
    }
  })
})
