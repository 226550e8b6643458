import { sql, type Kysely } from 'kysely'

/** Forces row-level security by tenant on a table: without `app.tenant` no row is seen, not even by the table's owner. Frozen with the migrations that use it. */
export async function guardTenant(db: Kysely<unknown>, table: string): Promise<void> {
  const name = sql.table(table)
  await sql`alter table ${name} enable row level security`.execute(db)
  await sql`alter table ${name} force row level security`.execute(db)
  await sql`
    create policy tenant_only on ${name}
    using (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
    with check (tenant_id = nullif(current_setting('app.tenant', true), '')::int)`.execute(db)
}
