import { createHash, randomBytes } from 'node:crypto'
import { sql as kysely } from 'kysely'
import postgres from 'postgres'
import type { Instrument } from '../../../api/core/instrument/definition.ts'
import { createDatabase } from '../../../db/client.ts'
import { rebuildAllSums } from '../../../db/queries/tally-sums.ts'
import { seeded } from '../../core/stats/seeded.ts'
import { patternsOf } from './patterns.ts'

/** A province that exists for a benchmark alone. */
export interface BenchProvince {
  readonly tenantId: number
  readonly prefix: string
  /** The national unit above all others. */
  readonly provinceId: number
  readonly departments: readonly number[]
  readonly communes: readonly number[]
  /** One-stop shops, the centre of the departments first. */
  readonly counters: readonly number[]
}
/** How large it is. */
export interface ProvinceSize {
  readonly communes: number
  /** Communes with a one-stop shop of their own below them; the departments share one centre. */
  readonly shops: number
  /** Up to the last month. */
  readonly years: number
  /** Whether answers are counted too. */
  readonly tallies: boolean
}
const USUAL: ProvinceSize = { communes: 170, shops: 110, years: 3, tallies: true }
const DEPARTMENTS = 20
const COMMUNE_PROCEDURES = 120
const DEPARTMENT_PROCEDURES = 9
const SLOTS = 8192
const PREFIX = 'bch'
const LAST_YEAR = 2025
/** The last month in it: where answers that arrive during a benchmark are counted. */
export const LAST_MONTH = '2025-12'

/**
 * Fills an empty, migrated database: three years of finished dossiers, each asked and answered, spread over 301 units and
 * 300 procedures as in life (a few take most), with tallies counted from the same draws and their sums. Items are asked by
 * the instrument's own rotation.
 *
 * @param responses how many answers
 */
export async function fillProvince(
  ownerUrl: string,
  responses: number,
  progress: (line: string) => void,
  given: Partial<ProvinceSize> = {},
): Promise<BenchProvince> {
  const size = { ...USUAL, ...given }
  // one connection for one transaction: the driver would change it for a new one within the hour
  const sql = postgres(ownerUrl, { max: 1, max_lifetime: null, onnotice: () => undefined })
  try {
    const [tenant] = await sql`
      insert into tenant (prefix, name, sample) values (${PREFIX}, 'Tỉnh đo tốc độ', false) returning id`
    const tenantId = tenant?.['id'] as number
    await sql`select set_config('app.tenant', ${String(tenantId)}, false)`
    // what is made here refers to what is there: looking that up thirty million times would be most of the time
    await sql`set session_replication_role = replica`
    await sql`set work_mem = '512MB'`
    await sql`set maintenance_work_mem = '1GB'`
    const province = await makeUnits(sql, tenantId, size)
    await makeProcedures(sql, tenantId)
    await makeSlots(sql, province)
    const instrumentId = await makePatterns(sql)
    await sql`begin`
    await sql`truncate dossier, ask, response, tally cascade`
    const restore = await withoutIndexes(sql)
    await sql`select setseed(0.5)`
    const months = size.years * 12
    const firstYear = LAST_YEAR + 1 - size.years
    for (let at = 0; at < months; at += 1) {
      const count = Math.round((responses * (at + 1)) / months) - Math.round((responses * at) / months)
      const month = `${firstYear + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`
      await fillMonth(sql, { tenantId, instrumentId, month, count })
      if (size.tallies) await fillTallyMonth(sql, tenantId, month)
      if (at % 6 === 5) progress(`${at + 1} of ${months} months filled`)
    }
    await restore()
    await sql`commit`
    progress('indexes made')
    await sql`vacuum (analyze)`
    if (size.tallies) await sumTallies(ownerUrl, tenantId)
    await sql`vacuum (analyze) tally_sum, tally_spot_year, tally_overall`
    progress('sums made')
    return province
  } finally {
    await sql.end()
  }
}

