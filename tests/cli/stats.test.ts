import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { methods } from '../../api/core/analysis/registry.ts'
import { runCommand } from '../support/cli.ts'

/** No command here reaches a database. */
const nowhere = { url: 'postgres://nobody:x@127.0.0.1:9/none', ownerUrl: 'postgres://nobody:x@127.0.0.1:9/none' }
const run = (...words: string[]) => runCommand(nowhere, ['stats', ...words])
const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-stats-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const shares = file('shares.csv', 'don_vi;x;n\nA;9;10\nB;1;10\n')

describe('an analyst finds a method', () => {
  test('--help lists every method with what it answers', async () => {
    const { status, out } = await run('--help')
    expect(status).toBe(0)
    const lines = out.split('\n')
    for (const { name, summary } of methods)
      expect(
        lines.some((line) => line.startsWith(`  ${name} `) && line.endsWith(` ${summary}`)),
        name,
      ).toBe(true)
  })

  test('every method explains itself: each option with a meaning, its output and its source', async () => {
    for (const { name, options, output, source } of methods) {
      const { status, out } = await run(name, '--help')
      expect(status).toBe(0)
      expect(out).toContain(`Output: ${output}`)
      expect(out).toContain(`Source: ${source}`)
      for (const [option, shape] of Object.entries(options.shape)) {
        expect(out).toContain(`  ${option} `)
        expect((shape as { description?: string }).description, `${name} ${option}`).toBeTruthy()
      }
    }
  })

  test('names are unique', () => {
    expect(new Set(methods.map(({ name }) => name)).size).toBe(methods.length)
  })
})

describe('a method runs on a file', () => {
  test('--json is one document with full digits; options name other columns', async () => {
    const { status, out, err } = await run(
      'share-interval',
      '--data',
      shares,
      '--options',
      '{"unit":"don_vi"}',
      '--json',
    )
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(JSON.parse(out)).toMatchObject({
      conf: 0.95,
      rows: [{ line: 2, unit: 'A', est: 0.9, lo: 0.5958499732047615 }, { unit: 'B' }],
    })
  })

  test('without --json it is a table for a person', async () => {
    const { out } = await run('share-interval', '--data', shares, '--options', '{"unit":"don_vi"}')
    expect(out).toContain('line  unit  x  n   method  est  lo         hi')
    expect(out).toContain('0.59585')
  })

  test('options may lie in a file', async () => {
    const options = file('options.json', '{"conf":0.5}')
    const { out } = await run('share-interval', '--data', shares, '--options', `@${options}`, '--json')
    expect(JSON.parse(out)).toMatchObject({ conf: 0.5 })
  })
})

describe('what cannot be done is told with its place and exit code 2', () => {
  const broken = file('broken.csv', 'x,n\n9,10\n"1,5",10\n7,\nsix,10\n')
  const cases: readonly [string, string[], RegExp][] = [
    ['an unknown method', ['nothing', '--data', shares], /no such method/],
    ['no data', ['share-interval'], /needs --data FILE/],
    ['no file', ['share-interval', '--data', join(folder, 'none.csv')], /There is no file/],
    ['a decimal comma', ['share-interval', '--data', broken], /broken\.csv line 3 column x: decimal_comma/],
    ['text', ['share-interval', '--data', broken], /broken\.csv line 5 column x: not_a_number/],
    [
      'a missing column',
      ['share-interval', '--data', shares, '--options', '{"x":"z"}'],
      /line 1 column z: missing_column/,
    ],
    [
      'an unknown option',
      ['share-interval', '--data', shares, '--options', '{"level":1}'],
      /--options level: unknown_option/,
    ],
    [
      'an option out of range',
      ['share-interval', '--data', shares, '--options', '{"conf":95}'],
      /--options conf: too_big/,
    ],
    ['options that are no JSON', ['share-interval', '--data', shares, '--options', '{conf'], /--options: not_json/],
  ]
  for (const [what, words, message] of cases) {
    test(what, async () => {
      const { status, out, err } = await run(...words)
      expect({ status, out }).toEqual({ status: 2, out: '' })
      expect(err).toMatch(message)
    })
  }
})
