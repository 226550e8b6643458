import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isDossierCode, isProcedureCode } from '../../api/core/dossier/code.ts'
import { eventsOf } from '../../api/core/dossier/events.ts'
import { lateness } from '../../api/core/dossier/lateness.ts'
import { checkAnswers, toMarks, type Answers } from '../../api/core/instrument/answers.ts'
import { pairItems, pairMark } from '../../api/core/instrument/pairs.ts'
import { parseInstrument } from '../../api/core/instrument/validate.ts'
import { createDatabase, type Database } from '../../db/client.ts'
import { appendChanges, rebuildWaitingCells } from '../../db/queries/tallies.ts'
import { seedReference } from '../../db/seed.ts'
import dossierRating from '../../db/seeds/instruments/dossier-rating/1.json' with { type: 'json' }
import { loadSample, type LoadedSample } from '../../db/seeds/sample/load.ts'
import { SAMPLE_PROCEDURES } from '../../db/seeds/sample/procedures.ts'
import { removeSample } from '../../db/seeds/sample/remove.ts'
import { DEFAULT_DOSSIERS, simulateCells } from '../../db/seeds/sample/simulate.ts'
import { SAMPLE_UNITS } from '../../db/seeds/sample/units.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'

const NOW = new Date('2026-10-20T03:00:00Z')
const definition = parseInstrument(dossierRating)

let database: TestDatabase
let db: Database
let sample: LoadedSample

beforeAll(async () => {
  database = await testDatabase()
  await seedReference(database.ownerUrl, { tenant: false })
  db = createDatabase(database.url, { max: 2 })
  sample = await loadSample(db, { now: NOW, responses: 5000, seed: 7 })
})

afterAll(async () => {
  await db.close()
  await database.drop()
})

/** One text for the contents of a table of the sample, whatever its ids are. */
async function fingerprint(columns: string, table: string): Promise<string> {
  const { rows } = await db.withTenant(sample.tenantId, (trx) =>
    sql<{ print: string }>`
      select md5(coalesce(string_agg(row::text, '|' order by row::text), '')) as print
      from (select row(${sql.raw(columns)}) as row from ${sql.table(table)} where tenant_id = ${sample.tenantId}) r`.execute(
      trx,
    ),
  )
  return rows[0]!.print
}

const DOSSIER_PRINT =
  'code, received_at, due_at, returned_at, refused_at, withdrawn_at, supplement_at, status, lateness, channel'
const RESPONSE_PRINT = 'asked_on, id, answers, marks, event, lateness, applicant, item_ms, received_at'

