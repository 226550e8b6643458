import { sql, type Kysely } from 'kysely'

/**
 * A `store_answers` that finds the ask by its secret's hash and decides the whole rule of revisions by itself, so that a
 * first answer costs one statement and no look-up before it: an open ask takes its first answer before it expires; a partial
 * one takes a higher revision under the same id. Answers to different asks of one tenant go together. What is not in the
 * result was not written, and its writer looks why. The former function, of other arguments, stays: a front door that is not
 * upgraded yet goes on storing answers with it.
 *
 * The hash is decoded beside the join: under row-level security only conditions that cannot leak a row use an index, and
 * decoding can.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function store_answers(tenant_prefix text, batch jsonb) returns table (hash text, is_first boolean) language plpgsql as $$
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
      ), raised as (
        update ask a set answer_revision = i.revision, answered_on = i.answered_on,
          state = case when i.complete then 'complete' else 'partial' end
        from input i
        where i.revision > 1 and a.tenant_id = tenant and a.token_hash = i.secret and a.state = 'partial'
          and a.response_id = i.id and a.answer_revision < i.revision
          and a.instrument_id = i.instrument_id and a.applicant = any (i.applicants)
        returning a.asked_on, a.responsible_unit_id, a.receiving_unit_id, a.procedure_id, i.*
      ), inserted as (
        insert into response (tenant_id, asked_on, id, responsible_unit_id, receiving_unit_id, procedure_id, event, lateness,
          applicant, channel, stream, instrument_id, revision, complete, answers, marks, content_hash, withdraw_hash, respondent,
          language, started_at, sent_at, received_at, item_ms, device_hash)
        select tenant, asked_on, id, responsible_unit_id, receiving_unit_id, procedure_id, event, lateness, applicant, channel,
          stream, instrument_id, revision, complete, answers, marks, decode(content_hash, 'hex'), decode(withdraw_hash, 'hex'),
          respondent, language, started_at, sent_at, received_at, item_ms, decode(device_hash, 'hex')
        from claimed
      ), replaced as (
        update response r set revision = i.revision, complete = i.complete, answers = i.answers, marks = i.marks,
          content_hash = decode(i.content_hash, 'hex'), withdraw_hash = coalesce(decode(i.withdraw_hash, 'hex'), r.withdraw_hash),
          respondent = i.respondent, language = i.language, sent_at = i.sent_at, received_at = i.received_at, item_ms = i.item_ms
        from raised i where r.tenant_id = tenant and r.asked_on = i.asked_on and r.id = i.id
      ), written as (
        select asked_on, responsible_unit_id, receiving_unit_id, procedure_id, token_hash, true as is_first from claimed
        union all
        select asked_on, responsible_unit_id, receiving_unit_id, procedure_id, token_hash, false from raised
      ), changed as (
        insert into tally_change (tenant_id, unit_id, month, procedure_id)
        select distinct tenant, u.unit_id, date_trunc('month', w.asked_on::timestamp)::date, w.procedure_id
        from written w cross join lateral (values (w.responsible_unit_id), (w.receiving_unit_id)) u (unit_id)
      )
      select w.token_hash, w.is_first from written w;
    end $$`.execute(db)
}

/** Leaves the former function, which is given the ask and the revision its writer has seen. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop function store_answers(text, jsonb)`.execute(db)
}
