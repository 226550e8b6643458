import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRecords } from '../../api/core/dossier/read/open.ts'
import { streamInTenant } from '../../api/exports/in-tenant.ts'
import { readTable } from '../../api/core/table/read-table.ts'
import { answeredCampaign, ended } from '../support/answered-campaign.ts'
import { firms, FRAME_DESIGN } from '../support/campaign.ts'
import { runCommand } from '../support/cli.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { readSav } from '../support/read-sav.ts'
import { ENOUGH } from '../support/survey.ts'
import { buildWorld, type World } from '../support/world.ts'
import { callersOf, type Callers } from './callers.ts'

const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-survey-'))
const DESIGN = { ...FRAME_DESIGN, allocation: { kind: 'proportional' as const, total: 60, minimum: 2 } }
const ANSWERED = 40
let database: TestDatabase
let world: World
let callers: Callers
let campaignId: number

/** The first says everything that a cell can be. */
const says = (at: number) => {
  if (at >= ANSWERED) return null
  if (at > 0) return { answers: { ...ENOUGH, P_TYPE: 'limited', I_SHARE: '0', COMMENT: `=1+${at} lời riêng` } }
  return { answers: { ...ENOUGH, E_DONE: 'new', E_DAYS_NEW: 0, L_RISK: { na: true }, I_SHARE: 'over_10' } }
}

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  callers = await callersOf(world)
  const made = await answeredCampaign(world, { input: { design: DESIGN }, lines: firms(200) }, (_, at) => says(at))
  campaignId = made.id
  await ended(world, campaignId)
})
afterAll(async () => {
  await world?.stop()
  await database?.drop()
  rmSync(folder, { recursive: true })
})

const get = (query: string, as: keyof Callers['headers'] = 'administrator') =>
  callers.call(as, 'GET', `/api/campaigns/${campaignId}/export${query}`)
async function bytes(query: string): Promise<Uint8Array> {
  const response = await get(query)
  expect(response.status, await (response.status === 200 ? '' : response.clone().text())).toBe(200)
  return new Uint8Array(await response.arrayBuffer())
}
async function table(query: string): Promise<Record<string, string>[]> {
  const { columns, rows } = await readTable(await bytes(query), 'export')
  return rows.map(({ cells }) => Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ''])))
}

test('a row for each complete answer: codes, design, weights that stand for the frame, and nothing that identifies', async () => {
  const rows = await table('')
  expect(rows).toHaveLength(ANSWERED)
  expect(rows.map(({ row }) => Number(row))).toEqual(Array.from({ length: ANSWERED }, (_, i) => i + 1))
  const sum = rows.reduce((total, { weight }) => total + Number(weight), 0)
  expect(Math.abs(sum - 200)).toBeLessThan(1)
  for (const row of rows)
    expect(Number(row['weight'])).toBeCloseTo(
      Number(row['weight_design']) * Number(row['weight_eligibility']) * Number(row['weight_response']),
      9,
    )
  expect(rows[0]).toMatchObject({ mode: 'web', kept_out: '', frame_3: expect.stringMatching(/\S/) })
  const text = new TextDecoder().decode(await bytes(''))
  expect(/\b09\d{8}\b|Sao Mai|Hoa Phượng|[0-9a-f]{8}-|\d{2}:\d{2}|lời riêng|\bI_SHARE/.exec(text)?.[0]).toBeUndefined()
})

test('zero, "cannot say", left empty and not asked are four different things', async () => {
  const rows = await table('')
  const first = rows.find(({ E_DONE: done }) => done === 'new')
  expect(first).toMatchObject({ E_DAYS_NEW: '0', L_RISK: 'dont_know', P_TYPE: 'skipped', E_DAYS_CHANGE: 'not_asked' })
  const words = (await table('?labels=vi')).find(({ E_DAYS_NEW: days }) => days === '0')
  expect(words).toMatchObject({
    L_RISK: 'không biết / không trả lời',
    P_TYPE: 'được hỏi, để trống',
    E_DAYS_CHANGE: 'không được hỏi',
  })
})

