import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readTable } from '../../api/core/table/read-table.ts'
import { runCli } from '../../api/cli/run.ts'
import { startChild } from '../support/child.ts'
import { runCommand } from '../support/cli.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { testSettings } from '../support/settings.ts'
import { buildWorld, type World } from '../support/world.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-export-'))
let database: TestDatabase
let world: World

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  await answered({
    count: 30,
    unit: 'MC-A',
    month: '2026-03',
    answers: { OVERALL: '5', T3: { na: true }, COMMENT: 'kín' },
  })
  await answered({
    count: 12,
    unit: 'MC-B',
    month: '2026-03',
    channel: null,
    answers: { OVERALL: '4', T3: { na: true }, COMMENT: 'kín' },
  })
  // three answers about one procedure, and seven that are alone in their month
  await answered({ count: 3, unit: 'MC-A', month: '2026-03', procedure: '1.009972', answers: { OVERALL: '1' } })
  await answered({ count: 7, unit: 'MC-A', month: '2026-04', answers: { OVERALL: '2' } })
})
afterAll(async () => {
  await world.stop()
  await database.drop()
  rmSync(folder, { recursive: true })
})

interface Answered {
  count: number
  unit: keyof World['units']
  month: string
  procedure?: string
  channel?: string | null
  answers: object
}

/** Answers of an ended month, straight into the table. */
async function answered({
  count,
  unit,
  month,
  procedure = '2.000815',
  channel = 'direct',
  answers,
}: Answered): Promise<void> {
  const { sql, units, tenant } = world
  await sql`
    insert into response (tenant_id, asked_on, id, responsible_unit_id, receiving_unit_id, procedure_id, event, lateness, applicant,
      channel, stream, instrument_id, revision, complete, answers, marks, content_hash, respondent, language, started_at, sent_at,
      received_at, item_ms)
    select ${tenant.id}, ${`${month}-01`}::date + i % 28, gen_random_uuid(), ${units[unit]}, ${units[unit]}, p.id, 'returned', 2,
      'citizen', ${channel}, 'dossier', (select id from instrument where code = 'dossier-rating' order by version desc limit 1), 1,
      true, ${JSON.stringify(answers)}::text::jsonb, '{}', sha256(int4send(i)), 'self', 'vi', now(), now(), now(), '{}'
    from generate_series(1, ${count}::int) i, procedure p where p.tenant_id = ${tenant.id} and p.code = ${procedure}`
}

const run = (...words: string[]) => runCommand(database, words)
const named = (name: string): string => join(folder, name)
async function table(file: string): Promise<Record<string, string>[]> {
  const { columns, rows } = await readTable(readFileSync(file), file)
  return rows.map(({ cells }) => Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ''])))
}
async function* nothing(): AsyncGenerator<string> {}

test('answers leave with month, unit and codes; told is what ten share; a month of seven stays; its size and hash are told', async () => {
  const file = named('answers.csv')
  const { status, out, err } = await run('export', 'responses', file, '--json')
  expect([status, err]).toEqual([0, '7 answers stay: fewer than ten of their month and questionnaire are there.'])
  const bytes = readFileSync(file)
  expect(JSON.parse(out)).toEqual({
    file,
    rows: 45,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    generalised: 33,
    left: 7,
  })
  const rows = await table(file)
  const unit = (name: keyof World['units']) => rows.filter(({ don_vi: id }) => id === String(world.units[name]))
  expect(unit('MC-B')).toHaveLength(12)
  expect(unit('MC-B')[0]).toMatchObject({
    thang: '2026-03',
    nguon: 'dossier',
    doi_tuong: 'citizen',
    loai_don_vi: 'one_stop',
    linh_vuc: 'Chứng thực',
    ma_tthc: '2.000815',
    dung_han: 'on_time',
    kenh_nop: '',
    don_vi_tiep_nhan: String(world.units['MC-B']),
    nguoi_tra_loi: 'self',
    hoan_thanh: 't',
    OVERALL: '4',
    T3: 'na',
    T4: '',
  })
  // three about another procedure would be found; the thirty of their unit hide them, and lose their procedure with them
  expect(unit('MC-A')).toHaveLength(33)
  expect(new Set(unit('MC-A').map((row) => [row['linh_vuc'], row['ma_tthc'], row['dung_han']].join()))).toEqual(
    new Set(['*,*,*']),
  )
})

test('neither free text nor anything by which a person, a dossier or a moment is found leaves', async () => {
  const file = named('plain.csv')
  await run('export', 'responses', file)
  const text = readFileSync(file, 'utf8')
  expect(text).not.toContain('kín')
  expect(text).not.toMatch(/[0-9a-f]{8}-|\d{4}-\d{2}-\d{2}|\d{2}:\d{2}|H31/)
  const header = text.slice(0, text.indexOf('\n'))
  expect(header).not.toMatch(/COMMENT|token|hash|device|language|sent|ask|dossier_id/i)
})

