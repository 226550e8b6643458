import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { placeKeys } from '../../api/node/keys.ts'
import { isEmpty } from '../../db/backup/empty.ts'
import { inSession } from '../../db/backup/session.ts'
import { GRANT_LOCK, migrateToLatest } from '../../db/migrate.ts'
import { runCommand } from '../support/cli.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { testSettings } from '../support/settings.ts'
import { until } from '../support/until.ts'
import { buildWorld, type World } from '../support/world.ts'
import { answerSome } from './load.ts'
import { newDatabase, type NewDatabase, once } from './places.ts'

const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-cli-backup-'))
const file = join(folder, 'whole.lnb')
let database: TestDatabase
let world: World
const places: NewDatabase[] = []

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  await answerSome(world, 5)
})
afterEach(async () => {
  for (const place of places.splice(0)) await place.drop()
})
afterAll(async () => {
  await world.stop()
  await database.drop()
  rmSync(folder, { recursive: true })
})

const run = (words: string[], urls: { url: string; ownerUrl: string } = database, env: Record<string, string> = {}) =>
  runCommand(urls, words, { env: { DATA_DIR: join(folder, 'data'), ...env } })
const place = async (): Promise<NewDatabase> => {
  const made = await newDatabase()
  places.push(made)
  return made
}
const carried = join(folder, 'carried.lnb')
const OLD_HOUSE = { TOKEN_KEYS: `1:${'B'.repeat(43)}`, AUTH_SECRET: 'of the old house, long enough to be one' }
const NEW_HOUSE = JSON.stringify({
  TOKEN_KEYS: `1:${'C'.repeat(43)}`,
  AUTH_SECRET: 'of the new house, long enough to be one',
})
/** Without keys in the environment, so that those of the data directory count. */
const NO_KEYS = { TOKEN_KEYS: '', AUTH_SECRET: '' }

test('a backup is written, found whole, restored, and found the same; every step says so', async () => {
  const made = await run(['backup', file, '--json'])
  expect(made.status).toBe(0)
  expect(JSON.parse(made.out)).toMatchObject({ file, keys: true, migration: expect.stringMatching(/^\d{8}T/) })
  expect(statSync(file).mode & 0o777).toBe(0o600)

  const whole = await run(['verify', file])
  expect([whole.status, whole.out]).toEqual([
    0,
    expect.stringMatching(/is whole: \d+ rows of \d+ tables .*keys included/),
  ])

  const target = await place()
  const back = await run(['restore', file], target)
  expect([back.status, back.out]).toEqual([0, expect.stringContaining('equal the backup')])
  const same = await run(['verify', file, '--database'], target)
  expect([same.status, same.out]).toEqual([0, expect.stringContaining('ok      rows_unlike_backup')])
  const sound = await run(['verify', '--json'], target)
  const { rows } = JSON.parse((await run(['verify', file, '--json'])).out) as { rows: number }
  expect([sound.status, JSON.parse(sound.out)]).toMatchObject([0, { ok: true, rows, empty: false }])

  await once(target.ownerUrl, (sql) => sql`update dossier set code = code || 'x' where id = 1`)
  const other = await run(['verify', file, '--database'], target)
  expect([other.status, other.out]).toEqual([1, expect.stringMatching(/WRONG   rows_unlike_backup: dossier 1/)])
})

test('a backup never replaces a file, and restoring into a database in use is refused, in one line each', async () => {
  const taken = join(folder, 'taken')
  writeFileSync(taken, 'kept')
  for (const words of [
    ['backup', taken],
    ['restore', file],
    ['restore', taken],
    ['verify', taken],
    ['verify', join(folder, 'none')],
    ['verify', folder],
  ]) {
    const { status, out, err } = await run(
      words,
      words[1] === taken && words[0] === 'restore' ? await place() : database,
    )
    expect([words, status, out, err.split('\n').length]).toEqual([words, 2, '', 1])
    expect(err).toMatch(words[1] === file ? /not empty/ : words[1]!)
  }
  expect(readFileSync(taken, 'utf8')).toBe('kept')
})

