import { sql, type RawBuilder, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'

/** Fetches that are under way while one is worked on: the server makes rows while this process uses the last ones. */
const AHEAD = 2

/**
 * The rows of a query, some at a time and in its order, through a cursor of the server: memory does not grow with the rows.
 * @param name of the cursor: one at a time in a transaction
 */
export async function* cursorRows<Row>(
  trx: Transaction<DB>,
  name: string,
  query: RawBuilder<Row>,
  atOnce: number,
): AsyncGenerator<Row[]> {
  const fetch = sql.raw<Row>(`fetch ${atOnce} from ${name}`)
  await sql`declare ${sql.raw(name)} no scroll cursor for ${query}`.execute(trx)
  const coming: Promise<Row[]>[] = []
  const send = (): void => {
    const rows = fetch.execute(trx).then((result) => result.rows)
    // whoever waits for it is told of a failure
    rows.catch(() => undefined)
    coming.push(rows)
  }
  while (coming.length < AHEAD) send()
  for (let rows = await coming.shift(); rows !== undefined; rows = await coming.shift()) {
    if (rows.length === atOnce) send()
    if (rows.length > 0) yield rows
  }
  await sql`close ${sql.raw(name)}`.execute(trx)
}
