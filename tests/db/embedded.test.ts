import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findRunning, startEmbedded } from '../../db/embedded.ts'
import { processIdentity, serverProcesses } from '../../db/embedded/process.ts'
import { readPostmaster } from '../../db/embedded/server.ts'
import { type Child, startChild } from '../support/child.ts'
import { until } from '../support/until.ts'

let dataDir = ''
const children: Child[] = []

beforeEach(() => {
  dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'lang-nghe-embedded-')))
})

afterEach(async () => {
  for (const child of children.splice(0)) await child.killGroup()
  for (const pid of serverProcesses(join(dataDir, 'pg'), null)) process.kill(pid, 'SIGKILL')
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 20 })
})

/** Starts another process that owns the data directory, and waits until it does. */
async function holder(): Promise<Child & { ownerUrl: string; url: string }> {
  const child = startChild(process.execPath, ['tests/support/embedded-holder.ts', dataDir])
  children.push(child)
  let ended = false
  void child.ended.then(() => (ended = true))
  const line = await until('start', () =>
    ended ? child.output() : (/^ready (.*)$/m.exec(child.output())?.[1] ?? null),
  )
  if (ended) throw new Error(line)
  return { ...child, ...(JSON.parse(line) as { ownerUrl: string; url: string }) }
}

async function query<T>(url: string, work: (sql: postgres.Sql) => PromiseLike<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

const remember = (url: string): Promise<unknown> =>
  query(url, (sql) => sql`create table kept as select generate_series(1, 1000) as n`)
const recall = async (url: string): Promise<number> =>
  query(url, async (sql) => (await sql<{ n: number }[]>`select count(*)::int as n from kept`)[0]?.n ?? 0)

describe('a start', () => {
  test('on an empty directory makes a UTF-8 database that only this machine reaches, with passwords', async () => {
    const server = await startEmbedded({ dataDir })
    try {
      const [row] = await query(
        server.ownerUrl,
        (sql) => sql`
          select current_setting('server_encoding') as encoding, current_setting('listen_addresses') as addresses,
            current_setting('unix_socket_directories') as sockets, current_setting('fsync') as fsync,
            current_setting('synchronous_commit') as commits, datcollate,
            (select bool_and(auth_method = 'scram-sha-256') from pg_hba_file_rules) as scram
          from pg_database where datname = current_database()`,
      )
      expect(row).toEqual({
        encoding: 'UTF8',
        addresses: '127.0.0.1',
        sockets: '',
        fsync: 'on',
        commits: 'on',
        datcollate: 'C.UTF-8',
        scram: true,
      })
      expect(statSync(dataDir).mode & 0o777).toBe(0o700)
      expect(statSync(join(dataDir, 'embedded.json')).mode & 0o777).toBe(0o600)
    } finally {
      await server.stop()
    }
  })

  test('gives the application a role that row-level security binds', async () => {
    const server = await startEmbedded({ dataDir })
    try {
      const [role] = await query(
        server.url,
        (sql) =>
          sql`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user`,
      )
      expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false })
    } finally {
      await server.stop()
    }
  })

  test('finds what an earlier one stored, at the same address', async () => {
    const first = await startEmbedded({ dataDir })
    await remember(first.ownerUrl)
    await first.stop()
    const second = await startEmbedded({ dataDir })
    expect(await recall(second.ownerUrl)).toBe(1000)
    expect(second.ownerUrl).toBe(first.ownerUrl)
    await second.stop()
  })

  test('takes another port when its own was taken meanwhile', async () => {
    const first = await startEmbedded({ dataDir })
    await first.stop()
    const stranger = createServer().listen(first.port, '127.0.0.1')
    try {
      const second = await startEmbedded({ dataDir })
      expect(second.port).not.toBe(first.port)
      await second.stop()
    } finally {
      stranger.close()
    }
  })

  test('opens the data again after the file with the passwords was lost', async () => {
    const first = await startEmbedded({ dataDir })
    await remember(first.ownerUrl)
    await first.stop()
    rmSync(join(dataDir, 'embedded.json'))
    const second = await startEmbedded({ dataDir })
    expect(await recall(second.ownerUrl)).toBe(1000)
    expect(second.ownerUrl).not.toBe(first.ownerUrl)
    await second.stop()
  })

  test('refuses data of a newer PostgreSQL', async () => {
    await (await startEmbedded({ dataDir })).stop()
    writeFileSync(join(dataDir, 'pg/PG_VERSION'), '99\n')
    await expect(startEmbedded({ dataDir })).rejects.toMatchObject({ code: 'data_dir_too_new' })
  })

  test('refuses a directory that is a file', async () => {
    const file = join(dataDir, 'file')
    writeFileSync(file, '')
    await expect(startEmbedded({ dataDir: file })).rejects.toMatchObject({ code: 'data_dir_not_writable' })
  })
})

