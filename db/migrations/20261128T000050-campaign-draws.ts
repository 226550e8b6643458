import { sql, type Kysely } from 'kysely'
import { guardTenant } from './guard-tenant.ts'

/**
 * What a sample is drawn from and how (strata of the frame, cells of the draw with what their weights are made of), how many
 * complete answers a quota has taken, and what makes changes of a campaign safe to repeat.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table campaign add column request_id uuid not null default gen_random_uuid(),
      add column revision int not null default 1, drop column quotas`.execute(db)
  // making a campaign is repeated under the same id
  await sql`create unique index campaign_request_key on campaign (tenant_id, request_id)`.execute(db)
  // A member is found by its id alone: with the campaign in the key too, a server that has not yet gathered statistics takes the
  // index of codes instead and looks through the whole frame. References to members are written by the statements that read
  // them; a check of each row would make an import many times slower.
  await sql`
    alter table campaign_contact drop constraint campaign_contact_tenant_id_campaign_id_frame_id_fkey,
      add foreign key (tenant_id, campaign_id) references campaign (tenant_id, id) on delete cascade`.execute(db)
  await sql`
    alter table survey_case drop constraint survey_case_tenant_id_campaign_id_frame_id_fkey,
      add foreign key (tenant_id, campaign_id) references campaign (tenant_id, id) on delete cascade`.execute(db)
  await sql`
    alter table campaign_frame drop constraint campaign_frame_pkey, add primary key (tenant_id, id)`.execute(db)
  await sql`
    create table campaign_stratum (
      tenant_id int not null, campaign_id bigint not null, stratum text not null, members int not null check (members > 0),
      primary key (tenant_id, campaign_id, stratum),
      foreign key (tenant_id, campaign_id) references campaign (tenant_id, id) on delete cascade)`.execute(db)
  await sql`
    create table campaign_cell (
      tenant_id int not null, campaign_id bigint not null, stratum text not null, psu text not null default '',
      members int not null check (members > 0),
      first_probability double precision not null check (first_probability > 0 and first_probability <= 1),
      main int not null check (main > 0), reserve int not null check (reserve >= 0),
      released int not null check (released between 0 and reserve),
      primary key (tenant_id, campaign_id, stratum, psu),
      foreign key (tenant_id, campaign_id) references campaign (tenant_id, id) on delete cascade)`.execute(db)
  await sql`
    create table campaign_quota (
      tenant_id int not null, campaign_id bigint not null, attribute text not null, value text not null,
      most int not null check (most > 0), taken int not null default 0,
      primary key (tenant_id, campaign_id, attribute, value),
      foreign key (tenant_id, campaign_id) references campaign (tenant_id, id) on delete cascade)`.execute(db)
  for (const table of ['campaign_stratum', 'campaign_cell', 'campaign_quota']) await guardTenant(db, table)
}

/** Forgets draws and quotas; a campaign can then no longer be released from, and is drawn anew. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table campaign_quota, campaign_cell, campaign_stratum`.execute(db)
  await sql`
    alter table campaign_frame drop constraint campaign_frame_pkey, add primary key (tenant_id, campaign_id, id)`.execute(
    db,
  )
  for (const table of ['campaign_contact', 'survey_case']) {
    await sql`
      alter table ${sql.table(table)} drop constraint ${sql.ref(`${table}_tenant_id_campaign_id_fkey`)},
        add foreign key (tenant_id, campaign_id, frame_id)
          references campaign_frame (tenant_id, campaign_id, id) on delete cascade`.execute(db)
  }
  await sql`alter table campaign drop column request_id, drop column revision`.execute(db)
  await sql`alter table campaign add column quotas jsonb not null default '[]'`.execute(db)
  await sql`alter table campaign alter column quotas drop default`.execute(db)
}