test('keys of the data directory travel with the backup, and other ones there are kept aside', async () => {
  const [from, to] = [join(folder, 'from'), join(folder, 'to')]
  for (const dir of [from, to]) rmSync(dir, { recursive: true, force: true })
  mkdirSync(from)
  mkdirSync(to)
  writeFileSync(join(from, 'app-secrets.json'), JSON.stringify(OLD_HOUSE))
  writeFileSync(join(to, 'app-secrets.json'), NEW_HOUSE)
  expect((await run(['backup', carried], database, { ...NO_KEYS, DATA_DIR: from })).status).toBe(0)
  const back = await run(['restore', carried, '--json'], await place(), { ...NO_KEYS, DATA_DIR: to })
  expect([back.status, JSON.parse(back.out)]).toMatchObject([0, { keys: 'restored' }])
  expect(back.out).not.toContain('BBBB')
  expect(JSON.parse(readFileSync(join(to, 'app-secrets.json'), 'utf8'))).toEqual(OLD_HOUSE)
  expect(statSync(join(to, 'app-secrets.json')).mode & 0o777).toBe(0o600)
  const aside = readdirSync(to).find((name) => name.includes('before-restore'))
  expect(readFileSync(join(to, aside!), 'utf8')).toBe(NEW_HOUSE)
})

test('whoever starts on restored rows has their keys from the first moment, and a restore that fails leaves neither', async () => {
  const to = join(folder, 'killed')
  const file = join(to, 'app-secrets.json')
  mkdirSync(to)
  writeFileSync(file, NEW_HOUSE)
  const target = await place()
  const restore = () => run(['restore', carried], target, { ...NO_KEYS, DATA_DIR: to })
  await migrateToLatest(target.ownerUrl)
  await once(target.ownerUrl, async (sql) => {
    // fails at the commit itself, after everything was loaded and compared
    await sql`create schema late`
    await sql`create table late.once (n int unique deferrable initially deferred)`
    await sql.unsafe(
      `create function late.again() returns event_trigger language plpgsql as $$ begin insert into late.once values (1); end $$`,
    )
    await sql`create event trigger late on ddl_command_end when tag in ('ALTER TABLE') execute function late.again()`
    expect(await restore()).toMatchObject({ status: 2, err: expect.stringContaining('(23505, once_n_key)') })
    expect(await inSession(target.ownerUrl, 'snapshot', isEmpty)).toBe(true)
    expect(await run(['verify'], target)).toMatchObject({
      status: 0,
      out: expect.stringContaining('The database is empty'),
    })
    expect([readdirSync(to), readFileSync(file, 'utf8')]).toEqual([['app-secrets.json'], NEW_HOUSE])

    // stops where the rows have just become visible, as a power cut would
    await sql`drop event trigger late`
    await sql`select pg_advisory_lock(${GRANT_LOCK})`
    const restoring = restore()
    await until('wait', async () => {
      const waiting =
        await sql`select from pg_locks where locktype = 'advisory' and objid = ${GRANT_LOCK} and not granted`
      return waiting.length > 0 ? true : null
    })
    expect(await inSession(target.ownerUrl, 'snapshot', isEmpty)).toBe(false)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(OLD_HOUSE)
    await sql`select pg_advisory_unlock(${GRANT_LOCK})`
    expect(await restoring).toMatchObject({ status: 0 })
  })
})

test('a copy without keys holds none, and says what is missing when it is restored', async () => {
  const copy = join(folder, 'copy.lnb')
  expect((await run(['backup', copy, '--without-keys'])).out).toContain('keys left out')
  const back = await run(['restore', copy], await place(), { ...NO_KEYS, DATA_DIR: join(folder, 'nowhere') })
  expect([back.status, back.out]).toEqual([0, expect.stringContaining('The backup has no keys')])
  expect(existsSync(join(folder, 'nowhere', 'app-secrets.json'))).toBe(false)
  expect(placeKeys(NO_KEYS, join(folder, 'from'), null).outcome).toBe('kept')
})

test('other keys in the environment are told, because printed links would not open', async () => {
  const target = await place()
  const env = { TOKEN_KEYS: `1:${'D'.repeat(43)}`, AUTH_SECRET: testSettings.AUTH_SECRET }
  const back = await run(['restore', file, '--json'], target, env)
  expect(JSON.parse(back.out)).toMatchObject({ keys: 'environment_differs' })
  const checked = await run(['verify'], target, env)
  expect([checked.status, checked.out]).toEqual([
    1,
    expect.stringMatching(/WRONG   links_not_of_these_keys: tenant \d+ /),
  ])
})
