import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findRunning, startEmbedded } from '../../db/embedded.ts'
import { liveOwner } from '../../db/embedded/owner-lock.ts'
import { processIdentity, serverProcesses } from '../../db/embedded/process.ts'
import { readPostmaster } from '../../db/embedded/server.ts'
import { quietPort } from '../support/port.ts'
import { untilAnswers } from '../support/child.ts'
import { until } from '../support/until.ts'
import { npmStart, type Platform, spoken } from './platform.ts'

const home = realpathSync(mkdtempSync(join(tmpdir(), 'lang-nghe-operator-')))
/** Data of a platform that was started once and stopped in order. */
const prepared = join(home, 'prepared')
let dataDir = ''
let count = 0
const started: Platform[] = []

async function start(env: Readonly<Record<string, string>> = {}): Promise<Platform> {
  const platform = await npmStart(dataDir, env)
  started.push(platform)
  return platform
}

const databaseProcesses = (): number[] => serverProcesses(join(dataDir, 'pg'), null)
/** The Node that serves; npm stands between it and the test. */
const nodeProcess = (): number => liveOwner(dataDir) ?? 0

/** Rows that the first start's database was given. */
async function keptRows(): Promise<number> {
  const sql = postgres((await findRunning(dataDir))?.ownerUrl ?? '', { max: 1 })
  try {
    const [row] = await sql<{ n: number }[]>`select count(*)::int as n from kept`
    return row?.n ?? 0
  } finally {
    await sql.end()
  }
}

/** A start that must fail: what it said, and how it ended. */
async function refused(env: Readonly<Record<string, string>> = {}): Promise<{ status: number | null; said: string[] }> {
  const platform = await start(env)
  const { status } = await platform.ended
  await platform.silent
  return { status, said: spoken(platform) }
}

function occupy(port: number): Promise<Server> {
  return new Promise((done) => {
    const server = createServer().listen(port, '127.0.0.1', () => done(server))
  })
}

beforeAll(async () => {
  dataDir = prepared
  const platform = await start()
  await platform.healthy
  // a minute passes at a first start; nobody should think that it hangs
  expect(platform.output()).toMatch(/Loading the units of the country and the sample data, once/)
  const running = await findRunning(dataDir)
  const sql = postgres(running?.ownerUrl ?? '', { max: 1 })
  await sql`create table kept as select generate_series(1, 1000) as n`
  await sql.end()
  await platform.end('SIGTERM')
}, 300_000)

beforeEach(() => {
  count += 1
  dataDir = join(home, String(count))
  cpSync(prepared, dataDir, { recursive: true })
})

afterEach(async () => {
  for (const platform of started.splice(0)) await platform.killGroup()
  for (const pid of databaseProcesses()) process.kill(pid, 'SIGKILL')
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 20 })
})

afterAll(() => rmSync(home, { recursive: true, force: true }))

