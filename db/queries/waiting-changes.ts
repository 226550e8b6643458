import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'

/** How many changes of a tenant's cells wait to be counted anew, and how old the oldest is (seconds; 0 when none waits). */
export async function waitingChanges(
  trx: Transaction<DB>,
  tenantId: number,
): Promise<{ changes: number; oldestSeconds: number }> {
  const { rows } = await sql<{ changes: number; oldest: number | null }>`
    select count(*)::int as changes, greatest(extract(epoch from clock_timestamp() - min(at)), 0)::float8 as oldest
    from tally_change where tenant_id = ${tenantId}`.execute(trx)
  return { changes: rows[0]?.changes ?? 0, oldestSeconds: rows[0]?.oldest ?? 0 }
}
