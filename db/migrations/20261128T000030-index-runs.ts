import { sql, type Kysely } from 'kysely'
import { guardTenant } from './guard-tenant.ts'

/**
 * What a run keeps of each unit as one row of its inputs and one of its scores: a night writes tens of thousands of such rows,
 * and a row for every node would be millions. Arrays follow the order of the run's definition: inputs its indicators, scores
 * its elements (nodes from the root down, then indicators). Figures that come from no answers have a table of their own.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop table index_score, index_input`.execute(db)
  await sql`
    alter table index_run
      add column sources text not null default '',
      add column mix_groups text[] not null default '{}',
      add column nightly boolean not null default false`.execute(db)
  await sql`
    create table index_input (
      tenant_id int not null references tenant (id) on delete cascade, run_id bigint not null,
      unit_id int not null, name text not null, kind text not null, parent_id int,
      est double precision[] not null, n int[] not null, kish double precision[] not null,
      covariance double precision[] not null, clusters int not null, strata int not null,
      dossiers int not null, invited int not null, answered int not null, gap smallint[] not null,
      counts int[] not null,
      mix_indicator smallint[] not null, mix_group smallint[] not null, mix_weight double precision[] not null,
      mix_mean double precision[] not null,
      primary key (tenant_id, run_id, unit_id),
      foreign key (tenant_id, run_id) references index_run (tenant_id, id) on delete cascade)`.execute(db)
  await sql`
    create table index_score (
      tenant_id int not null references tenant (id) on delete cascade, run_id bigint not null, unit_id int not null,
      est double precision[] not null, se double precision[] not null, df double precision[] not null,
      lo double precision[] not null, hi double precision[] not null, n int[] not null, n_eff double precision[] not null,
      method text[] not null, suppressed text[] not null, present smallint[] not null,
      primary key (tenant_id, run_id, unit_id),
      foreign key (tenant_id, run_id) references index_run (tenant_id, id) on delete cascade)`.execute(db)
  await sql`
    create table index_hard (
      tenant_id int not null references tenant (id) on delete cascade,
      code text not null, unit_id int not null references unit (id), from_month date not null, to_month date not null,
      value double precision not null, n int check (n >= 0), source text not null,
      imported_at timestamptz not null, imported_by text not null,
      primary key (tenant_id, from_month, to_month, code, unit_id))`.execute(db)
  // Whatever the program does: the text that runs and pages name by its hash stays.
  await sql`
    create function keep_published_edition() returns trigger language plpgsql as $$
    begin
      if old.state <> 'draft' and (new.id, new.edition, new.definition, new.sha256) is distinct from (old.id, old.edition, old.definition, old.sha256) then
        raise exception 'a published edition never changes';
      end if;
      return new;
    end $$`.execute(db)
  await sql`
    create trigger published_edition_stays before update on index_edition
    for each row execute function keep_published_edition()`.execute(db)
  for (const table of ['index_input', 'index_score', 'index_hard']) await guardTenant(db, table)
}

/** Brings back the tables as they were, empty. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop trigger published_edition_stays on index_edition`.execute(db)
  await sql`drop function keep_published_edition`.execute(db)
  await sql`drop table index_hard, index_score, index_input`.execute(db)
  await sql`alter table index_run drop column sources, drop column mix_groups, drop column nightly`.execute(db)
  await sql`
    create table index_input (
      tenant_id int not null references tenant (id) on delete cascade, run_id bigint not null,
      unit_id int not null, name text not null, kind text not null, parent_id int,
      est double precision[] not null, n int[] not null, kish double precision[] not null,
      covariance double precision[] not null, clusters int not null, strata int not null,
      invited int not null, answered int not null, hidden boolean[] not null,
      primary key (tenant_id, run_id, unit_id),
      foreign key (tenant_id, run_id) references index_run (tenant_id, id) on delete cascade)`.execute(db)
  await sql`
    create table index_score (
      tenant_id int not null references tenant (id) on delete cascade, run_id bigint not null,
      unit_id int not null, node text not null,
      est double precision, se double precision, df double precision, lo double precision, hi double precision,
      n int, n_eff double precision, method text not null,
      suppressed text check (suppressed in ('too_few', 'complementary', 'not_measured')),
      present smallint not null, of smallint not null,
      primary key (tenant_id, run_id, unit_id, node),
      foreign key (tenant_id, run_id, unit_id) references index_input (tenant_id, run_id, unit_id) on delete cascade)`.execute(
    db,
  )
  for (const table of ['index_input', 'index_score']) await guardTenant(db, table)
}
