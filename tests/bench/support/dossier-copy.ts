import type postgres from 'postgres'

/** What an import of dossiers writes, parents first. */
const TABLES = ['dossier', 'dossier_event', 'ask', 'tally_change'] as const

/**
 * Loads the rows that are in these tables once more with COPY: the server reads them from files of its own, into the same
 * empty tables with the same indexes and constraints, in one transaction that is on disk when it is over.
 * @param folder a place where the server may write
 * @returns seconds
 */
export async function copyAgain(sql: postgres.Sql, folder: string): Promise<number> {
  for (const table of TABLES) await sql.unsafe(`copy ${table} to '${folder}/${table}.copy'`)
  await emptyTables(sql)
  const started = performance.now()
  await sql.begin(async (trx) => {
    for (const table of TABLES) await trx.unsafe(`copy ${table} from '${folder}/${table}.copy'`)
  })
  return (performance.now() - started) / 1000
}

/** Takes everything away that an import has written. */
export async function emptyTables(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`truncate ${TABLES.join(', ')}, dossier_change, import_run cascade`)
  await sql`checkpoint`
}
