import { Kysely, sql, type Transaction } from 'kysely'
import postgres from 'postgres'
import { isConnectionFault } from './connection-fault.ts'
import { Dialect } from './dialect.ts'
import type { DB } from './schema/tables.ts'
import type { Send } from './send.ts'

/** What the rooms get: the only two ways to a query. */
export interface Database {
  /** Runs work in one transaction in which only the rows of this tenant (and national reference rows) exist. */
  withTenant: <T>(
    tenantId: number,
    work: (trx: Transaction<DB>) => Promise<T>,
    options?: { isolation?: 'repeatable read' },
  ) => Promise<T>
  /**
   * The plain handle, for the tables that stand outside row-level security: tenant, membership, api_key, instrument,
   * instrument_item, unit_lineage, job and better-auth's own. Tenant tables show no row through it.
   */
  shared: Kysely<DB>
  /**
   * By itself, for what is sent for every answer: prepared once for each connection, so that it goes there and back once, where
   * others go twice. Texts are kept as long as their connection: only for a few fixed ones.
   */
  send: Send
  /** Gives up all connections, failing what runs on them, and begins anew. */
  renew: () => void
  /** Connections of this client: the most it opens, those at work, and work that waits for one. */
  pool: () => { max: number; busy: number; waiting: number }
  close: () => Promise<void>
}

/**
 * Connects to PostgreSQL (15 or later).
 *
 * `bigint` columns become numbers (ids and counts stay far below 2^53) and `date` stays `YYYY-MM-DD` text, so that no
 * time zone ever moves a day. `fetch_types` stays at its default: switched off, the dialect hangs.
 */
export function createDatabase(url: string, options: { max?: number; connectTimeoutSec?: number } = {}): Database {
  const max = options.max ?? 10
  const at = { work: 0, wait: 0 }
  const connect = () =>
    postgres(url, {
      max,
      connect_timeout: options.connectTimeoutSec ?? 10,
      onnotice: () => {},
      types: {
        bigint: { to: 20, from: [20], serialize: String, parse: Number },
        date: { to: 1082, from: [1082], serialize: String, parse: String },
      },
    })
  let client = connect()
  // A connection of this driver that broke in mid-write never works again: what was left unsent stays before its next
  // greeting, and a write to it throws outside of any query. So a broken client is replaced as a whole.
  const renew = () => {
    const broken = client
    client = connect()
    void broken.end({ timeout: 0 }).catch(() => undefined)
  }
  // the dialect reserves a connection for each piece of work
  const reserve = async (): Promise<postgres.ReservedSql> => {
    at.wait += 1
    const connection = await client.reserve().finally(() => (at.wait -= 1))
    at.work += 1
    const { release } = connection
    let held = true
    connection.release = () => {
      if (held) at.work -= 1
      held = false
      return release()
    }
    return connection
  }
  const current = new Proxy(client, {
    get: (_first, key) => (key === 'reserve' ? reserve : (Reflect.get(client, key) as unknown)),
  })
  // all queries of a broken client fail together, and one new client is enough for them
  const renewIfLost = () => {
    const used = client
    return () => {
      if (client === used) renew()
    }
  }
  const db = new Kysely<DB>({ dialect: new Dialect({ postgres: current }, renewIfLost) })
  return {
    withTenant: (tenantId, work, { isolation } = {}) => {
      const builder = db.transaction()
      return (isolation ? builder.setIsolationLevel(isolation) : builder).execute(async (trx) => {
        // What reads a whole picture is planned for its own units and months: after five times PostgreSQL would take one plan
        // for any, which reads all of a tenant's rows for one unit.
        const plans = isolation ? sql`, set_config('plan_cache_mode', 'force_custom_plan', true)` : sql``
        await sql`select set_config('app.tenant', ${String(tenantId)}, true)${plans}`.execute(trx)
        return work(trx)
      })
    },
    shared: db,
    send: async <Row>(text: string, values: string[]) => {
      const tellLost = renewIfLost()
      at.work += 1
      try {
        return await client.unsafe<Row[] & postgres.MaybeRow[]>(text, values, { prepare: true })
      } catch (error) {
        if (isConnectionFault(error)) tellLost()
        throw error
      } finally {
        at.work -= 1
      }
    },
    renew,
    pool: () => ({ max, busy: at.work, waiting: at.wait }),
    close: async () => {
      await client.end({ timeout: 5 })
    },
  }
}
