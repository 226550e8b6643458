import { listTables, quoted, type Table, tenantIds } from './catalog.ts'
import { isEmpty } from './empty.ts'
import { enterTenant, inSession, type Session } from './session.ts'

/** How much a database holds; `empty` when that is only what a start puts there by itself. */
export interface Contents {
  readonly rows: number
  readonly tables: number
  readonly empty: boolean
}

/** Counts every row of a migrated database. */
export function countContents(ownerUrl: string): Promise<Contents> {
  return inSession(ownerUrl, 'snapshot', async (session) => {
    const tables = await listTables(session)
    const tenants = await tenantIds(session.sql)
    let rows = 0
    for (const table of tables) rows += await countRows(session, table, tenants)
    return { rows, tables: tables.length, empty: await isEmpty(session) }
  })
}

async function countRows(session: Session, table: Table, tenants: readonly number[]): Promise<number> {
  let rows = 0
  for (const tenant of table.guarded ? [0, ...tenants] : [0]) {
    await enterTenant(session, tenant)
    // a tenant sees the nation's rows too
    const own = tenant === 0 ? '' : `where tenant_id = ${tenant}`
    const [found] = await session.sql.unsafe<{ n: number }[]>(
      `select count(*)::float8 as n from public.${quoted(table.name)} ${own}`,
    )
    rows += found?.n ?? 0
  }
  return rows
}