/** The province that an earlier run filled. */
export async function findProvince(ownerUrl: string): Promise<BenchProvince> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined })
  try {
    const [tenant] = await sql`select id from tenant where prefix = ${PREFIX}`
    const tenantId = tenant?.['id'] as number
    const units = await sql<{ id: number; kind: string; parent: number }[]>`
      select id, kind, parent_id as parent from unit where tenant_id = ${tenantId} order by kind, id`
    const idsOf = (kind: string) => units.filter((unit) => unit.kind === kind).map((unit) => unit.id)
    return {
      tenantId,
      prefix: PREFIX,
      provinceId: units.find((unit) => unit.kind === 'centre')?.parent ?? 0,
      departments: idsOf('department'),
      communes: idsOf('commune'),
      counters: [...idsOf('centre'), ...idsOf('one_stop')],
    }
  } finally {
    await sql.end()
  }
}

async function sumTallies(ownerUrl: string, tenantId: number): Promise<void> {
  const db = createDatabase(ownerUrl, { max: 1 })
  try {
    await db.withTenant(tenantId, async (trx) => {
      await kysely`set local work_mem = '1GB'`.execute(trx)
      await rebuildAllSums(trx, tenantId)
    })
  } finally {
    await db.close()
  }
}

/**
 * Asks that can be answered, to dossiers like those of the last month: of units and procedures as often as these have them.
 *
 * @returns their secrets
 */
export async function openAsksOf(ownerUrl: string, province: BenchProvince, count: number): Promise<string[]> {
  const tokens = Array.from({ length: count }, () => province.prefix + randomBytes(16).toString('base64url'))
  const hashes = tokens.map((token) => createHash('sha256').update(token).digest('hex'))
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined })
  try {
    await sql`
      with like_these as materialized (
        select row_number() over (order by random()) - 1 as k, count(*) over () as of, d.* from dossier d
        where tenant_id = ${province.tenantId} and outcome_on >= ${`${LAST_MONTH}-01`}::date
      ), one as materialized (
        select nextval('dossier_id_seq') as id, decode(hash, 'hex') as hash, d.procedure_id, d.responsible_unit_id, d.receiving_unit_id,
          d.applicant, d.received_on, d.outcome_on, d.status, d.lateness
        from unnest(${hashes}::text[]) with ordinality as h (hash, i) join like_these d on d.k = h.i % d.of
      ), dossiers as (
        insert into dossier (tenant_id, id, code, procedure_id, responsible_unit_id, receiving_unit_id, applicant, channel,
          received_at, returned_at, status, received_on, outcome_on, lateness)
        overriding system value
        select ${province.tenantId}, id, 'H33-' || id, procedure_id, responsible_unit_id, receiving_unit_id, applicant, 'direct',
          received_on, outcome_on, 'returned', received_on, outcome_on, lateness from one
      )
      insert into ask (tenant_id, dossier_id, event, n, responsible_unit_id, receiving_unit_id, procedure_id, applicant, lateness,
        channel, instrument_id, token_hash, key_version, asked_on, created_at, expires_at)
      select ${province.tenantId}, id, 'returned', 1, responsible_unit_id, receiving_unit_id, procedure_id, applicant, lateness,
        'direct', (select max(id) from instrument), hash, 1, outcome_on, outcome_on, now() + interval '30 days' from one`
    await sql`vacuum (analyze) dossier, ask`
    return tokens
  } finally {
    await sql.end()
  }
}

async function makeUnits(sql: postgres.Sql, tenantId: number, size: ProvinceSize): Promise<BenchProvince> {
  const [national] = await sql`
    select id from unit where tenant_id is null and kind = 'province' and valid_to is null order by id limit 1`
  const provinceId = national?.['id'] as number
  const add = async (kind: string, parents: readonly number[], name: string) => {
    const rows = await sql`
      insert into unit (tenant_id, kind, parent_id)
      select ${tenantId}, ${kind}, p from unnest(${parents as number[]}::int[]) with ordinality as u (p, k) order by k returning id`
    const ids = rows.map((row) => row['id'] as number)
    await sql`
      insert into unit_name (unit_id, tenant_id, name)
      select id, ${tenantId}, ${name} || ' ' || k from unnest(${ids}::int[]) with ordinality as u (id, k)`
    return ids
  }
  const below = (count: number) => Array.from({ length: count }, () => provinceId)
  const departments = await add('department', below(DEPARTMENTS), 'Sở')
  const communes = await add('commune', below(size.communes), 'Xã')
  const centre = await add('centre', below(1), 'Trung tâm')
  const shops = await add('one_stop', communes.slice(0, size.shops), 'Bộ phận Một cửa xã')
  return { tenantId, prefix: PREFIX, provinceId, departments, communes, counters: [...centre, ...shops] }
}

