import { describe, expect, test } from 'vitest'
import { runCommand } from '../support/cli.ts'

/** No command here reaches a database. */
const nowhere = { url: 'postgres://nobody:x@127.0.0.1:9/none', ownerUrl: 'postgres://nobody:x@127.0.0.1:9/none' }
const run = (...words: string[]) => runCommand(nowhere, words)

describe('wrong usage', () => {
  for (const words of [
    [],
    ['nothing'],
    ['import'],
    ['accounts', 'remove'],
    ['import', 'nothing', 'x.csv'],
    ['--json'],
  ]) {
    test(`"${words.join(' ')}" shows what there is on standard error and exits 2`, async () => {
      const { status, out, err } = await run(...words)
      expect({ status, out }).toEqual({ status: 2, out: '' })
      expect(err).toContain('import dossiers FILE')
    })
  }

  const LINES: readonly [words: string[], line: RegExp][] = [
    [['import', 'dossiers'], /^Expected: cli import dossiers FILE/],
    [['import', 'dossiers', 'a.csv', 'b.csv'], /^Expected: cli import dossiers FILE/],
    [['import', 'dossiers', 'a.csv', '--nothing'], /^Unknown option '--nothing'/],
    [['jobs', 'run', 'tally', '--tenant'], /'--tenant <value>' argument missing/],
  ]
  for (const [words, line] of LINES) {
    test(`"${words.join(' ')}" is told in one line`, async () => {
      const { status, out, err } = await run(...words)
      expect({ status, out }).toEqual({ status: 2, out: '' })
      expect(err).toMatch(line)
      expect(err.split('\n')).toHaveLength(1)
    })
  }
})

describe('help', () => {
  test('--help lists every command on standard output', async () => {
    for (const words of [['--help'], ['-h'], ['help']]) {
      const { status, out, err } = await run(...words)
      expect({ status, err }).toEqual({ status: 0, err: '' })
      for (const command of [
        'import units FILE',
        'invitations export',
        'accounts create',
        'keys create',
        'sample remove',
        'jobs run NAME',
      ]) {
        expect(out).toContain(command)
      }
    }
  })

  test('a command’s --help says what it takes, without a database and without its options', async () => {
    const { status, out } = await run('accounts', 'create', '--help')
    expect(status).toBe(0)
    expect(out).toContain('--password-stdin')
    for (const role of ['administrator', 'importer', 'interviewer']) expect(out).toContain(role)
    expect((await run('import', '--help')).out).toContain('import procedures FILE')
  })
})

test('a database that is away is one line without its password', async () => {
  const { status, out, err } = await run('jobs', 'run', 'tally')
  expect({ status, out }).toEqual({ status: 2, out: '' })
  expect(err).toMatch(/^The database of DATABASE_URL cannot be reached/)
  expect(err).not.toContain('nobody')
})

test('a setting that is not valid is one line without its value, before a database is opened', async () => {
  for (const [name, value] of [
    ['PORT', 'abc-1'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['DATABASE_URL', 'garbage'],
    ['MIGRATE_DATABASE_URL', 'https://db.tinh.example/lang_nghe'],
    ['TRUST_PROXY', 'yes'],
    ['DB_CONNECTIONS', '0'],
    ['DB_CONNECTIONS', '2.5'],
    ['METRICS_TOKEN', 'short'],
  ] as const) {
    const { status, err } = await runCommand(nowhere, ['jobs', 'run', 'tally'], { env: { [name]: value } })
    expect({ name, value, status, err }).toEqual({
      name,
      value,
      status: 2,
      err: `Setting ${name} is not valid; see docs/operations.md.`,
    })
  }
})