test('a system file has the same cells as numbers, with labels, missing values, measures and the weight', async () => {
  const rows = await table('')
  const sav = readSav(await bytes('?format=sav'))
  expect([sav.cases, sav.rows.length, sav.weight]).toEqual([ANSWERED, ANSWERED, 'weight'])
  expect(sav.columns.map(({ name }) => name)).toEqual(Object.keys(rows[0]!))
  for (const [at, column] of sav.columns.entries()) {
    const [dont, skipped, not] = column.missing
    const codes: Record<string, number | null | undefined> = { dont_know: dont, skipped, not_asked: not, '': null }
    for (const [i, row] of rows.entries()) {
      const [cell = '', number] = [row[column.name], sav.rows[i]?.[at]]
      if (cell in codes) expect(number, column.name).toBe(codes[cell])
      else if (column.values.size === (column.missing.length > 0 ? 3 : 0)) expect(number).toBe(Number(cell))
      else expect(column.values.get(number as number), `${column.name} ${cell}`).toBeTruthy()
    }
  }
  const type = sav.columns.find(({ name }) => name === 'P_TYPE')!
  expect([type.missing, type.values.get(-99), type.label.length > 5]).toEqual([[-97, -98, -99], 'không được hỏi', true])
  expect(sav.columns.find(({ name }) => name === 'E_DAYS_NEW')?.measure).toBe(3)
  const stratum = sav.columns.find(({ name }) => name === 'stratum')!
  expect(new Set(stratum.values.values())).toEqual(new Set(rows.map((row) => row['stratum'])))
})

test('a workbook has the same rows and a codebook', async () => {
  const rows = await table('')
  const records = []
  const { records: read } = await openRecords(await bytes('?format=xlsx'))
  for await (const { cells } of read) records.push(cells)
  expect(records).toHaveLength(ANSWERED + 1)
  expect(records[0]).toEqual(Object.keys(rows[0]!))
  expect(records[1]?.slice(-20).map((cell) => cell ?? '')).toEqual(Object.values(rows[0]!).slice(-20))
})