async function makeProcedures(sql: postgres.Sql, tenantId: number): Promise<void> {
  await sql`
    insert into procedure (tenant_id, code, name, field, level, papi_group)
    select ${tenantId}, '1.' || lpad(k::text, 6, '0'), 'Thủ tục ' || k,
      'Lĩnh vực ' || case when k <= ${COMMUNE_PROCEDURES} then 1 + k % 10 else 11 + (k - ${COMMUNE_PROCEDURES} - 1) / ${DEPARTMENT_PROCEDURES} end,
      'Cấp xã', (array['5.1', '5.3', '5.4', 'none', 'none'])[1 + k % 5]
    from generate_series(1, ${COMMUNE_PROCEDURES + DEPARTMENTS * DEPARTMENT_PROCEDURES}::int) k`
}

/** Where a draw falls: units and their procedures by weight, each a number of slots. */
async function makeSlots(sql: postgres.Sql, province: BenchProvince): Promise<void> {
  const next = seeded(7)
  const [centre = 0, ...shops] = province.counters
  const units = [
    ...province.departments.map((id, k) => ({ id, receiving: centre, kind: k + 1, weight: 0.3 / (k + 1) ** 0.5 })),
    ...province.communes.map((id, k) => ({
      id,
      receiving: shops[k] ?? id,
      kind: 0,
      weight: 0.4 * (0.2 + next() ** 2),
    })),
  ]
  const unitSlots = spread(units)
  await sql`create temp table unit_slot (k int primary key, responsible int, receiving int, kind int, tier int)`
  await sql`
    insert into unit_slot select * from unnest(${unitSlots.map((_, k) => k)}::int[], ${unitSlots.map((u) => u.id)}::int[],
      ${unitSlots.map((u) => u.receiving)}::int[], ${unitSlots.map((u) => u.kind)}::int[], ${unitSlots.map((u) => u.id % 3)}::int[])`
  await sql`create temp table procedure_slot (kind int, k int, procedure_id int, primary key (kind, k))`
  const [first] = await sql`select min(id) as id from procedure where tenant_id = ${province.tenantId}`
  for (let kind = 0; kind <= DEPARTMENTS; kind += 1) {
    const count = kind === 0 ? COMMUNE_PROCEDURES : DEPARTMENT_PROCEDURES
    const from = (first?.['id'] as number) + (kind === 0 ? 0 : COMMUNE_PROCEDURES + (kind - 1) * DEPARTMENT_PROCEDURES)
    const slots = spread(Array.from({ length: count }, (_, k) => ({ id: from + k, weight: 1 / (k + 1) })))
    await sql`
      insert into procedure_slot
      select ${kind}, k - 1, id from unnest(${slots.map((slot) => slot.id)}::int[]) with ordinality as s (id, k)`
  }
}

/** `SLOTS` slots, as many for each choice as its weight says, one at least. */
function spread<T extends { weight: number }>(choices: readonly T[]): T[] {
  const total = choices.reduce((sum, { weight }) => sum + weight, 0)
  const [heaviest] = choices.toSorted((a, b) => b.weight - a.weight)
  const slots = choices.flatMap((choice) =>
    Array.from({ length: Math.max(1, Math.floor((choice.weight / total) * SLOTS)) }, () => choice),
  )
  const rest = Math.max(0, SLOTS - slots.length)
  return [...slots, ...Array.from({ length: heaviest ? rest : 0 }, () => heaviest as T)].slice(0, SLOTS)
}

