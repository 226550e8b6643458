import type postgres from 'postgres'
import type { Measurement } from '../../support/benchmark.ts'

const MB = 1_000_000
/** Smaller tables and indexes are left out. */
const LEAST_BYTES = MB

/** Sizes of tables, each followed by its indexes with how often these were read since the server started. */
export async function tableSizes(sql: postgres.Sql): Promise<Measurement[]> {
  await sql`select pg_stat_force_next_flush()`
  const tables = await sql<{ name: string; bytes: number; rows: number }[]>`
    select c.relname as name, pg_table_size(c.oid)::float8 as bytes, greatest(c.reltuples, 0)::float8 as rows
    from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 2 desc`
  const indexes = await sql<{ table: string; name: string; bytes: number; reads: number }[]>`
    select relname as table, indexrelname as name, pg_relation_size(indexrelid)::float8 as bytes, idx_scan::float8 as reads
    from pg_stat_user_indexes where schemaname = 'public' order by 3 desc`
  return tables
    .filter(({ bytes }) => bytes >= LEAST_BYTES)
    .flatMap((table) => [
      {
        name: `table ${table.name}`,
        unit: 'MB',
        value: table.bytes / MB,
        note: `about ${Math.round(table.rows)} rows`,
      },
      ...indexes
        .filter((index) => index.table === table.name && index.bytes >= LEAST_BYTES)
        .map((index) => ({
          name: `index ${index.name}`,
          unit: 'MB',
          value: index.bytes / MB,
          note: `read ${index.reads} times`,
        })),
    ])
}
