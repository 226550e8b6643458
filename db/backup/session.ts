import postgres from 'postgres'

/** One transaction on a connection of its own. */
export interface Session {
  readonly sql: postgres.Sql
  /** Sees the rows of every tenant: a superuser or a role with BYPASSRLS. */
  readonly seesAll: boolean
  /** Ends the connection at once: the only way out of a COPY that nobody reads to its end. */
  readonly cut: () => void
}

/** Values are written the same by every server and every role, so that a row's text can be compared. */
const settings = {
  client_encoding: 'UTF8',
  datestyle: 'ISO, YMD',
  intervalstyle: 'postgres',
  timezone: 'UTC',
  extra_float_digits: '3',
  bytea_output: 'hex',
  synchronize_seqscans: 'off',
  statement_timeout: 0,
  idle_in_transaction_session_timeout: 0,
} as const

/**
 * Runs work in one transaction of the owner's; a failure leaves nothing behind.
 *
 * @param mode `snapshot`: sees one moment of a running system and holds up nothing but changes of the schema; `change`:
 *   for loading
 */
export async function inSession<T>(
  ownerUrl: string,
  mode: 'snapshot' | 'change',
  work: (session: Session) => Promise<T>,
): Promise<T> {
  let [lost, ending] = [false, false]
  const gone = Promise.withResolvers<never>()
  gone.promise.catch(() => undefined)
  const client = postgres(ownerUrl, {
    max: 1,
    connect_timeout: 10,
    max_lifetime: null,
    onnotice: () => undefined,
    onclose: () => {
      lost = true
      // a query on a reserved connection that was lost while it waited is never answered by the driver
      if (!ending) gone.reject(Object.assign(new Error('CONNECTION_LOST'), { code: 'CONNECTION_LOST' }))
    },
    connection: settings,
  })
  const cut = (): void => {
    ending = true
    void client.end({ timeout: 0 })
  }
  try {
    const [role] = await client<{ seesAll: boolean }[]>`
      select rolsuper or rolbypassrls as "seesAll" from pg_roles where rolname = current_user`
    const tables = mode === 'snapshot' ? await tableNames(client) : []
    // not the driver's own `begin`: when the connection is lost it sends its rollback all the same, and that crashes
    const sql = await client.reserve()
    try {
      await sql.unsafe(`begin ${mode === 'snapshot' ? 'isolation level repeatable read read only' : ''}`)
      // The snapshot is taken by the first query after this statement: a table altered between the two would look empty.
      if (tables.length > 0) await sql.unsafe(`lock table ${tables.join(', ')} in access share mode`)
      const result = await Promise.race([work({ sql, seesAll: role?.seesAll === true, cut }), gone.promise])
      await sql.unsafe('commit')
      return result
    } catch (error) {
      if (!lost) await Promise.race([sql.unsafe('rollback'), gone.promise]).catch(() => undefined)
      throw error
    } finally {
      if (!lost) sql.release()
    }
  } finally {
    ending = true
    await client.end({ timeout: lost ? 0 : 5 })
  }
}

/** Makes the rows of one tenant visible to a role that sees no others; 0 stands for the national rows. */
export async function enterTenant({ sql }: Session, tenantId: number): Promise<void> {
  await sql`select set_config('app.tenant', ${String(tenantId)}, true)`
}

async function tableNames(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select format('%I.%I', nspname, relname) as name from pg_class c join pg_namespace n on n.oid = relnamespace
    where nspname = 'public' and relkind in ('r', 'p')`
  return rows.map(({ name }) => name)
}
