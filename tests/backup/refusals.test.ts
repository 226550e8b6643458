import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkFile } from '../../db/backup/compare.ts'
import { RowSum } from '../../db/backup/digest.ts'
import { BackupError } from '../../db/backup/format.ts'
import { isEmpty } from '../../db/backup/empty.ts'
import { restoreBackup } from '../../db/backup/restore.ts'
import { seal } from '../../db/backup/seal.ts'
import { inSession } from '../../db/backup/session.ts'
import { writeBackup } from '../../db/backup/write.ts'
import { appRole } from '../../db/embedded.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { buildWorld, type World } from '../support/world.ts'
import { answerSome } from './load.ts'
import { newDatabase, type NewDatabase, once } from './places.ts'

const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-refusals-'))
const good = join(folder, 'good.lnb')
let database: TestDatabase
let world: World
let target: NewDatabase
let bytes: Buffer
let text: string
let serial = 0

beforeAll(async () => {
  database = await testDatabase('empty')
  // the national units alone are 50,000 rows, which these tests would load again and again
  await once(database.ownerUrl, async (sql) => {
    await sql`insert into tenant (prefix, name) values ('thu', 'Tỉnh thử')`
    await sql`insert into unit (tenant_id, kind) select 1, 'commune' from generate_series(1, 3000)`
    await sql`insert into unit_name (unit_id, tenant_id, name) select id, 1, 'Xã ' || id from unit`
    await sql`insert into "user" values ('u1', 'A', 'a@thu.example', true)`
  })
  await writeBackup({ ownerUrl: database.ownerUrl, file: good, now: new Date(), keys: null })
  bytes = readFileSync(good)
  text = zstdDecompressSync(bytes).toString('utf8')
  target = await newDatabase()
})
afterAll(async () => {
  await target.drop()
  await database.drop()
  rmSync(folder, { recursive: true })
})

const fileOf = (content: Uint8Array): string => {
  const path = join(folder, `${(serial += 1)}.lnb`)
  writeFileSync(path, content)
  return path
}
/** A file with other text in it. @param honest with sums that are right for it, as a forger would write them */
const forged = async (change: (text: string) => string, honest = true): Promise<string> => {
  const changed = change(text)
  expect(changed).not.toBe(text)
  return fileOf(await sealed(zstdCompressSync(honest ? summed(changed) : changed)))
}
const sealed = async (content: Uint8Array): Promise<Buffer> => {
  const pieces: Uint8Array[] = []
  for await (const piece of seal([content])) pieces.push(piece)
  return Buffer.concat(pieces)
}
const restore = (file: string) => restoreBackup({ ownerUrl: target.ownerUrl, file, appRole })
const expectRefused = async (given: string | Promise<string>, code: string | RegExp): Promise<void> => {
  const file = await given
  const refusal = await restore(file).then(
    () => null,
    (error: unknown) => error as { code?: string; message: string },
  )
  expect(refusal?.code).toMatch(code)
  expect(refusal?.message.split('\n')).toHaveLength(1)
  expect(await inSession(target.ownerUrl, 'snapshot', isEmpty)).toBe(true)
}

describe('a file that is not what was written', () => {
  test.each([0, 0.01, 0.3, 0.7, 0.99])('cut after %f of it is refused', async (share) => {
    const file = fileOf(bytes.subarray(0, Math.floor(bytes.length * share)))
    await expectRefused(file, 'cut')
    await expect(checkFile(file)).rejects.toMatchObject({ code: 'cut' })
  })

  test.each([1, 41, 45])('cut by its last %i bytes is refused', (count) =>
    expectRefused(fileOf(bytes.subarray(0, -count)), 'cut'),
  )

  test('whose text ends early, compressed in order, is refused', async () => {
    const lines = text.split('\n')
    for (const kept of [1, 2, 40, lines.length - 3, lines.length - 2])
      await expectRefused(sealed(zstdCompressSync(`${lines.slice(0, kept).join('\n')}\n`)).then(fileOf), 'cut')
  })

  test.each([0.05, 0.5, 0.8, -1, -38, -42])('with one bit changed at %d of it is refused', async (place) => {
    const changed = Buffer.from(bytes)
    const at = place < 0 ? changed.length + place : Math.floor(changed.length * place)
    changed[at] = (changed[at] ?? 0) ^ 4
    await expectRefused(fileOf(changed), /^(damaged|cut|not_a_backup)$/)
  })

  test('with one letter of one row changed is refused', () =>
    expectRefused(
      forged((told) => told.replace('Tỉnh thử', 'Tỉnh thủ'), false),
      'damaged',
    ))

  test('with a row taken out, or twice in it, is refused', async () => {
    const row = /^\d+\t1\tXã \d+\t.*\n/m.exec(text)![0]
    await expectRefused(
      forged((told) => told.replace(row, ''), false),
      'damaged',
    )
    await expectRefused(
      forged((told) => told.replace(row, row + row), false),
      'damaged',
    )
  })

  test('with another header is refused', () =>
    expectRefused(
      forged((told) => told.replace('"createdAt":"20', '"createdAt":"19'), false),
      'damaged',
    ))

  test('with something after its end is refused', () =>
    expectRefused(
      forged((told) => `${told}1\n`, false),
      'damaged',
    ))

  test.each([
    ['another backup', () => bytes],
    ['a letter', () => Buffer.from('x')],
    ['more than is read at once', () => Buffer.alloc(300_000, 7)],
  ])('with %s behind its end is refused', async (_what, more) => {
    const file = fileOf(Buffer.concat([bytes, more()]))
    await expectRefused(file, /^(damaged|cut)$/)
    await expect(checkFile(file)).rejects.toBeInstanceOf(BackupError)
  })

  test('with bytes behind its end that are sealed with it is refused', () =>
    expectRefused(sealed(Buffer.concat([zstdCompressSync(text), Buffer.alloc(300_000, 7)])).then(fileOf), 'damaged'))

  test.each([
    ['text', Buffer.from('id,name\n1,2\n')],
    ['compressed text', zstdCompressSync('id,name\n1,2\n')],
    ['another document', zstdCompressSync('{"a":1}\n')],
    ['a long line', zstdCompressSync('x'.repeat(9_000_000))],
  ])('that is %s is no backup', (_what, content) => expectRefused(fileOf(content), 'not_a_backup'))

  test('of a later format, or a later version of the program, is refused', async () => {
    await expectRefused(
      forged((told) => told.replace('"langNgheBackup":1', '"langNgheBackup":2')),
      'unknown_format',
    )
    await expectRefused(
      forged((told) => told.replace('"migrations":[', '"migrations":["99991231T000000-later",')),
      'newer_schema',
    )
  })
})

