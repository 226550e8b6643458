import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'

/** Ids for new rows, taken first because other rows, and tokens, are made from them. */
export async function nextIds(
  trx: Transaction<DB>,
  table: 'dossier' | 'ask' | 'campaign_frame',
  count: number,
): Promise<number[]> {
  if (count === 0) return []
  const { rows } = await sql<{ ids: string }>`
    select string_agg(nextval(s.name)::text, ' ') as ids
    from (select pg_get_serial_sequence(${table}, 'id')::regclass as name offset 0) s, generate_series(1, ${count}::int)`.execute(
    trx,
  )
  return (rows[0]?.ids ?? '').split(' ').map(Number)
}