async function makePatterns(sql: postgres.Sql): Promise<number> {
  const [instrument] = await sql`
    select id, definition from instrument where code = 'dossier-rating' order by version desc limit 1`
  const patterns = patternsOf(instrument?.['definition'] as Instrument)
  await sql`create temp table pattern (id int primary key, applicant text, tier int, k int, answers jsonb, marks jsonb)`
  await sql`
    insert into pattern select id, applicant, tier, row_number() over w - 1, answers, marks
    from jsonb_to_recordset(${JSON.stringify(patterns.map((pattern, id) => ({ id, ...pattern })))}::text::jsonb)
      as p (id int, applicant text, tier int, answers jsonb, marks jsonb)
    window w as (partition by applicant, tier order by id)`
  await sql`create temp table pattern_count as select applicant, tier, count(*)::int as of from pattern group by 1, 2`
  await sql`create temp table pattern_mark (id int, item text, receiving boolean, value int)`
  await sql`
    insert into pattern_mark
    select p.id, m.key, i.rates = 'receiving', case when m.value = 'na' then null else m.value::int end
    from pattern p cross join lateral jsonb_each_text(p.marks) m
    join instrument_item i on i.instrument_id = ${instrument?.['id'] as number} and i.item = m.key`
  await sql`analyze pattern, pattern_count, unit_slot, procedure_slot`
  await sql`analyze pattern_mark`
  return instrument?.['id'] as number
}

/** Takes plain indexes, and the key of the many tallies, away while rows are loaded. @returns makes them again */
async function withoutIndexes(sql: postgres.Sql): Promise<() => Promise<void>> {
  const [key] = await sql`select pg_get_constraintdef(oid) as def from pg_constraint where conname = 'tally_pkey'`
  await sql`alter table tally drop constraint tally_pkey`
  const rows = await sql`
    select indexname, indexdef from pg_indexes i
    where schemaname = 'public' and tablename in ('dossier', 'ask', 'response', 'tally')
      and not exists (select from pg_constraint c where c.conname = i.indexname)`
  for (const row of rows) await sql`drop index ${sql(row['indexname'] as string)}`
  return async () => {
    for (const row of rows) await sql.unsafe(row['indexdef'] as string)
    await sql.unsafe(`alter table tally add constraint tally_pkey ${key?.['def']}`)
  }
}

async function fillMonth(
  sql: postgres.Sql,
  about: { tenantId: number; instrumentId: number; month: string; count: number },
): Promise<void> {
  const { tenantId, instrumentId, month, count } = about
  await sql`drop table if exists draw`
  await sql`
    create temp table draw as
    with chance as materialized (
      select i, floor(random() * ${SLOTS})::int as u, floor(random() * ${SLOTS})::int as p, random() as late, random() as kind,
        random() as ending, random() as choice, floor(random() * 28)::int as day
      from generate_series(1, ${count + Math.round(count / 200)}::int) i
    )
    select nextval('dossier_id_seq') as id, i <= ${count}::int as finished, u.responsible, u.receiving, s.procedure_id, ${month}::date + c.day as day,
      case when c.late < 0.3 then 1 when c.late < 0.85 then 2 else 3 end::smallint as lateness,
      case when c.kind < 0.85 then 'citizen' else 'business' end as applicant,
      case when c.ending < 0.97 then 'returned' else 'refused' end as event,
      p.id as pattern
    from chance c
    join unit_slot u on u.k = c.u
    join procedure_slot s on s.kind = u.kind and s.k = c.p
    join pattern_count o on o.applicant = case when c.kind < 0.85 then 'citizen' else 'business' end
      and o.tier = least(2, u.tier + case when c.late < 0.85 then 0 else 1 end)
    join pattern p on p.applicant = o.applicant and p.tier = o.tier and p.k = floor(c.choice * o.of)::int`
  await sql`analyze draw`
  await sql`
    insert into dossier (tenant_id, id, code, procedure_id, responsible_unit_id, receiving_unit_id, applicant, channel, received_at, due_at,
      returned_at, refused_at, status, received_on, outcome_on, lateness)
    overriding system value
    select ${tenantId}, id, 'H33-' || id, procedure_id, responsible, receiving, applicant, 'direct', day, day + 1,
      case when finished and event = 'returned' then day end, case when finished and event = 'refused' then day end,
      case when finished then event else 'processing' end, day, case when finished then day end, case when finished then lateness else 0 end
    from draw`
  await sql`
    insert into ask (tenant_id, dossier_id, event, n, responsible_unit_id, receiving_unit_id, procedure_id, applicant, lateness, channel,
      instrument_id, key_version, token_hash, asked_on, created_at, expires_at, opened_at, state, answered_on)
    select ${tenantId}, id, event, 1, responsible, receiving, procedure_id, applicant, lateness, 'direct', ${instrumentId}, 1, sha256(int8send(id)), day, day, day + 30, day,
      'complete', day
    from draw where finished`
  await sql`
    insert into response (tenant_id, asked_on, id, responsible_unit_id, receiving_unit_id, procedure_id, event, lateness, applicant, channel,
      stream, instrument_id, revision, complete, answers, marks, content_hash, respondent, language, started_at, sent_at, received_at, item_ms)
    select ${tenantId}, day, gen_random_uuid(), responsible, receiving, procedure_id, event, lateness, d.applicant, 'direct', 'dossier', ${instrumentId},
      1, true, p.answers, p.marks, sha256(int8send(d.id)), 'self', 'vi', day, day, day, '{}'
    from draw d join pattern p on p.id = d.pattern where finished`
}