describe('a file that was forged with right sums', () => {
  test('brings no table, column or statement of its own', async () => {
    await expectRefused(
      forged((told) =>
        told
          .replace('"name":"account","columns"', '"name":"pg_authid","columns"')
          .replace('{"table":"account"}', '{"table":"pg_authid"}'),
      ),
      'differs',
    )
    await expectRefused(
      forged((told) => told.replace('"columns":["id"', '"columns":["id) from stdin; drop table tenant; --"')),
      'differs',
    )
    await expectRefused(
      forged((told) => told.replace('{"name":"unit_id_seq"', `{"name":"unit_id_seq'; drop table tenant; --"`)),
      'damaged',
    )
  })

  test('whose rows break a foreign key is refused', () =>
    expectRefused(
      forged((told) => told.replace(/^(\d+)\t1\t(Xã \d+)\t/m, '7\t1\t$2\t')),
      '23503',
    ))

  test('whose rows are not of the right type is refused', () =>
    expectRefused(
      forged((told) => told.replace(/^(\d+)\t1\t(Xã \d+)\t/m, 'seven\t1\t$2\t')),
      '22P02',
    ))

  test('with a unique value twice is refused, and the server is not left waiting', () =>
    expectRefused(
      forged((told) => told.replace(/^u1\tA\t.*$/m, (row) => `${row}\n${row}`)),
      '23505',
    ))
})

describe('a database', () => {
  test('that refused every file above takes the right one, and no second one', async () => {
    const report = await restore(good)
    expect(report.rows).toBeGreaterThan(6000)
    const counts = await once(target.ownerUrl, (sql) => sql`select (select count(*) from unit)::int as units`)
    expect(counts[0]).toEqual({ units: 3000 })
    await expect(restore(good)).rejects.toMatchObject({ code: 'not_empty' })
  })

  test('in which somebody answers is not empty', async () => {
    const other = await testDatabase('reference')
    world = await buildWorld(other)
    try {
      await answerSome(world, 1)
      await expect(restoreBackup({ ownerUrl: other.ownerUrl, file: good, appRole })).rejects.toMatchObject({
        code: 'not_empty',
      })
    } finally {
      await world.stop()
      await other.drop()
    }
  })

  test('with tables that are not ours is not empty', async () => {
    const other = await newDatabase()
    try {
      await once(other.ownerUrl, (sql) => sql`create table accounts (id int)`)
      await expect(restoreBackup({ ownerUrl: other.ownerUrl, file: good, appRole })).rejects.toMatchObject({
        code: 'not_empty',
      })
    } finally {
      await other.drop()
    }
  })
})

/** Text with the sums that belong to it. */
function summed(changed: string): string {
  const lines: string[] = []
  let sum: RowSum | null = null
  let rows = 0
  for (const line of changed.split('\n').slice(0, -1)) {
    if (sum === null) {
      if (line.startsWith('{"table"')) sum = new RowSum()
      if (!line.startsWith('{"end"')) lines.push(line)
    } else if (line === '\\.') {
      lines.push(line)
    } else if (line.startsWith('{"rows"')) {
      lines.push(JSON.stringify(sum.sum()))
      rows += sum.sum().rows
      sum = null
    } else {
      sum.row(Buffer.from(line))
      lines.push(line)
    }
  }
  const body = `${lines.join('\n')}\n`
  return `${body}${JSON.stringify({ end: true, rows, sha256: createHash('sha256').update(body).digest('hex') })}\n`
}