test('of one unit the same rows leave as of all, and a month that has not ended never', async () => {
  const one = named('one.csv')
  await run('export', 'responses', one, '--unit', String(world.units['MC-B']))
  await run('export', 'responses', named('all.csv'))
  const all = readFileSync(named('all.csv'), 'utf8').split('\n')
  const id = `,${world.units['MC-B']},`
  expect(readFileSync(one, 'utf8').split('\n')).toEqual([all[0], ...all.filter((line) => line.includes(id)), ''])
  const now = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 7)
  const refused = await run('export', 'responses', named('now.csv'), '--to', now)
  expect([refused.status, refused.err]).toEqual([2, expect.stringContaining('only months that have ended')])
})

test('words stand in place of codes, with the mark of UTF-8 and semicolons for Excel', async () => {
  const file = named('words.csv')
  expect((await run('export', 'responses', file, '--labels', 'vi', '--bom', '--separator', ';')).status).toBe(0)
  const text = readFileSync(file, 'utf8')
  expect(text.startsWith('\uFEFFthang;nguon;')).toBe(true)
  expect(text).toContain(';công dân;Bộ phận Một cửa;Bộ phận Một cửa phường Phố Hiến;')
  expect(text).toContain('không nhớ / không áp dụng')
})

test('units go out and come in again unchanged; a name that would be a formula is none', async () => {
  const file = named('units.csv')
  expect((await run('export', 'units', file)).status).toBe(0)
  const again = await run('import', 'units', file, '--json')
  expect(again.err).toBe('')
  expect(JSON.parse(again.out)).toMatchObject({ created: 0, updated: 0, rejected: 0, ignoredColumns: ['don_vi'] })
  const { sql, tenant } = world
  await sql`update procedure set name = '=cmd|A1', field = '+1+1' where tenant_id = ${tenant.id} and code = '2.000815'`
  const words = named('formula.csv')
  await run('export', 'responses', words, '--labels', 'vi')
  const [row] = (await table(words)).filter(({ ma_tthc: code }) => code !== '*')
  expect([row?.['ma_tthc'], row?.['linh_vuc']]).toEqual(["'=cmd|A1", "'+1+1"])
  await sql`update procedure set field = 'Chứng thực' where tenant_id = ${tenant.id} and code = '2.000815'`
})

test('a file is never replaced, and wrong words are told', async () => {
  const taken = named('taken.csv')
  writeFileSync(taken, 'kept')
  for (const words of [
    ['responses', taken],
    ['responses', '--json'],
    ['responses', named('x'), '--separator', '|'],
    ['responses', named('x'), '--labels', 'fr'],
    ['responses', named('x'), '--from', '2026-13'],
    ['scores', named('x'), '--of', 'guesses'],
    ['units', join(folder, 'none', 'x')],
  ])
    expect(await run('export', ...words), words.join(' ')).toMatchObject({ status: 2, out: '' })
  expect(readFileSync(taken, 'utf8')).toBe('kept')
  expect(existsSync(named('x'))).toBe(false)
})

test('a reader of standard output is waited for, piece by piece', async () => {
  await answered({ count: 20_000, unit: 'SXD', month: '2026-05', answers: { OVERALL: '3' } })
  let [taking, most, longest, whole] = [0, 0, 0, '']
  const status = await runCli(['export', 'responses'], {
    env: environment(),
    stdin: nothing(),
    out: async (text) => {
      most = Math.max(most, (taking += 1))
      longest = Math.max(longest, text.length)
      whole += text
      await new Promise(setImmediate)
      taking -= 1
    },
    err: () => undefined,
  })
  expect([status, most]).toEqual([0, 1])
  expect(longest).toBeLessThan(1_000_000)
  expect(whole.split('\n')).toHaveLength(1 + 45 + 20_000 + 1)
})

test('a reader that goes, a full disk and a lost database end with an error, and leave no file', async () => {
  const cli = (line: string) =>
    startChild(
      'sh',
      ['-c', line.replace('CLI', '"$0" scripts/run.mjs api/cli.ts export responses'), process.execPath],
      {
        cwd: root,
        env: environment(),
      },
    )
  const [gone, full] = [cli('CLI | head -c 100 > /dev/null'), cli(`ulimit -f 64; CLI '${named('full.csv')}'`)]
  await gone.silent
  expect(gone.output()).toContain('gone before the export was whole')
  expect([(await full.ended).status, full.output()]).toEqual([2, expect.stringContaining('EFBIG')])

  let pieces = 0
  const lost = await runCli(['export', 'responses'], {
    env: environment(),
    stdin: nothing(),
    out: async () => {
      pieces += 1
      if (pieces !== 2) return
      await world.sql`
        select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`
    },
    err: () => undefined,
  })
  expect([pieces < 10, lost]).toEqual([true, 2])
  expect(readdirSync(folder).filter((name) => name.startsWith('full') || name.includes('.part-'))).toEqual([])
})

function environment(): Record<string, string> {
  return { ...testSettings, DATABASE_URL: database.url, MIGRATE_DATABASE_URL: database.ownerUrl }
}
