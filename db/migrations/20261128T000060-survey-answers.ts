import { sql, type Kysely } from 'kysely'

/**
 * Stores answers to surveys: claim of the case, answer, sensitive answers apart and quotas in one call and one commit. It decides
 * the whole rule of revisions by itself, as `store_answers` does for dossiers; what is not in the result was not written, and its
 * writer looks why.
 *
 * Cases are held first and in order, then quotas: whoever else answers a case holds it before anything of it, so no two wait in a
 * circle, and what is read afterwards is what stands. A revision that does not bring every sensitive answer that is stored is
 * taken only when it was completed by them (`seen` is the revision from which they were read). Among complete answers of one call
 * the last places of a quota go in order of the cases; who is left without looks again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function store_survey_answers(tenant_prefix text, batch jsonb) returns table (hash text, is_first boolean) language plpgsql as $$
    declare
      tenant int := (select t.id from tenant t where t.prefix = tenant_prefix);
      secrets bytea[];
      finished bytea[];
    begin
      if tenant is null then return; end if;
      perform set_config('app.tenant', tenant::text, true);
      select array_agg(decode(r.token_hash, 'hex')), array_agg(decode(r.token_hash, 'hex')) filter (where r.complete)
        into secrets, finished from jsonb_to_recordset(batch) as r (token_hash text, complete boolean);
      perform from survey_case c where c.tenant_id = tenant and c.token_hash = any (secrets) order by c.id for no key update;
      if finished is not null then
        perform from campaign_quota q
        where q.tenant_id = tenant and q.campaign_id in (
          select c.campaign_id from survey_case c where c.tenant_id = tenant and c.token_hash = any (finished))
        order by q.campaign_id, q.attribute, q.value for no key update;
      end if;
      return query
      with input as materialized (
        select decode(r.token_hash, 'hex') as secret, r.* from jsonb_to_recordset(batch) as r (
          token_hash text, questionnaire_code text, questionnaire_version int, forms text[], id uuid, revision smallint,
          complete boolean, seen smallint, answers jsonb, sensitive jsonb, pseudonyms jsonb, content_hashes jsonb, last_item text,
          item_ms jsonb, language text, started_at timestamptz, sent_at timestamptz, received_at timestamptz, today date,
          device_hash text)
      ), able as materialized (
        select c.id as case_id, c.campaign_id, c.state, c.form, c.key_version, c.stratum, c.psu, c.weight, f.attributes, f.unit_id,
          decode(i.pseudonyms ->> c.key_version::text, 'hex') as pseudonym,
          decode(i.content_hashes ->> c.key_version::text, 'hex') as content_hash, i.token_hash, i.id, i.revision, i.complete,
          i.seen, i.answers, i.sensitive, i.last_item, i.item_ms, i.language, i.started_at, i.sent_at, i.received_at,
          decode(i.device_hash, 'hex') as device_hash
        from input i
          join survey_case c on c.tenant_id = tenant and c.token_hash = i.secret
          join campaign k on k.tenant_id = tenant and k.id = c.campaign_id
          join campaign_frame f on f.tenant_id = tenant and f.id = c.frame_id
        where c.released and c.state <> 'complete' and k.state = 'open' and i.today between k.opens_on and k.closes_on
          and k.questionnaire_code = i.questionnaire_code and k.questionnaire_version = i.questionnaire_version
          and coalesce(c.form, '') = any (i.forms) and i.pseudonyms ? c.key_version::text
      ), place as materialized (
        select a.case_id, a.complete, q.campaign_id, q.attribute, q.value,
          q.taken + case when a.complete
            then count(*) filter (where a.complete) over (partition by q.campaign_id, q.attribute, q.value order by a.case_id)
            else 1 end > q.most as is_over
        from able a join campaign_quota q on q.tenant_id = tenant and q.campaign_id = a.campaign_id
          and q.value = case q.attribute when '' then a.stratum else a.attributes ->> q.attribute end
        where a.complete or a.state = 'open'
      ), taken as materialized (
        select a.* from able a where not exists (select from place p where p.case_id = a.case_id and p.is_over)
      ), claimed as (
        insert into survey_answer (tenant_id, campaign_id, id, case_id, mode, revision, complete, form, answers, last_item, item_ms,
          language, started_at, sent_at, received_at, content_hash, device_hash, stratum, psu, weight, attributes, unit_id)
        select tenant, a.campaign_id, a.id, a.case_id, 'web', a.revision, a.complete, a.form, a.answers, a.last_item, a.item_ms,
          a.language, a.started_at, a.sent_at, a.received_at, a.content_hash, a.device_hash, a.stratum, a.psu, a.weight,
          a.attributes, a.unit_id
        from taken a where a.state = 'open'
        returning case_id
      ), raised as (
        update survey_answer s set mode = 'web', revision = a.revision, complete = a.complete, answers = a.answers,
          last_item = a.last_item, item_ms = a.item_ms, language = a.language, sent_at = a.sent_at, received_at = a.received_at,
          content_hash = a.content_hash
        from taken a
        where a.state = 'partial' and s.tenant_id = tenant and s.campaign_id = a.campaign_id and s.id = a.id
          and s.case_id = a.case_id and s.standing = 'main' and not s.complete and s.revision < a.revision
          and (s.revision = a.seen or not exists (
            select from survey_private p
            where p.tenant_id = tenant and p.campaign_id = a.campaign_id and p.pseudonym = a.pseudonym
              and p.answers - array(select jsonb_object_keys(a.sensitive)) <> '{}'))
        returning s.case_id
      ), written as materialized (
        select a.*, true as is_new from taken a join claimed using (case_id)
        union all
        select a.*, false from taken a join raised using (case_id)
      ), stated as (
        update survey_case c set state = case when w.complete then 'complete' else 'partial' end,
          opened_at = coalesce(c.opened_at, w.received_at), answered_at = case when w.complete then w.received_at end
        from written w where c.tenant_id = tenant and c.id = w.case_id
      ), counted as (
        update campaign_quota q set taken = q.taken + n.more
        from (
          select p.campaign_id, p.attribute, p.value, count(*) as more from place p join written w using (case_id)
          where w.complete group by p.campaign_id, p.attribute, p.value) n
        where q.tenant_id = tenant and q.campaign_id = n.campaign_id and q.attribute = n.attribute and q.value = n.value
      ), apart as (
        insert into survey_private (tenant_id, campaign_id, pseudonym, key_version, answers)
        select tenant, w.campaign_id, w.pseudonym, w.key_version, w.sensitive from written w
        where w.sensitive <> '{}' or w.seen is not null
        on conflict (tenant_id, campaign_id, pseudonym) do update set answers = excluded.answers
      )
      select w.token_hash, w.is_new from written w;
    end $$`.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop function store_survey_answers(text, jsonb)`.execute(db)
}