test('sensitive items leave alone, in an order of their own, and texts too; a formula is none', async () => {
  const rows = await table('?part=sensitive')
  expect(rows).toHaveLength(ANSWERED)
  const columns = Object.keys(rows[0]!)
  expect(columns).toContain('I_SHARE')
  expect(columns.filter((name) => /weight|stratum|row|frame|P_|mode/.test(name))).toEqual([])
  const lines = rows.map((row) => columns.map((column) => row[column]).join())
  expect(rows.filter(({ I_SHARE: share }) => share === 'over_10')).toHaveLength(1)
  // the one that differs stands where its content puts it, not where its answer stands
  expect(lines.filter((line, i) => i > 0 && line !== lines[i - 1]).length).toBeLessThanOrEqual(2)
  const texts = await table('?part=texts')
  expect(texts).toHaveLength(ANSWERED - 1)
  expect(texts.every(({ item, text }) => item === 'COMMENT' && /^'=1\+\d+ lời riêng$/.test(text ?? ''))).toBe(true)
})

test('who took what is in the log; parts that are not there, texts as numbers and other roles are refused', async () => {
  await bytes('?format=sav&part=sensitive')
  const log = (await (
    await callers.call('administrator', 'GET', `/api/campaigns/${campaignId}/events?limit=1`)
  ).json()) as { items: { action: string; by: string; detail: object }[] }
  expect(log.items[0]).toMatchObject({
    action: 'exported',
    by: 'Quản trị',
    detail: { format: 'sav', part: 'sensitive' },
  })
  for (const [query, code] of [
    ['?part=units', 'no_such_part'],
    ['?part=texts&format=sav', 'no_texts'],
  ]) {
    const refused = await get(query ?? '')
    expect([refused.status, await refused.json()]).toMatchObject([422, { issues: [{ code }] }])
  }
  for (const role of ['importer', 'interviewer', 'key'] as const) expect((await get('', role)).status).toBe(403)
  const few = await answeredCampaign(world, { input: { requestId: crypto.randomUUID() } }, (_, at) =>
    at < 12 ? {} : null,
  )
  await ended(world, few.id)
  const refused = await callers.call('administrator', 'GET', `/api/campaigns/${few.id}/export?part=sensitive`)
  expect([refused.status, await refused.json()]).toMatchObject([422, { issues: [{ path: 'part', code: 'too_few' }] }])
})

test('a campaign about several units gives a row for each answer and unit, joined by its number', async () => {
  const { units } = world
  const made = await answeredCampaign(
    world,
    { input: { questionnaire: { code: 'ddci-form', version: 1 } } },
    (_, at) =>
      at > 0
        ? null
        : {
            questionnaire: { code: 'ddci-form', version: 1 },
            answers: {
              WHOM: 'departments',
              DEPARTMENTS: [String(units.SXD), String(units.SNV)],
              [`D_OVERALL@${units.SXD}`]: '4',
              [`D_OVERALL@${units.SNV}`]: { na: true },
            },
          },
  )
  const response = await callers.call('administrator', 'GET', `/api/campaigns/${made.id}/export?part=units`)
  const { columns, rows } = await readTable(new Uint8Array(await response.arrayBuffer()), 'units')
  const cell = (row: number, column: string) => rows[row]?.cells[columns.indexOf(column)]
  expect(rows.map((_, i) => [cell(i, 'row'), cell(i, 'unit'), cell(i, 'D_OVERALL'), cell(i, 'L_OVERALL')])).toEqual([
    ['1', String(units.SXD), '4', 'not_asked'],
    ['1', String(units.SNV), 'dont_know', 'not_asked'],
  ])
})

test('the command line writes the same bytes and tells their hash; the codebook says every column and code', async () => {
  const file = join(folder, 'answers.csv')
  const { status, out, err } = await runCommand(database, [
    'export',
    'survey',
    file,
    '--campaign',
    String(campaignId),
    '--json',
  ])
  expect([status, err]).toEqual([0, ''])
  expect(JSON.parse(out)).toMatchObject({ file, rows: ANSWERED, bytes: readFileSync(file).length })
  expect(new Uint8Array(readFileSync(file))).toEqual(await bytes(''))
  const book = join(folder, 'codebook.csv')
  await runCommand(database, ['export', 'survey', book, '--campaign', String(campaignId), '--part', 'codebook'])
  const { rows, columns } = await readTable(readFileSync(book), 'codebook')
  const named = new Set(rows.map(({ cells }) => `${cells[0]} ${cells[columns.indexOf('column')]}`))
  for (const [part, query] of [
    ['answers', ''],
    ['sensitive', '?part=sensitive'],
  ])
    for (const column of Object.keys((await table(query ?? ''))[0]!)) expect(named).toContain(`${part} ${column}`)
  for (const words of [
    [],
    ['--campaign', 'x'],
    ['--campaign', String(campaignId), '--format', 'doc'],
    ['--campaign', '999999'],
  ])
    expect((await runCommand(database, ['export', 'survey', join(folder, 'no'), ...words])).status).toBe(2)
})

test('a stream that fails breaks off, so that nobody takes it for whole; one whose reader has gone lets its transaction go', async () => {
  const { db } = world.services
  const failing = async function* (): AsyncGenerator<Uint8Array> {
    yield Uint8Array.of(1)
    throw new Error('lost')
  }
  const { body } = await streamInTenant(db, world.tenant.id, async () => ({ head: null, pieces: failing() }))
  await expect(new Response(body).arrayBuffer()).rejects.toThrow('lost')
  await expect(streamInTenant(db, world.tenant.id, () => Promise.reject(new Error('never begun')))).rejects.toThrow(
    'never begun',
  )

  const ended = Promise.withResolvers<void>()
  const endless = async function* (): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield new Uint8Array(1024)
    } finally {
      ended.resolve()
    }
  }
  const gone = await streamInTenant(db, world.tenant.id, async () => ({ head: null, pieces: endless() }))
  const reader = gone.body.getReader()
  await reader.read()
  await reader.cancel()
  await ended.promise
})