describe('a live owner', () => {
  test('is refused a rival, even in the same process, and undisturbed by it', async () => {
    const server = await startEmbedded({ dataDir })
    await remember(server.ownerUrl)
    await expect(startEmbedded({ dataDir })).rejects.toMatchObject({ code: 'data_dir_in_use' })
    expect(await recall(server.ownerUrl)).toBe(1000)
    await server.stop()
  })

  test('in another process is named in one line and exit code 2', async () => {
    const owner = await holder()
    const rival = startChild(process.execPath, ['tests/support/embedded-holder.ts', dataDir])
    children.push(rival)
    expect((await rival.ended).status).toBe(2)
    expect(rival.output().trim().split('\n')).toHaveLength(1)
    expect(rival.output()).toContain(`process ${owner.pid}`)
  })

  test('lets others find its database', async () => {
    const owner = await holder()
    expect(await findRunning(dataDir)).toMatchObject({ url: owner.url, ownerUrl: owner.ownerUrl })
    await owner.end('SIGTERM')
    expect(await findRunning(dataDir)).toBeNull()
  })

  test('that got its pid from a dead one is not mistaken for it', async () => {
    await (await startEmbedded({ dataDir })).stop()
    writeFileSync(join(dataDir, 'owner.json'), JSON.stringify({ pid: process.pid, identity: 'an earlier boot:1' }))
    await (await startEmbedded({ dataDir })).stop()
    expect(existsSync(join(dataDir, 'owner.json'))).toBe(false)
  })
})

describe('after a crash', () => {
  test('of Node the next start takes over from the server it left running', async () => {
    const owner = await holder()
    await remember(owner.ownerUrl)
    await owner.end('SIGKILL')
    const orphan = readPostmaster(dataDir)?.pid ?? 0
    expect(processIdentity(orphan)).not.toBeNull()
    expect(await findRunning(dataDir)).toBeNull()
    const server = await startEmbedded({ dataDir })
    expect(await recall(server.ownerUrl)).toBe(1000)
    expect(processIdentity(orphan)).toBeNull()
    await server.stop()
  })

  test('of Node and PostgreSQL together everything committed is there', async () => {
    const owner = await holder()
    await remember(owner.ownerUrl)
    const postmaster = readPostmaster(dataDir)?.pid ?? 0
    await owner.end('SIGKILL')
    process.kill(postmaster, 'SIGKILL')
    const server = await startEmbedded({ dataDir })
    expect(await recall(server.ownerUrl)).toBe(1000)
    await server.stop()
  })

  test('of PostgreSQL its owner starts it again at the same address', async () => {
    const lines: string[] = []
    const server = await startEmbedded({ dataDir, report: (line) => lines.push(line) })
    await remember(server.ownerUrl)
    process.kill(readPostmaster(dataDir)?.pid ?? 0, 'SIGKILL')
    await until('restart', () => (lines.length > 0 ? true : null))
    expect(lines).toEqual(['The database server died and was started again.'])
    expect(await recall(server.ownerUrl)).toBe(1000)
    await server.stop()
    expect(serverProcesses(join(dataDir, 'pg'), null)).toEqual([])
  })

  test('whose pid file now names a stranger, the stranger is left alone', async () => {
    await (await startEmbedded({ dataDir })).stop()
    const stranger = startChild('sleep', ['600'])
    children.push(stranger)
    const lines = [stranger.pid, join(dataDir, 'pg'), 1, 5432, '', '127.0.0.1', '1 1', 'ready   ', '']
    writeFileSync(join(dataDir, 'pg/postmaster.pid'), lines.join('\n'))
    await (await startEmbedded({ dataDir })).stop()
    expect(processIdentity(stranger.pid)).not.toBeNull()
  })

  test('while the database was being made, it is made anew', async () => {
    const child = startChild(process.execPath, ['tests/support/embedded-holder.ts', dataDir])
    children.push(child)
    await until('initdb', () => (existsSync(join(dataDir, `pg.new-${child.pid}`)) ? true : null))
    await child.end('SIGKILL')
    const server = await startEmbedded({ dataDir })
    await remember(server.ownerUrl)
    await server.stop()
  })
})

test('a process that ends without stopping its server leaves none behind', async () => {
  const script = `import { startEmbedded } from './db/embedded.ts'
    await startEmbedded({ dataDir: ${JSON.stringify(dataDir)} })
    process.exit(0)`
  const child = startChild(process.execPath, ['--input-type=module', '--eval', script])
  children.push(child)
  await child.ended
  await until('shutdown', () => (serverProcesses(join(dataDir, 'pg'), null).length === 0 ? true : null))
})

test('nothing that was submitted reaches the server’s log', async () => {
  const server = await startEmbedded({ dataDir })
  await query(server.ownerUrl, async (sql) => {
    await sql`create table once (secret text primary key)`
    await sql`insert into once values (${'my-secret-token'})`
    await expect(sql`insert into once values (${'my-secret-token'})`.execute()).rejects.toMatchObject({ code: '23505' })
    await expect(sql.unsafe(`select 'my-secret-token'::int`)).rejects.toMatchObject({ code: '22P02' })
  })
  await server.stop()
  const log = readFileSync(join(dataDir, 'postgres.log'), 'utf8')
  expect(log).toContain('ready to accept connections')
  expect(log).not.toContain('my-secret-token')
})

const isRoot = process.getuid?.() === 0

describe.runIf(isRoot && hasProgram('setpriv'))('as root where user namespaces are forbidden', () => {
  test('PostgreSQL runs as another user below a directory that only root may enter', async () => {
    const server = await startEmbedded({ dataDir, launcher: 'setpriv' })
    await remember(server.ownerUrl)
    await server.stop()
    expect(statSync(join(dataDir, 'pg')).uid).not.toBe(0)
    const again = await startEmbedded({ dataDir })
    expect(await recall(again.ownerUrl)).toBe(1000)
    await again.stop()
  })
})

function hasProgram(name: string): boolean {
  try {
    execFileSync(name, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
