import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { OUTSIDE_RLS } from './support.ts'

let database: TestDatabase
/** As the application's role. */
let app: postgres.Sql
let owner: postgres.Sql
let tables: string[]
let a: number
let b: number

beforeAll(async () => {
  database = await testDatabase('reference')
  app = postgres(database.url, { max: 1, onnotice: () => undefined })
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined })
  const rows = await owner<{ name: string }[]>`
    select relname as name from pg_class where relforcerowsecurity and relnamespace = 'public'::regnamespace order by 1`
  tables = rows.map((row) => row.name)
  a = await fill('aaa')
  b = await fill('bbb')
})
afterAll(async () => {
  await Promise.all([app.end(), owner.end()])
  await database.drop()
})

/** A tenant with a row in every guarded table, written as the application writes. */
async function fill(prefix: string): Promise<number> {
  const [tenant] = await app`insert into tenant (prefix, name) values (${prefix}, ${prefix}) returning id`
  const id = tenant!['id'] as number
  await as(id, async (trx) => {
    const [unit] = await trx`insert into unit (tenant_id, kind) values (${id}, 'department') returning id`
    const u = unit!['id'] as number
    await trx`insert into unit_name (unit_id, tenant_id, name) values (${u}, ${id}, 'Sở')`
    await trx`insert into unit_code (tenant_id, system, code, unit_id) values (${id}, 'own', 'S', ${u})`
    const [procedure] = await trx`
      insert into procedure (tenant_id, code, name) values (${id}, '1.000001', 'TTHC') returning id`
    const p = procedure!['id'] as number
    const [dossier] = await trx`
      insert into dossier (tenant_id, code, procedure_id, responsible_unit_id, receiving_unit_id, applicant, received_at,
        status, received_on, outcome_on)
      values (${id}, 'H31-260101-0001', ${p}, ${u}, ${u}, 'citizen', now(), 'returned', '2026-01-01', '2026-01-02')
      returning id`
    const d = dossier!['id'] as number
    await trx`insert into dossier_event (tenant_id, dossier_id, type, n, at) values (${id}, ${d}, 'returned', 1, now())`
    await trx`
      insert into import_run (tenant_id, at, actor, rows, created, updated, unchanged, rejected)
      values (${id}, now(), 'x', 1, 1, 0, 0, 0)`
    await trx`
      insert into dossier_change (tenant_id, at, actor, dossier_id, field) values (${id}, now(), 'x', ${d}, 'status')`
    const [instrument] = await trx`select id from instrument limit 1`
    await trx`
      insert into ask (tenant_id, dossier_id, event, n, responsible_unit_id, receiving_unit_id, procedure_id, applicant,
        instrument_id, key_version, asked_on, created_at, expires_at, state)
      values (${id}, ${d}, 'returned', 1, ${u}, ${u}, ${p}, 'citizen', ${instrument!['id']}, 1, '2026-01-02', now(), now(),
        'complete')`
    await trx`
      insert into response (tenant_id, asked_on, id, responsible_unit_id, receiving_unit_id, procedure_id, event, lateness,
        applicant, stream, instrument_id, revision, complete, answers, marks, content_hash, respondent, language,
        started_at, sent_at, received_at, item_ms)
      values (${id}, '2026-01-02', gen_random_uuid(), ${u}, ${u}, ${p}, 'returned', 2, 'citizen', 'dossier',
        ${instrument!['id']}, 1, true, '{}', '{"OVERALL": 0}', '\\x00', 'self', 'vi', now(), now(), now(), '{}')`
    await trx`
      insert into tally (tenant_id, unit_id, month, procedure_id, item, main, event, lateness, applicant, stream, counted,
        c0, c1, c2, c3, c4, c5, c6, c7, c8, na)
      values (${id}, ${u}, '2026-01-01', ${p}, 'OVERALL', true, 'returned', 2, 'citizen', 'dossier', true,
        1, 0, 0, 0, 0, 0, 0, 0, 0, 0)`
    await trx`
      insert into tally_sum (tenant_id, unit_id, month, item, main, field, papi_group, lateness, c0, c1, c2, c3, c4, c5, c6, c7, c8, na)
      values (${id}, ${u}, '2026-01-01', 'OVERALL', true, '', '', 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)`
    await trx`
      insert into tally_spot_year (tenant_id, unit_id, year, procedure_id, months) values (${id}, ${u}, 2026, ${p}, '{"01": "OVERALL 0 1"}')`
    await trx`
      insert into tally_spot_total (tenant_id, from_month, to_month, procedure_id, state, basis, spots)
      values (${id}, '2026-01-01', '2026-12-01', ${p}, '', '', '[]')`
    await trx`
      insert into tally_total_span (tenant_id, from_month, to_month, of_all, of_units)
      values (${id}, '2026-01-01', '2026-12-01', '[]', '[]')`
    await trx`
      insert into tally_overall (tenant_id, unit_id, month, procedure_id, main, n) values (${id}, ${u}, '2026-01-01', ${p}, true, 1)`
    await trx`
      insert into tally_total (tenant_id, unit_id, month, item, main, field, papi_group, lateness, c0, c1, c2, c3, c4, c5, c6, c7, c8, na)
      values (${id}, 0, '2026-01-01', 'OVERALL', true, '', '', 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)`
    await trx`
      insert into tally_decision (tenant_id, year, version, number, basis, hidden)
      values (${id}, 2026, gen_random_uuid(), 0, '', '')`
    await trx`insert into tally_version (tenant_id, year, version) values (${id}, 2026, gen_random_uuid())`
    await trx`insert into tally_state (tenant_id, month, procedure_id, number) values (${id}, '2026-01-01', ${p}, 1)`
    await trx`insert into tally_change (tenant_id, unit_id, month, procedure_id) values (${id}, ${u}, '2026-01-01', ${p})`
    await trx`
      insert into entered_criterion (tenant_id, unit_id, from_month, to_month, criterion, points, actor, at)
      values (${id}, ${u}, '2026-01-01', '2026-01-01', 'C2', 1, 'x', now())`
    const [run] = await trx`
      insert into publication_run (tenant_id, from_month, to_month, state, prepared_at, prepared_by, instrument_code,
        instrument_version, definition_sha256, figures_version, units_sha256, inputs, inputs_sha256)
      values (${id}, '2026-01-01', '2026-01-01', 'prepared', now(), 'x', 'x', 1, '', '', '', '', '') returning id`
    const r = run!['id'] as number
    await trx`
      insert into publication_unit (tenant_id, run_id, unit_id, name, kind) values (${id}, ${r}, ${u}, 'Sở', 'department')`
    await trx`
      insert into publication_score (tenant_id, run_id, unit_id, figure, scale_min, scale_max, method, notes, steps)
      values (${id}, ${r}, ${u}, 'satisfaction', 0, 1, 'x', '[]', '[]')`
    await trx`
      insert into index_edition (tenant_id, id, edition, state, definition, sha256, changed_at, changed_by)
      values (${id}, 'own', '2026', 'draft', '', '', now(), 'x')`
    const [scored] = await trx`
      insert into index_run (tenant_id, index_id, edition, definition, definition_sha256, from_month, to_month, made_at,
        made_by, code_version, units_sha256, inputs_sha256, bounds, answers)
      values (${id}, 'own', '2026', '', '', '2026-01-01', '2026-01-01', now(), 'x', '1', '', '', '', 0) returning id`
    await trx`
      insert into index_input (tenant_id, run_id, unit_id, name, kind, est, n, kish, covariance, clusters, strata, dossiers,
        invited, answered, gap, counts, mix_indicator, mix_group, mix_weight, mix_mean)
      values (${id}, ${scored!['id']}, ${u}, 'Sở', 'department', '{}', '{}', '{}', '{}', 0, 0, 0, 0, 0, '{}', '{}', '{}', '{}',
        '{}', '{}')`
    await trx`
      insert into index_score (tenant_id, run_id, unit_id, est, se, df, lo, hi, n, n_eff, method, suppressed, present)
      values (${id}, ${scored!['id']}, ${u}, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')`
    await trx`
      insert into index_hard (tenant_id, code, unit_id, from_month, to_month, value, source, imported_at, imported_by)
      values (${id}, 'X', ${u}, '2026-01-01', '2026-12-01', 1, 'x', now(), 'x')`
    await trx`
      insert into official_result (tenant_id, index_id, edition, year, unit, node, value, source, imported_at, imported_by)
      values (${id}, 'papi', '2021', 2024, 'Hà Nội', 'TOTAL', 44, 'x', now(), 'x')`
    await trx`
      insert into questionnaire (tenant_id, code, version, state, definition, sha256, changed_at, changed_by)
      values (${id}, 'own', 1, 'draft', '', '', now(), 'x')`
    const [campaign] = await trx`
      insert into campaign (tenant_id, title, population, questionnaire_code, questionnaire_version, opens_on, closes_on,
        from_month, to_month, design, weighting, created_at, created_by)
      values (${id}, 'x', 'business', 'own', 1, '2026-01-01', '2026-02-01', '2026-01-01', '2026-01-01', '{}', '{}',
        now(), 'x') returning id`
    const c = campaign!['id'] as number
    await trx`
      insert into campaign_event (tenant_id, campaign_id, at, actor, action, detail)
      values (${id}, ${c}, now(), 'x', 'opened', '{}')`
    await trx`insert into campaign_stratum (tenant_id, campaign_id, stratum, members) values (${id}, ${c}, 'x', 1)`
    await trx`
      insert into campaign_cell (tenant_id, campaign_id, stratum, members, first_probability, main, reserve, released)
      values (${id}, ${c}, 'x', 1, 1, 1, 0, 0)`
    await trx`
      insert into campaign_quota (tenant_id, campaign_id, attribute, value, most) values (${id}, ${c}, '', 'x', 1)`
    const [frame] = await trx`
      insert into campaign_frame (tenant_id, campaign_id, code, stratum, attributes)
      values (${id}, ${c}, 'F1', 'x', '{}') returning id`
    const f = frame!['id'] as number
    await trx`
      insert into campaign_contact (tenant_id, campaign_id, frame_id, key_version, sealed)
      values (${id}, ${c}, ${f}, 1, '\\x00')`
    const [drawn] = await trx`
      insert into survey_case (tenant_id, campaign_id, frame_id, stratum, role, place, released, probability, weight, key_version)
      values (${id}, ${c}, ${f}, 'x', 'main', 1, true, 1, 1, 1) returning id`
    await trx`
      insert into survey_answer (tenant_id, campaign_id, id, case_id, mode, revision, complete, answers, item_ms, language,
        started_at, sent_at, received_at, content_hash, stratum, weight, attributes)
      values (${id}, ${c}, gen_random_uuid(), ${drawn!['id']}, 'web', 1, true, '{}', '{}', 'vi', now(), now(), now(), '\\x00',
        'x', 1, '{}')`
    await trx`
      insert into survey_private (tenant_id, campaign_id, pseudonym, key_version, answers)
      values (${id}, ${c}, '\\x00', 1, '{}')`
    await trx`
      insert into paper_entry (tenant_id, case_id, pass, answers, entered_at, entered_by)
      values (${id}, ${drawn!['id']}, 1, '{}', now(), 'x')`
    const [device] = await trx`
      insert into survey_device (tenant_id, id, user_id, label, registered_at)
      values (${id}, gen_random_uuid(), 'x', 'x', now()) returning id`
    await trx`
      insert into survey_receipt (tenant_id, device_id, seq, case_id, content_hash, outcome, device_at, received_at)
      values (${id}, ${device!['id']}, 1, ${drawn!['id']}, '\\x00', 'stored', now(), now())`
  })
  return id
}