describe('the stored sample', () => {
  test('has about as many answers as were asked for', () => {
    expect(sample.loaded).toBe(true)
    expect(Math.abs(sample.responses - 5000)).toBeLessThan(200)
  })

  test('is loaded once: a second load changes nothing', async () => {
    const before = await fingerprint(RESPONSE_PRINT, 'response')
    const again = await loadSample(db, { now: NOW, responses: 5000, seed: 8 })
    expect(again).toMatchObject({ tenantId: sample.tenantId, loaded: false })
    expect(await fingerprint(RESPONSE_PRINT, 'response')).toBe(before)
  })

  test('keeps both grammars of dossier codes, and Thái Bình’s dossiers with its former units', async () => {
    const rows = await db.withTenant(sample.tenantId, (trx) =>
      trx
        .selectFrom('dossier')
        .innerJoin('unit_code', 'unit_code.unit_id', 'dossier.responsible_unit_id')
        .innerJoin('unit', 'unit.id', 'dossier.responsible_unit_id')
        .select(['dossier.code', 'received_on', 'unit_code.code as prefix', 'unit.valid_to'])
        .where('unit_code.system', '=', 'h')
        .where((eb) => eb('dossier.code', 'like', sql<string>`unit_code.code || '-%'`))
        .execute(),
    )
    expect(rows).toHaveLength(sample.dossiers)
    for (const row of rows) {
      expect(isDossierCode(row.code)).toBe(true)
      expect(/^\d{3}\./.test(row.code)).toBe(row.received_on < '2025-07-01')
      if (row.prefix.endsWith('H54')) expect(row.valid_to).toBe('2025-07-01')
    }
    expect(rows.filter((row) => row.prefix.endsWith('H54')).length).toBeGreaterThan(500)
  })

  test('says of every dossier and event what the rules say', async () => {
    const { dossiers, events } = await db.withTenant(sample.tenantId, async (trx) => ({
      dossiers: await trx.selectFrom('dossier').selectAll().execute(),
      events: await trx.selectFrom('dossier_event').select(['dossier_id', 'type', 'at']).orderBy('at').execute(),
    }))
    const byDossier = Map.groupBy(events, (event) => event.dossier_id)
    for (const row of dossiers) {
      const iso = (at: Date | null) => at?.toISOString() ?? null
      const dates = {
        status: row.status,
        receivedAt: row.received_at.toISOString(),
        supplementAt: iso(row.supplement_at),
        returnedAt: iso(row.returned_at),
        refusedAt: iso(row.refused_at),
        withdrawnAt: iso(row.withdrawn_at),
      }
      const expected = eventsOf(dates)
      expect(byDossier.get(row.id)?.map((e) => ({ type: e.type, n: 1, at: e.at.toISOString() }))).toEqual(expected)
      const outcome = dates.returnedAt ?? dates.refusedAt ?? dates.withdrawnAt
      expect(row.lateness).toBe(lateness(iso(row.due_at), outcome))
      expect(row.received_at <= NOW && (outcome === null || outcome <= NOW.toISOString())).toBe(true)
    }
  })

  test('holds only answers that the rating page could have sent, with the marks it would have made', async () => {
    const rows = await db.withTenant(sample.tenantId, (trx) =>
      trx.selectFrom('response').select(['applicant', 'answers', 'marks']).execute(),
    )
    const pairs = pairItems(definition)
    for (const { applicant, answers, marks } of rows) {
      expect(checkAnswers(definition, applicant, answers)).toEqual([])
      const expected: Record<string, number | 'na'> = toMarks(definition, answers as Answers)
      for (const pair of pairs) {
        const mark = pairMark(pair, expected)
        if (mark !== null) expected[pair.code] = mark
      }
      expect(marks).toEqual(expected)
    }
  })

  test('asks everyone whose dossier was returned or refused, once, and answers each ask at most once', async () => {
    const { rows } = await db.withTenant(sample.tenantId, (trx) =>
      sql<{ outcomes: number; asks: number; answered: number; open_late: number; hashes: number }>`
        select (select count(*)::int from dossier where status in ('returned', 'refused')) as outcomes,
          (select count(*)::int from ask) as asks,
          (select count(*)::int from ask where state in ('partial', 'complete')) as answered,
          (select count(*)::int from dossier where outcome_on is null and due_at < ${NOW}) as open_late,
          (select count(*)::int from ask where token_hash is not null) as hashes`.execute(trx),
    )
    expect(rows[0]).toMatchObject({ answered: sample.responses, hashes: 0 })
    expect(rows[0]!.asks).toBe(rows[0]!.outcomes)
    expect(rows[0]!.open_late).toBeGreaterThan(0)
  })

  test('has the tallies that rebuilding every cell from rows gives', async () => {
    const columns = 'unit_id, month, procedure_id, item, main, event, lateness, applicant, c0, c1, c2, c3, c4, na'
    const before = await fingerprint(columns, 'tally')
    await db.withTenant(sample.tenantId, async (trx) => {
      const cells = await trx.selectFrom('tally').select(['unit_id', 'month', 'procedure_id']).distinct().execute()
      await appendChanges(
        trx,
        sample.tenantId,
        cells.map((cell) => ({ unitId: cell.unit_id, month: cell.month, procedureId: cell.procedure_id })),
      )
      await trx.deleteFrom('tally').execute()
      expect(await rebuildWaitingCells(trx, sample.tenantId, 100_000)).toHaveLength(cells.length)
    })
    expect(await fingerprint(columns, 'tally')).toBe(before)
  })

  test('counts what the simulation counts without a database', async () => {
    const body = await db.withTenant(sample.tenantId, (trx) =>
      trx
        .selectFrom('dossier')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .where('received_on', '<=', '2026-06-30')
        .executeTakeFirstOrThrow(),
    )
    const cells = simulateCells(7, body.n / DEFAULT_DOSSIERS, { from: '2025-01', to: '2025-12' })
    const { rows } = await db.withTenant(sample.tenantId, (trx) =>
      sql<{ key: string; counts: number[]; na: number }>`
        select concat_ws(' ', c.code, p.code, t.item) as key, sum(t.na)::int as na,
          array[sum(c0), sum(c1), sum(c2), sum(c3), sum(c4)]::int[] as counts
        from tally t join unit_code c on c.unit_id = t.unit_id and c.system = 'own'
          join procedure p on p.tenant_id = t.tenant_id and p.id = t.procedure_id
        where t.main and t.month < '2026-01-01' and t.item not like '@%' and t.item not like '%*%'
        group by 1`.execute(trx),
    )
    const own = new Map(SAMPLE_UNITS.map((unit) => [unit.key, unit.own]))
    const simulated = cells.map(({ unit, procedure, item, na, options }) => ({
      key: `${own.get(unit)} ${procedure} ${item}`,
      counts: [...options, 0, 0, 0, 0, 0].slice(0, 5),
      na,
    }))
    const order = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1)
    expect(rows.toSorted(order)).toEqual(simulated.toSorted(order))
  })

  test('is seen by its own tenant only', async () => {
    const seen = await db.withTenant(sample.tenantId + 1000, (trx) =>
      sql<{ n: number }>`
        select (select count(*) from dossier) + (select count(*) from response) + (select count(*) from tally) as n`.execute(
        trx,
      ),
    )
    expect(Number(seen.rows[0]!.n)).toBe(0)
  })
})