/**
 * The same as a recount of the month's rows through the view `mark`, from draws grouped by class and pattern: many times
 * faster. Nobody receives a procedure for two units here, so rows of different classes never fall together.
 */
async function fillTallyMonth(sql: postgres.Sql, tenantId: number, month: string): Promise<void> {
  const counts = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((k) => `coalesce(sum(n) filter (where value = ${k}), 0)`).join(', ')
  await sql`drop table if exists class, grouped`
  await sql`
    create temp table class as
    select row_number() over ()::int as class, c.* from (
      select responsible, receiving, procedure_id, finished, event, lateness, applicant, count(*)::int as n
      from draw group by 1, 2, 3, 4, 5, 6, 7) c`
  await sql`analyze class`
  await sql`
    create temp table grouped as
    select class, pattern, count(*)::int as n
    from draw d join class c using (responsible, receiving, procedure_id, finished, event, lateness, applicant)
    where finished group by 1, 2`
  await sql`analyze grouped`
  await sql`
    insert into tally (tenant_id, unit_id, month, procedure_id, item, main, event, lateness, applicant, stream, counted,
      c0, c1, c2, c3, c4, c5, c6, c7, c8, na)
    with mark as materialized (
      select class, item, m.receiving as rates_receiving, ${sql.unsafe(counts)}, coalesce(sum(n) filter (where value is null), 0)
      from grouped g join pattern_mark m on m.id = g.pattern group by 1, 2, 3
    ), asked as materialized (
      select class, '@ask', n, n, n, 0, 0, 0, 0, 0, 0, 0 from class where finished
      union all
      select class, '@outcome', n, 0, 0, 0, 0, 0, 0, 0, 0, 0 from class where finished
    ), counted (class, item, rates_receiving, c0, c1, c2, c3, c4, c5, c6, c7, c8, na) as (
      select * from mark
      union all
      select class, item, false, c0, c1, c2, c3, c4, c5, c6, c7, c8, na
      from asked as a (class, item, c0, c1, c2, c3, c4, c5, c6, c7, c8, na)
    )
    select ${tenantId}::int, u.unit_id, ${month}::date, procedure_id, item,
      receiving = responsible or rates_receiving = u.receives, event, lateness, applicant, 'dossier', true,
      c0, c1, c2, c3, c4, c5, c6, c7, c8, na
    from counted join class c using (class)
    cross join lateral (
      select responsible as unit_id, false as receives
      union all
      select receiving, true where receiving <> responsible) u
    union all
    select ${tenantId}::int, u.unit_id, ${month}::date, procedure_id, '@received', not u.receives, 'received', 0, applicant, 'dossier', true,
      sum(n), 0, 0, 0, 0, 0, 0, 0, 0, 0
    from class c cross join lateral (
      select responsible as unit_id, false as receives
      union all
      select receiving, true where receiving <> responsible) u
    group by unit_id, procedure_id, receives, applicant`
}
