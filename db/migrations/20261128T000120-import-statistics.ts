import { sql, type Kysely } from 'kysely'

/**
 * Lets the application have statistics of the register made in the middle of an import. Automatic statistics see only rows that are
 * committed: those that come while a large import fills empty tables say "pages, but no row", and the planner then takes any index
 * for as good as the key. Statistics made by the import itself count its rows, and hold others off until it ends; when somebody else
 * is at it, nothing happens. Runs as the owner of the tables, whom alone the server lets do this, and takes no argument.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function analyze_register() returns void language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      analyze (skip_locked) dossier, dossier_event, ask;
    end $$`.execute(db)
}

/** Removes it. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop function analyze_register()`.execute(db)
}
