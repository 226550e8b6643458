import { sql, type Kysely } from 'kysely'
import { up as formerly } from './20261123T000009-answers-at-once.ts'

/**
 * The same `store_answers` in two steps, so that the usual batch of first answers pays for nothing else: asks are claimed; then, only
 * if there is a revision, partial answers are raised.
 *
 * A revision finds its ask by its secret alone. Compared by `=`, the answer's id let the planner read every answered ask of the
 * tenant instead, by an index that was nearly empty when the plan was made: a statement took the longer the more had been answered.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function store_answers(tenant_prefix text, batch jsonb) returns table (hash text, is_first boolean) language plpgsql as $$
    declare
      tenant int := (select t.id from tenant t where t.prefix = tenant_prefix);
    begin
      if tenant is null then return; end if;
      perform set_config('app.tenant', tenant::text, true);
      return query
      with input as materialized (
        select decode(token_hash, 'hex') as secret, i.* from jsonb_to_recordset(batch) as i (
          token_hash text, instrument_id int, applicants text[], id uuid, revision smallint, complete boolean, answers jsonb,
          marks jsonb, content_hash text, withdraw_hash text, respondent text, language text, started_at timestamptz,
          sent_at timestamptz, received_at timestamptz, answered_on date, item_ms jsonb, device_hash text)
      ), claimed as (
        update ask a set response_id = i.id, answer_revision = i.revision, answered_on = i.answered_on,
          state = case when i.complete then 'complete' else 'partial' end
        from input i
        where a.tenant_id = tenant and a.token_hash = i.secret and a.state = 'open' and a.response_id is null
          and a.expires_at > i.received_at and a.instrument_id = i.instrument_id and a.applicant = any (i.applicants)
        returning a.asked_on, a.responsible_unit_id, a.receiving_unit_id, a.procedure_id, a.event, a.lateness, a.applicant,
          a.channel, a.stream, i.*
      ), inserted as (
        insert into response (tenant_id, asked_on, id, responsible_unit_id, receiving_unit_id, procedure_id, event, lateness,
          applicant, channel, stream, instrument_id, revision, complete, answers, marks, content_hash, withdraw_hash, respondent,
          language, started_at, sent_at, received_at, item_ms, device_hash)
        select tenant, asked_on, id, responsible_unit_id, receiving_unit_id, procedure_id, event, lateness, applicant, channel,
          stream, instrument_id, revision, complete, answers, marks, decode(content_hash, 'hex'), decode(withdraw_hash, 'hex'),
          respondent, language, started_at, sent_at, received_at, item_ms, decode(device_hash, 'hex')
        from claimed
      ), changed as (
        insert into tally_change (tenant_id, unit_id, month, procedure_id)
        select distinct tenant, u.unit_id, date_trunc('month', c.asked_on::timestamp)::date, c.procedure_id
        from claimed c cross join lateral (values (c.responsible_unit_id), (c.receiving_unit_id)) u (unit_id)
      )
      select c.token_hash, true from claimed c;
      if not jsonb_path_exists(batch, '$[*] ? (@.revision > 1)') then return; end if;
      return query
      with input as materialized (
        select decode(token_hash, 'hex') as secret, i.* from jsonb_to_recordset(batch) as i (
          token_hash text, instrument_id int, applicants text[], id uuid, revision smallint, complete boolean, answers jsonb,
          marks jsonb, content_hash text, withdraw_hash text, respondent text, language text, sent_at timestamptz,
          received_at timestamptz, answered_on date, item_ms jsonb)
        where i.revision > 1
      ), raised as (
        update ask a set answer_revision = i.revision, answered_on = i.answered_on,
          state = case when i.complete then 'complete' else 'partial' end
        from input i
        where a.tenant_id = tenant and a.token_hash = i.secret and a.state = 'partial'
          and a.response_id is not distinct from i.id and a.answer_revision < i.revision
          and a.instrument_id = i.instrument_id and a.applicant = any (i.applicants)
        returning a.asked_on, a.responsible_unit_id, a.receiving_unit_id, a.procedure_id, i.*
      ), replaced as (
        update response r set revision = i.revision, complete = i.complete, answers = i.answers, marks = i.marks,
          content_hash = decode(i.content_hash, 'hex'), withdraw_hash = coalesce(decode(i.withdraw_hash, 'hex'), r.withdraw_hash),
          respondent = i.respondent, language = i.language, sent_at = i.sent_at, received_at = i.received_at, item_ms = i.item_ms
        from raised i where r.tenant_id = tenant and r.asked_on = i.asked_on and r.id = i.id
      ), changed as (
        insert into tally_change (tenant_id, unit_id, month, procedure_id)
        select distinct tenant, u.unit_id, date_trunc('month', i.asked_on::timestamp)::date, i.procedure_id
        from raised i cross join lateral (values (i.responsible_unit_id), (i.receiving_unit_id)) u (unit_id)
      )
      select i.token_hash, false from raised i;
    end $$`.execute(db)
}

/** Leaves the one that claims and raises in one statement. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop function store_answers(text, jsonb)`.execute(db)
  await formerly(db)
}
