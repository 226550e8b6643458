import { sql, type Kysely } from 'kysely'

/** Short codes of printed asks, asks of walk-ins, and the count of wrong codes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // short_n: which of an ask's possible codes it has (the next one after each collision)
  await sql`
    alter table ask
      add column short_hash bytea, add column short_n smallint,
      add column walk_in_id uuid, add column walk_in_by text,
      add constraint ask_short_code check ((short_hash is null) = (short_n is null))`.execute(db)
  // a code is looked up by its keyed hash; only printed asks have one
  await sql`create unique index ask_short_key on ask (tenant_id, short_hash) where short_hash is not null`.execute(db)
  // a walk-in is sent again, or its slip printed again; also how many a unit has had in a day
  await sql`create unique index ask_walk_in_key on ask (tenant_id, walk_in_id) where walk_in_id is not null`.execute(db)
  await sql`
    create index ask_walk_in_day_idx on ask (tenant_id, receiving_unit_id, asked_on) where stream = 'walk_in'`.execute(
    db,
  )
  // no tenant: a wrong code is nobody's. who is a device's daily hash, or empty for everybody together
  await sql`
    create table code_guess (
      who bytea not null, slot timestamptz not null, n int not null, primary key (slot, who))`.execute(db)
}

/** Removes short codes. Asks of walk-ins stay. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table code_guess`.execute(db)
  await sql`
    alter table ask drop column short_hash, drop column short_n, drop column walk_in_id, drop column walk_in_by`.execute(
    db,
  )
}