describe('npm start', () => {
  test('finds the data of an earlier start', async () => {
    await (
      await start()
    ).healthy
    expect(await keptRows()).toBe(1000)
  })

  test('is ended by SIGTERM to npm, database and all', async () => {
    const platform = await start()
    await platform.healthy
    const node = nodeProcess()
    await platform.end('SIGTERM')
    await until('end', () => (processIdentity(node) === null ? true : null))
    expect(databaseProcesses()).toEqual([])
    await expect(fetch(platform.origin)).rejects.toThrow()
  })

  test('is ended by Ctrl-C, which a terminal sends to npm and Node at once, database and all', async () => {
    const platform = await start()
    await platform.healthy
    const node = nodeProcess()
    process.kill(-platform.pid, 'SIGINT')
    await platform.ended
    await until('end', () => (processIdentity(node) === null ? true : null))
    expect(databaseProcesses()).toEqual([])
  })

  test('is ended by SIGTERM while it is still starting, database and all', async () => {
    const platform = await start()
    const node = await until('start', () => liveOwner(dataDir))
    await platform.end('SIGTERM')
    await until('end', () => (processIdentity(node) === null ? true : null))
    await until('end of the database', () => (databaseProcesses().length === 0 ? true : null))
  })

  test('prints no warning of Node and no secret of the database', async () => {
    const platform = await start()
    await platform.healthy
    expect(platform.output()).not.toMatch(/Warning|postgres:\/\//)
  })
})

describe('after a crash', () => {
  test('of Node, whose database is left running, the next start serves what was committed', async () => {
    const first = await start()
    await first.healthy
    process.kill(nodeProcess(), 'SIGKILL')
    await first.ended
    expect(databaseProcesses()).not.toEqual([])
    await (
      await start()
    ).healthy
    expect(await keptRows()).toBe(1000)
  })

  test('of the database the running platform becomes healthy again by itself', async () => {
    const platform = await start()
    await platform.healthy
    const crashed = readPostmaster(dataDir)?.pid ?? 0
    process.kill(crashed, 'SIGKILL')
    await until('restart', () => {
      const now = readPostmaster(dataDir)
      return now !== null && now.pid !== crashed && now.ready ? true : null
    })
    await untilAnswers(`${platform.origin}/api/health`, platform)
    expect(await keptRows()).toBe(1000)
  })

  test('of both the next start recovers', async () => {
    const first = await start()
    await first.healthy
    const postmaster = readPostmaster(dataDir)?.pid ?? 0
    process.kill(nodeProcess(), 'SIGKILL')
    process.kill(postmaster, 'SIGKILL')
    await first.ended
    await (
      await start()
    ).healthy
    expect(await keptRows()).toBe(1000)
  })
})

describe('npm start says in one line, with exit code 2,', () => {
  test('that its port is in use', async () => {
    const port = await quietPort()
    const stranger = await occupy(port)
    const { status, said } = await refused({ PORT: String(port) })
    stranger.close()
    expect(said).toEqual([expect.stringContaining(String(port))])
    expect(status).toBe(2)
    expect(databaseProcesses()).toEqual([])
  })

  test('that its data directory belongs to a live process, which goes on undisturbed', async () => {
    const owner = await startEmbedded({ dataDir })
    const { status, said } = await refused()
    expect(said).toEqual([expect.stringContaining(`process ${process.pid}`)])
    expect(status).toBe(2)
    expect(await keptRows()).toBe(1000)
    await owner.stop()
  })

  test('that the database of DATABASE_URL cannot be reached, without the password', async () => {
    const url = `postgres://somebody:my-secret@127.0.0.1:${await quietPort()}/nowhere`
    const { status, said } = await refused({ DATABASE_URL: url })
    expect(said).toEqual([expect.stringContaining('DATABASE_URL')])
    expect(said.join()).not.toContain('my-secret')
    expect(status).toBe(2)
  })

  test('that a setting is not valid, without its value, and makes nothing', async () => {
    const never = join(home, 'never')
    const { status, said } = await refused({ DATA_DIR: never, DB_CONNECTIONS: '0' })
    expect(said).toEqual(['Setting DB_CONNECTIONS is not valid; see docs/operations.md.'])
    expect(status).toBe(2)
    expect(existsSync(never)).toBe(false)
  })

  test('that the data was made by a newer PostgreSQL', async () => {
    writeFileSync(join(dataDir, 'pg/PG_VERSION'), '99\n')
    const { status, said } = await refused()
    expect(said).toEqual([expect.stringContaining('PostgreSQL 99')])
    expect(status).toBe(2)
  })

  test('that the data was made by a newer version of the platform', async () => {
    const server = await startEmbedded({ dataDir })
    const sql = postgres(server.ownerUrl, { max: 1 })
    await sql`insert into kysely_migration (name, timestamp) values ('99991231T000000-later', '')`
    await sql.end()
    await server.stop()
    const { status, said } = await refused()
    expect(said).toEqual([expect.stringContaining('newer')])
    expect(status).toBe(2)
    expect(databaseProcesses()).toEqual([])
  })

  test('that the data directory cannot be made', async () => {
    mkdirSync(home, { recursive: true })
    writeFileSync(join(home, 'file'), '')
    const { status, said } = await refused({ DATA_DIR: join(home, 'file/below') })
    expect(said).toHaveLength(1)
    expect(status).toBe(2)
  })
})