/** Work in a transaction with `app.tenant` set to this text; null leaves it unset. */
function as<T>(tenant: number | string | null, work: (trx: postgres.TransactionSql) => Promise<T>, sql = app) {
  return sql.begin(async (trx) => {
    if (tenant !== null) await trx`select set_config('app.tenant', ${String(tenant)}, true)`
    return work(trx)
  }) as Promise<T>
}

const refused = { code: '42501' }

describe('a tenant', () => {
  test('has rows in every guarded table, so that the following tests test all of them', async () => {
    expect(tables.length).toBeGreaterThan(12)
    expect(tables.filter((table) => table in OUTSIDE_RLS)).toEqual([])
    for (const id of [a, b]) {
      const counts = await as(id, async (trx) =>
        Promise.all(
          tables.map(async (table) => (await trx`select from ${trx(table)} where tenant_id = ${id} limit 1`).length),
        ),
      )
      expect(tables.filter((_, i) => counts[i] !== 1)).toEqual([])
    }
  })

  test('cannot read a row of another', async () => {
    for (const table of tables) {
      const rows = await as(a, (trx) => trx`select tenant_id from ${trx(table)} where tenant_id is distinct from ${a}`)
      expect(rows.filter((row) => row['tenant_id'] !== null).length, table).toBe(0)
    }
  })

  test('cannot change or delete a row of another', async () => {
    for (const table of tables) {
      const change = (trx: postgres.TransactionSql) =>
        trx`update ${trx(table)} set tenant_id = tenant_id where tenant_id = ${b}`
      expect((await as(a, change)).count, table).toBe(0)
      expect((await as(a, (trx) => trx`delete from ${trx(table)} where tenant_id = ${b}`)).count, table).toBe(0)
      expect((await as(b, change)).count, table).toBeGreaterThan(0)
    }
  })

  test('cannot give a row to another, nor write one in its name', async () => {
    for (const table of tables) {
      await expect(
        as(a, (trx) => trx`update ${trx(table)} set tenant_id = ${b} where tenant_id = ${a}`),
        table,
      ).rejects.toMatchObject(refused)
      const copy = as(a, async (trx) => {
        const [row] = await trx`select * from ${trx(table)} where tenant_id = ${a} limit 1`
        return trx`insert into ${trx(table)} ${trx({ ...row, tenant_id: b })}`
      })
      await expect(copy, table).rejects.toMatchObject(refused)
    }
  })

  test('sees only its own answers and register through the view that tallies are made from', async () => {
    for (const [id, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const items = await as(id, (trx) => trx`select distinct tenant_id, item from mark order by item`)
      expect(items.map((row) => row['item'])).toEqual(['@ask', '@outcome', '@received', 'OVERALL'])
      expect(items.every((row) => row['tenant_id'] === id)).toBe(true)
      expect(await as(id, (trx) => trx`select from mark where tenant_id = ${other}`)).toHaveLength(0)
    }
  })
})

describe('without a tenant', () => {
  const nobody = [null, '', '0', '999999']

  test('no row of any tenant is seen, changed or deleted', async () => {
    for (const tenant of nobody)
      for (const table of tables) {
        const where = `${table} as ${tenant}`
        expect(
          await as(tenant, (trx) => trx`select from ${trx(table)} where tenant_id is not null`),
          where,
        ).toHaveLength(0)
        const update = as(tenant, (trx) => trx`update ${trx(table)} set tenant_id = tenant_id`)
        expect((await update).count, where).toBe(0)
        expect((await as(tenant, (trx) => trx`delete from ${trx(table)}`)).count, where).toBe(0)
      }
    expect(await as(null, (trx) => trx`select from mark`)).toHaveLength(0)
  })

  test('nothing can be written', async () => {
    for (const table of tables) {
      const [row] = await as(a, (trx) => trx`select * from ${trx(table)} where tenant_id = ${a} limit 1`)
      for (const tenant of nobody)
        await expect(
          as(tenant, (trx) => trx`insert into ${trx(table)} ${trx(row!)}`),
          table,
        ).rejects.toMatchObject(refused)
    }
  })

  test('a connection that served a tenant forgets it with the transaction', async () => {
    expect((await as(a, (trx) => trx`select from dossier`)).length).toBeGreaterThan(0)
    expect(await app`select from dossier`).toHaveLength(0)
  })
})

describe('national rows', () => {
  const national = ['unit', 'unit_name', 'unit_code']

  test('are read by every tenant', async () => {
    for (const id of [a, b])
      for (const table of national) {
        const [row] = await as(id, (trx) => trx`select count(*)::int as n from ${trx(table)} where tenant_id is null`)
        expect(row!['n'], table).toBeGreaterThan(10_000)
      }
  })

  test('are written by nobody who serves a tenant, whatever it calls itself', async () => {
    for (const tenant of [null, String(a), '0'])
      for (const table of national) {
        const where = `${table} as ${tenant}`
        const update = as(tenant, (trx) => trx`update ${trx(table)} set valid_to = null where tenant_id is null`)
        expect((await update).count, where).toBe(0)
        const remove = as(tenant, (trx) => trx`delete from ${trx(table)} where tenant_id is null`)
        expect((await remove).count, where).toBe(0)
        const insert = as(tenant, async (trx) => {
          const [row] = await trx`select * from ${trx(table)} where tenant_id is null limit 1`
          return trx`insert into ${trx(table)} ${trx({ ...row, ...('id' in row! ? { id: 99_999 } : {}) })}`
        })
        await expect(insert, where).rejects.toMatchObject(refused)
      }
  })

  test('a tenant can neither make its unit national nor take a national one', async () => {
    const give = as(a, (trx) => trx`update unit set tenant_id = null where tenant_id = ${a}`)
    await expect(give).rejects.toMatchObject(refused)
    expect((await as(a, (trx) => trx`update unit set tenant_id = ${a} where tenant_id is null`)).count).toBe(0)
  })

  test('the policy that lets the seed write them names the owner of the tables alone, and asks for its word', async () => {
    const [owning] = await owner`select tableowner as name from pg_tables where tablename = 'unit'`
    const policies = await owner`
      select tablename, roles::text[] as roles, qual, with_check from pg_policies where policyname = 'national_seed'`
    expect(policies.map((row) => row['tablename']).toSorted()).toEqual(national.toSorted())
    for (const row of policies) {
      expect(row['roles']).toEqual([owning!['name']])
      for (const rule of [row['qual'], row['with_check']]) {
        expect(rule).toContain('tenant_id IS NULL')
        expect(rule).toContain(`current_setting('app.tenant'::text, true) = '0'::text`)
      }
    }
  })
})