test('procedures without a public code are marked as invented, in code and name', () => {
  for (const { code, name } of SAMPLE_PROCEDURES) {
    expect(isProcedureCode(code)).toBe(true)
    expect(name.endsWith('(mã mẫu)')).toBe(code.startsWith('9.'))
  }
  expect(new Set(SAMPLE_PROCEDURES.map(({ code }) => code)).size).toBe(SAMPLE_PROCEDURES.length)
})

describe('removing and loading again', () => {
  test('removes everything of the sample and nothing of another tenant; the same seed then gives the same rows', async () => {
    const other = await db.shared
      .insertInto('tenant')
      .values({ prefix: 'oth', name: 'Khác' })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db.withTenant(other.id, (trx) =>
      trx
        .insertInto('unit')
        .values({ tenant_id: other.id, kind: 'centre', parent_id: null, valid_from: null, valid_to: null })
        .execute(),
    )
    const before = [await fingerprint(DOSSIER_PRINT, 'dossier'), await fingerprint(RESPONSE_PRINT, 'response')]
    const former = sample.tenantId
    expect(await removeSample(db)).toBe(true)
    expect(await removeSample(db)).toBe(false)
    for (const table of [
      'unit',
      'unit_code',
      'procedure',
      'dossier',
      'ask',
      'response',
      'tally',
      'import_run',
    ] as const) {
      const left = await db.withTenant(former, (trx) =>
        trx.selectFrom(table).select('tenant_id').where('tenant_id', '=', former).limit(1).execute(),
      )
      expect(left).toEqual([])
    }
    const kept = await db.withTenant(other.id, (trx) =>
      trx.selectFrom('unit').select('id').where('tenant_id', '=', other.id).execute(),
    )
    expect(kept).toHaveLength(1)

    sample = await loadSample(db, { now: NOW, responses: 5000, seed: 7 })
    expect(sample.loaded).toBe(true)
    expect([await fingerprint(DOSSIER_PRINT, 'dossier'), await fingerprint(RESPONSE_PRINT, 'response')]).toEqual(before)
  })

  test('loads once when two loads start together', async () => {
    await removeSample(db)
    const both = await Promise.all([1, 2].map(() => loadSample(db, { now: NOW, responses: 500, seed: 7 })))
    expect(both.map((one) => one.loaded).toSorted()).toEqual([false, true])
    expect(both[0]!.tenantId).toBe(both[1]!.tenantId)
  })
})

test('without the national units it says so and leaves no tenant behind', async () => {
  const empty = await testDatabase()
  const owner = createDatabase(empty.ownerUrl, { max: 2 })
  try {
    await expect(loadSample(owner, { now: NOW })).rejects.toThrow('publish the shipped instruments first')
    const { publishShippedInstruments } = await import('../../db/seeds/instruments/publish.ts')
    await publishShippedInstruments(owner.shared)
    await expect(loadSample(owner, { now: NOW })).rejects.toThrow('load the reference units first')
    expect(await owner.shared.selectFrom('tenant').select('id').execute()).toEqual([])
  } finally {
    await owner.close()
    await empty.drop()
  }
})
