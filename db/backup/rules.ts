import type { Session } from './session.ts'

/**
 * Answers that no ask knows of: more answers than asks that were answered, the ones whose link was cut after the
 * withdrawal window included.
 */
export async function strayAnswers({ sql }: Session, tenant: number): Promise<number> {
  const [row] = await sql<{ wrong: number }[]>`
    with linked as (
      select count(*) filter (where a.response_id is not null) as known, count(*) as answers
      from response r left join ask a on a.tenant_id = r.tenant_id and a.response_id = r.id
      where r.tenant_id = ${tenant}
    ), cut as (
      select count(*) as asks from ask
      where tenant_id = ${tenant} and response_id is null and state in ('partial', 'complete')
    )
    select abs(linked.answers - linked.known - cut.asks)::int as wrong from linked, cut`
  return row?.wrong ?? 0
}

/** Asks that name an answer that is not there. */
export async function lostAnswers({ sql }: Session, tenant: number): Promise<number> {
  const [row] = await sql<{ wrong: number }[]>`
    select count(*)::int as wrong from ask a
    where a.tenant_id = ${tenant} and a.response_id is not null and a.state in ('partial', 'complete')
      and not exists (select from response r where r.tenant_id = a.tenant_id and r.id = a.response_id)`
  return row?.wrong ?? 0
}

/** Events of dossiers that have more than one ask. */
export async function duplicateAsks({ sql }: Session, tenant: number): Promise<number> {
  const [row] = await sql<{ wrong: number }[]>`
    select count(*)::int as wrong from (
      select from ask where tenant_id = ${tenant} and dossier_id is not null
      group by dossier_id, event, n having count(*) > 1) twice`
  return row?.wrong ?? 0
}

/** Rows in which the tallies and a recount of everything differ, apart from the cells that wait to be rebuilt. */
export async function tallyDifferences({ sql }: Session, tenant: number): Promise<number> {
  const [row] = await sql<{ wrong: number }[]>`
    with recount as (
      select unit_id, date_trunc('month', day::timestamp)::date as month, procedure_id,
        item, main, event, lateness::int, applicant, stream, counted,
        array[
          count(*) filter (where value = 0), count(*) filter (where value = 1), count(*) filter (where value = 2),
          count(*) filter (where value = 3), count(*) filter (where value = 4), count(*) filter (where value = 5),
          count(*) filter (where value = 6), count(*) filter (where value = 7), count(*) filter (where value = 8),
          count(*) filter (where value is null)]::int[] as counts
      from mark where tenant_id = ${tenant} group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
    ), stored as (
      select unit_id, month, procedure_id, item, main, event, lateness::int, applicant, stream, counted,
        array[c0, c1, c2, c3, c4, c5, c6, c7, c8, na] as counts
      from tally where tenant_id = ${tenant}
    ), differing as (
      select unit_id, month, procedure_id from (
        (select * from recount except all select * from stored) union all
        (select * from stored except all select * from recount)) d
    )
    select count(*)::int as wrong from differing d
    where not exists (
      select from tally_change c where c.tenant_id = ${tenant}
        and c.unit_id = d.unit_id and c.month = d.month and c.procedure_id = d.procedure_id)`
  return row?.wrong ?? 0
}
