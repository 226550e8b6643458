import { sql, type Kysely } from 'kysely'

/**
 * Who is measured. A row whose tenant_id is null is national reference data, read by everybody and written only by the
 * migrating role's seed; a tenant's own units carry its id. Surrogate ids below 100000 are the national ones.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table unit (
      id int primary key,
      tenant_id int references tenant (id) on delete cascade,
      kind text not null check (kind in ('province', 'department', 'commune', 'one_stop', 'centre', 'district')),
      parent_id int references unit (id),
      valid_from date, valid_to date,
      check (valid_to is null or valid_from is null or valid_to > valid_from))`.execute(db)
  await sql`create sequence unit_id_seq start 100000 owned by unit.id`.execute(db)
  await sql`alter table unit alter column id set default nextval('unit_id_seq')`.execute(db)
  await sql`
    create table unit_name (
      unit_id int not null references unit (id) on delete cascade,
      tenant_id int references tenant (id) on delete cascade,
      name text not null, valid_from date, valid_to date)`.execute(db)
  await sql`
    create table unit_code (
      tenant_id int references tenant (id) on delete cascade,
      system text not null check (system in ('own', 'h', 'gso_province', 'gso_commune')),
      code text not null,
      unit_id int not null references unit (id) on delete cascade,
      valid_from date, valid_to date)`.execute(db)
  await sql`
    create table unit_lineage (
      old_unit_id int not null references unit (id) on delete cascade,
      new_unit_id int not null references unit (id) on delete cascade,
      share numeric check (share > 0 and share <= 1),
      basis text not null,
      primary key (old_unit_id, new_unit_id))`.execute(db)
  // the unit list and tree of a tenant
  await sql`create index unit_tenant_idx on unit (tenant_id, kind, id)`.execute(db)
  await sql`create index unit_parent_idx on unit (parent_id)`.execute(db)
  // one name per unit and start day; also the join from unit to its names
  await sql`create unique index unit_name_key on unit_name (unit_id, coalesce(valid_from, '-infinity'::date))`.execute(
    db,
  )
  // the importer's look-up of a code, and idempotent seeding
  await sql`
    create unique index unit_code_key
    on unit_code (coalesce(tenant_id, 0), system, code, unit_id, coalesce(valid_from, '-infinity'::date))`.execute(db)
  await sql`create index unit_code_unit_idx on unit_code (unit_id)`.execute(db)
  // predecessors of a unit (its successors are found by the primary key)
  await sql`create index unit_lineage_new_idx on unit_lineage (new_unit_id)`.execute(db)
  for (const table of ['unit', 'unit_name', 'unit_code']) {
    const name = sql.table(table)
    await sql`alter table ${name} enable row level security`.execute(db)
    await sql`alter table ${name} force row level security`.execute(db)
    await sql`
      create policy tenant_read on ${name} for select
      using (tenant_id is null or tenant_id = nullif(current_setting('app.tenant', true), '')::int)`.execute(db)
    await sql`
      create policy tenant_write on ${name} for all
      using (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
      with check (tenant_id = nullif(current_setting('app.tenant', true), '')::int)`.execute(db)
    // the national seed runs as the owner with app.tenant = '0', which is no tenant's id
    await sql`
      create policy national_seed on ${name} for all to current_user
      using (tenant_id is null and current_setting('app.tenant', true) = '0')
      with check (tenant_id is null and current_setting('app.tenant', true) = '0')`.execute(db)
  }
}

/** Removes units. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table unit_lineage, unit_code, unit_name, unit`.execute(db)
}
