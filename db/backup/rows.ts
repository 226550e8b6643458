import { quoted, type Table } from './catalog.ts'
import { copyOut } from './copy.ts'
import { RowSum, type TableSum } from './digest.ts'
import { enterTenant, type Session } from './session.ts'

/**
 * Streams every row of a table. A role that row-level security binds reads tenant by tenant, which is everything: each row
 * belongs to a tenant or to the nation.
 *
 * @param columns of the table, in the order in which they are to be written
 * @throws Error when rows are hidden from the role and no tenant is named in them
 */
export async function* tableRows(
  session: Session,
  table: Table,
  tenants: readonly number[],
  columns: readonly string[] = table.columns,
): AsyncGenerator<Buffer> {
  const list = columns.map(quoted).join(', ')
  const name = `public.${quoted(table.name)}`
  if (!table.guarded) {
    yield* copyOut(session, `copy (select ${list} from ${name}) to stdout`)
    return
  }
  if (!table.rowsOfTenants) throw new Error(`rows of ${table.name} are hidden from this role; give it BYPASSRLS`)
  await enterTenant(session, 0)
  yield* copyOut(session, `copy (select ${list} from ${name} where tenant_id is null) to stdout`)
  for (const tenant of tenants) {
    await enterTenant(session, tenant)
    yield* copyOut(session, `copy (select ${list} from ${name} where tenant_id = ${tenant}) to stdout`)
  }
}

/** Counts and sums the rows of a table as they stand. */
export async function sumTable(
  session: Session,
  table: Table,
  tenants: readonly number[],
  columns?: readonly string[],
): Promise<TableSum> {
  const sum = new RowSum()
  for await (const piece of tableRows(session, table, tenants, columns)) sum.piece(piece)
  return sum.sum()
}
