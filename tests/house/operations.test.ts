import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const handbook = readFileSync(join(root, 'docs/operations.md'), 'utf8')
const sources = globSync('{api,db}/**/*.ts', { cwd: root })
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n')
const all = (text: string, pattern: RegExp): string[] => [...new Set(text.match(pattern))]

test('the operators’ handbook tells every setting that the platform reads', () => {
  const read = [...sources.matchAll(/\benv\.([A-Z_]{3,})/g)].map(([, name]) => name)
  // how the machine finds programs, and what the starting script tells the command line
  const ours = new Set(read.filter((name) => name !== 'PATH' && name !== 'LANG_NGHE_CALL'))
  expect(ours.size).toBeGreaterThan(10)
  expect([...ours].filter((name) => !handbook.includes(`\`${name}\``))).toEqual([])
})

test('every metric to alarm on exists', () => {
  const told = all(handbook, /\blang_nghe_[a-z_]+/g)
  expect(told.length).toBeGreaterThan(5)
  const families = new Set(all(sources, /\blang_nghe_[a-z_]+/g))
  expect(told.filter((name) => !families.has(name.replace(/_total$/, '')))).toEqual([])
})

test('every file that the handbook or the README names is there', () => {
  const texts = [handbook, readFileSync(join(root, 'docs/operations/lang-nghe-backup.service'), 'utf8')].join('\n')
  const linked = [...handbook.matchAll(/\]\((operations\/[^)]*)\)/g)].map(([, path]) => `docs/${path}`)
  const called = all(texts, /docs\/operations\/[\w.-]+/g).filter((path) => !path.endsWith('lang-nghe'))
  const there = new Set(globSync('docs/operations{,/*}', { cwd: root }).concat('docs/operations/'))
  expect([...linked, ...called].filter((path) => !there.has(path))).toEqual([])
})
