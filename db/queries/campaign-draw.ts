import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'
import { columnsOf } from './columns.ts'

interface Key {
  tenantId: number
  campaignId: number
}

/** A cell of a draw: a stratum, or a drawn first-stage unit in it. */
export interface CellRow {
  stratum: string
  /** Empty: one stage. */
  psu: string
  members: number
  first_probability: number
  main: number
  reserve: number
  /** Replacements that have been released. */
  released: number
}
/** A case as it was drawn: where its member stands in its cell in order of codes, from 0. */
export interface CaseWrite {
  stratum: string
  psu: string
  position: number
  role: string
  place: number
  form: string | null
}
const CELL = columnsOf({
  stratum: 'text',
  psu: 'text',
  members: 'int',
  first_probability: 'double precision',
  main: 'int',
  reserve: 'int',
  released: 'int',
})
const CASE = columnsOf({ stratum: 'text', psu: 'text', position: 'int', role: 'text', place: 'int', form: 'text' })

/** Forgets a draw. */
export async function deleteDraw(trx: Transaction<DB>, key: Key): Promise<void> {
  for (const table of ['survey_case', 'campaign_cell'] as const)
    await trx
      .deleteFrom(table)
      .where('tenant_id', '=', key.tenantId)
      .where('campaign_id', '=', key.campaignId)
      .execute()
}

/**
 * Writes a draw: its cells, and a case for each member drawn. Only main cases are released; all of a cell have the same
 * probability and weight.
 * @returns how many cases were written; fewer than drawn would mean that the frame is not the one that was drawn from
 */
export async function insertDraw(
  trx: Transaction<DB>,
  key: Key,
  draw: { cells: readonly CellRow[]; cases: readonly CaseWrite[]; twoStage: boolean; keyVersion: number },
): Promise<number> {
  const psu = draw.twoStage ? sql`f.psu` : sql`''`
  await sql`
    insert into campaign_cell (tenant_id, campaign_id, ${CELL.names})
    select ${key.tenantId}, ${key.campaignId}, ${CELL.values} from ${CELL.from(draw.cells as never)}`.execute(trx)
  // PostgreSQL cannot know how long an array is, takes it for short, and would look through all members once for each case
  await sql`set local enable_nestloop = off`.execute(trx)
  const { numAffectedRows } = await sql`
    with member as (
      select f.id, f.stratum, ${psu} as psu,
        row_number() over (partition by f.stratum, ${psu} order by f.code collate "C") - 1 as position
      from campaign_frame f where f.tenant_id = ${key.tenantId} and f.campaign_id = ${key.campaignId}
    )
    insert into survey_case (tenant_id, campaign_id, frame_id, stratum, psu, role, place, released, probability, weight, form,
      key_version)
    select ${key.tenantId}, ${key.campaignId}, m.id, r.stratum, nullif(r.psu, ''), r.role, r.place, r.role = 'main',
      c.first_probability * c.main / c.members, c.members / (c.first_probability * c.main), r.form, ${draw.keyVersion}
    from ${CASE.from(draw.cases as never)}
    join member m on m.stratum = r.stratum and m.psu = r.psu and m.position = r.position
    join campaign_cell c on c.tenant_id = ${key.tenantId} and c.campaign_id = ${key.campaignId}
      and c.stratum = r.stratum and c.psu = r.psu`.execute(trx)
  await sql`set local enable_nestloop = on`.execute(trx)
  return Number(numAffectedRows ?? 0)
}

/** How many cases there are, and how many of them are replacements and released. */
export async function countCases(trx: Transaction<DB>, key: Key) {
  const { rows } = await sql<{ main: number; reserve: number; released: number; cells: number }>`
    select coalesce(sum(main), 0)::int as main, coalesce(sum(reserve), 0)::int as reserve,
      coalesce(sum(released), 0)::int as released, count(*)::int as cells
    from campaign_cell where tenant_id = ${key.tenantId} and campaign_id = ${key.campaignId}`.execute(trx)
  return rows[0] ?? { main: 0, reserve: 0, released: 0, cells: 0 }
}

/** One cell, held. */
export function holdCell(trx: Transaction<DB>, key: Key, cell: { stratum: string; psu: string }) {
  return trx
    .selectFrom('campaign_cell')
    .selectAll()
    .where('tenant_id', '=', key.tenantId)
    .where('campaign_id', '=', key.campaignId)
    .where('stratum', '=', cell.stratum)
    .where('psu', '=', cell.psu)
    .forUpdate()
    .executeTakeFirst()
}

/**
 * Releases a cell's replacements up to a place, and gives every case of the cell, and every answer of one, the weight of the
 * larger sample.
 * @returns the cases that were released now
 */
export async function releaseCases(
  trx: Transaction<DB>,
  key: Key,
  { stratum, psu, main }: Pick<CellRow, 'stratum' | 'psu' | 'main'>,
  to: { released: number; probability: number; weight: number },
): Promise<number[]> {
  const inCell = sql`tenant_id = ${key.tenantId} and campaign_id = ${key.campaignId} and stratum = ${stratum}
    and coalesce(psu, '') = ${psu}`
  await sql`update campaign_cell set released = ${to.released} where ${inCell}`.execute(trx)
  const { rows } = await sql<{ id: number }>`
    update survey_case set released = true where ${inCell} and not released and place <= ${main + to.released}
    returning id`.execute(trx)
  // cases first: an answer that is on its way waits for its case, and has the new weight then
  await sql`
    update survey_case set probability = ${to.probability}, weight = ${to.weight} where ${inCell}`.execute(trx)
  await sql`update survey_answer set weight = ${to.weight} where ${inCell}`.execute(trx)
  return rows.map(({ id }) => id)
}

/** Strata by name with what was drawn in them; one row for each drawn first-stage unit in two stages. */
export async function listCells(trx: Transaction<DB>, key: Key, page: { offset: number; limit: number }) {
  const { rows } = await sql<{
    stratum: string
    members: number
    psu: string
    cell: { members: number; first: number; main: number; reserve: number; released: number } | null
  }>`
    select s.stratum, s.members, coalesce(c.psu, '') as psu, case when c.main is not null then json_build_object(
      'members', c.members, 'first', c.first_probability, 'main', c.main, 'reserve', c.reserve, 'released', c.released) end as cell
    from campaign_stratum s left join campaign_cell c
      on c.tenant_id = s.tenant_id and c.campaign_id = s.campaign_id and c.stratum = s.stratum
    where s.tenant_id = ${key.tenantId} and s.campaign_id = ${key.campaignId}
    order by s.stratum collate "C", coalesce(c.psu, '') collate "C"
    offset ${page.offset} limit ${page.limit}`.execute(trx)
  return rows
}
