import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { ACCESS } from '../../api/core/access.ts'
import { bytesAllowed } from '../../api/middleware/body.ts'

const root = resolve(import.meta.dirname, '../..')
const handbook = readFileSync(join(root, 'docs/operations.md'), 'utf8')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const nginx = readFileSync(join(root, 'docs/operations/nginx.conf'), 'utf8')
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
  const linked = [
    ...[...readme.matchAll(/\]\(([^):#]+)\)/g)].map(([, path]) => path),
    ...[...handbook.matchAll(/\]\(([^):#]+)\)/g)].map(([, path]) => `docs/${path}`),
  ]
  expect(linked.length).toBeGreaterThan(20)
  const texts = [handbook, readme, readFileSync(join(root, 'docs/operations/lang-nghe-backup.service'), 'utf8')].join(
    '\n',
  )
  const called = all(texts, /\b(docs|api|db|scripts|tests)\/[\w./-]+\.\w+/g)
  expect(called.length).toBeGreaterThan(5)
  expect([...linked, ...called].filter((path) => !existsSync(join(root, path!)))).toEqual([])
})

test('the example of a proxy lets every body through that the platform takes, and none that it refuses', () => {
  const bytes = (text: string): number => {
    const [, number, unit] = /client_max_body_size (\d+)([km]);/.exec(text)!
    return Number(number) * (unit === 'k' ? 1024 : 1024 * 1024)
  }
  const own = [...nginx.matchAll(/location ~ (\S+) \{([^}]*)\}/g)].map(([, pattern, block]) => ({
    pattern: new RegExp(pattern!),
    bytes: bytes(block!),
  }))
  const everywhere = bytes(nginx.replaceAll(/location [^{]*\{[^}]*\}/g, ''))
  const taken = new Map<number, number>()
  for (const { path } of ACCESS.filter(({ method }) => method !== 'GET')) {
    const address = path.replaceAll(/:\w+/g, '1')
    const bound = own.find(({ pattern }) => pattern.test(address))?.bytes ?? everywhere
    taken.set(bound, Math.max(taken.get(bound) ?? 0, bytesAllowed(address)))
    expect({ path, passes: bound >= bytesAllowed(address) }).toEqual({ path, passes: true })
  }
  expect([...taken].map(([bound, most]) => bound - most)).toEqual([0, 0])
})
