import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Estimate } from '../../api/core/stats/estimate.ts'
import { seeded } from '../core/stats/seeded.ts'
import { flatIndex } from '../core/index/small.ts'
import { runCommand } from '../support/cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-index-estimate-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const run = (...words: string[]) => runCommand({ url: 'postgres://nowhere', ownerUrl: 'postgres://nowhere' }, words)

const item = (statistic: 'mean' | 'share' | 'median') => ({ instrument: 'test', item: 'Q', statistic })
const to: [number, number] = [1, 10]
const bounds = { mode: 'fixed' as const, min: 0, max: 1 }
const definition = file(
  'index.json',
  JSON.stringify({
    ...flatIndex({
      A: { from: item('share'), normalise: { method: 'min-max', to, bounds } },
      M: {
        from: item('median'),
        range: [1, 5],
        normalise: { method: 'min-max', to, bounds: { ...bounds, min: 1, max: 5 } },
      },
      H: { from: { hard: 'h' }, normalise: { method: 'min-max', to, bounds: { ...bounds, max: 100 } } },
    }),
  }),
)
const random = seeded(5)
const rows = Array.from({ length: 240 }, (_, i) => {
  const unit = i % 2 === 0 ? 'Sở Y tế' : 'Sở Công Thương'
  return [unit, i % 40, 1 + (i % 3), Number(random() < 0.7), 1 + Math.floor(5 * random())].join(',')
})
const answers = file('answers.csv', `unit,cluster,weight,A,M\n${rows.join('\n')}\n`)
const hard = file('hard.csv', 'unit,H\nSở Y tế,40\nSở Công Thương,60\n')
type Row = { unit: string; code: string; delta: Estimate | null; bootstrap: Estimate | null }
const estimate = async (...more: string[]) => {
  const words = ['index', 'estimate', '--definition', definition, '--answers', answers, '--data', hard, '--json']
  const { status, out, err } = await run(...words, ...more)
  expect({ status, err }).toEqual({ status: 0, err: '' })
  return JSON.parse(out) as { replicates: number; estimates: Row[] }
}

describe('an analyst estimates an index from answers', () => {
  test('a node over a median has an interval by bootstrap, the same for the same seed', async () => {
    const [first, again, other] = await Promise.all([
      estimate('--seed', '3'),
      estimate('--seed', '3'),
      estimate('--seed', '4'),
    ])
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
    expect(first.estimates).toHaveLength(8)
    const root = first.estimates[0]!
    expect(root.delta).toBeNull()
    expect(root.bootstrap).toMatchObject({ method: 'bootstrap', suppressed: null, n: 120 })
    expect(root.bootstrap!.lo!).toBeLessThan(root.bootstrap!.est!)
    expect(root.bootstrap!.hi!).toBeGreaterThan(root.bootstrap!.est!)
    const share = first.estimates.find(({ code }) => code === 'A')!
    expect(share.delta!.est).toBeGreaterThan(1)
    expect(first.estimates.find(({ code }) => code === 'H')!.delta).toMatchObject({ method: 'known', est: 4.6 })
  })

  test('where both methods serve they agree', async () => {
    const two = flatIndex({
      A: { from: item('share'), normalise: { method: 'min-max', to, bounds } },
      H: { from: { hard: 'h' }, normalise: { method: 'min-max', to, bounds: { ...bounds, max: 100 } } },
    })
    const path = file('two.json', JSON.stringify(two))
    const { out } = await run('index', 'estimate', '--definition', path, '--answers', answers, '--data', hard, '--json')
    const [root] = (JSON.parse(out) as { estimates: Row[] }).estimates
    expect(root!.bootstrap!.est).toBeCloseTo(root!.delta!.est!, 10)
    expect(Math.abs(root!.bootstrap!.se! / root!.delta!.se! - 1)).toBeLessThan(0.1)
  })

  test('without replicates nothing is drawn; what the delta method gives stays', async () => {
    const { estimates, replicates } = await estimate('--replicates', '0')
    expect(replicates).toBe(0)
    expect(estimates.every(({ bootstrap }) => bootstrap === null)).toBe(true)
    expect(estimates.filter(({ delta }) => delta !== null).map(({ code }) => code)).toEqual(['A', 'H', 'A', 'H'])
  })

  test.each([
    ['a share that is none', 'unit,A\nX,1\nX,2\n', 'line 3 column A: outside_range'],
    ['a weight of zero', 'unit,weight,A\nX,0,1\n', 'line 2 column weight: not_positive'],
    ['no unit', 'unit,A\n,1\n', 'line 2 column unit: missing_value'],
    ['nothing known', 'unit,Z\nX,1\n', 'line 1: no_known_indicator'],
  ])('%s is refused by its place', async (_, text, message) => {
    const { status, err } = await run(
      'index',
      'estimate',
      '--definition',
      definition,
      '--answers',
      file('bad.csv', text),
    )
    expect(status).not.toBe(0)
    expect(err).toContain(message)
  })

  test.each(['199', '1e9', '-5', '20001'])('--replicates %s is refused', async (given) => {
    const words = ['index', 'estimate', '--definition', definition, '--answers', answers]
    const { status, err } = await run(...words, `--replicates=${given}`)
    expect(status).toBe(2)
    expect(err).toContain('--replicates')
  })
})
