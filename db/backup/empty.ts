import { appliedMigrations, listTables, quoted, type Table, tenantIds } from './catalog.ts'
import { enterTenant, type Session } from './session.ts'

/** What a start fills by itself: reference data, and a first tenant without anything in it. */
const REFERENCE = ['tenant', 'job', 'instrument', 'instrument_item', 'unit_lineage']

/** Whether nothing is in the database that a start would not put there again: no person, no dossier, no tenant's own row. */
export async function isEmpty(session: Session): Promise<boolean> {
  if ((await appliedMigrations(session.sql)).length === 0) return (await listTables(session)).length === 0
  const tenants = await tenantIds(session.sql)
  for (const table of await listTables(session)) {
    if (!REFERENCE.includes(table.name) && (await hasRows(session, table, tenants))) return false
  }
  return true
}

async function hasRows(session: Session, table: Table, tenants: readonly number[]): Promise<boolean> {
  const name = `public.${quoted(table.name)}`
  // a row without a tenant in a table of tenants' rows is national reference data
  const own = table.rowsOfTenants ? 'where tenant_id is not null' : ''
  for (const tenant of table.guarded ? tenants : [0]) {
    await enterTenant(session, tenant)
    const [found] = await session.sql.unsafe<{ here: boolean }[]>(`select exists (select from ${name} ${own}) as here`)
    if (found?.here === true) return true
  }
  return false
}
