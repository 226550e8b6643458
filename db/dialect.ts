import { CompiledQuery, type DatabaseConnection } from 'kysely'
import { PostgresJSDialect, PostgresJSDriver, type PostgresJSDialectConfig } from 'kysely-postgres-js'
import { isConnectionFault } from './connection-fault.ts'

/** Called when a connection is being acquired; what it returns is called, once, if that connection turns out to be lost. */
export type OnAcquire = () => () => void

/** Kysely on postgres.js. */
export class Dialect extends PostgresJSDialect {
  readonly #config: PostgresJSDialectConfig
  readonly #onAcquire: OnAcquire
  constructor(config: PostgresJSDialectConfig, onAcquire: OnAcquire = () => () => {}) {
    super(config)
    this.#config = config
    this.#onAcquire = onAcquire
  }
  override createDriver(): Driver {
    return new Driver(this.#config, this.#onAcquire)
  }
}

class Driver extends PostgresJSDriver {
  readonly #onAcquire: OnAcquire
  readonly #lost = new WeakSet<DatabaseConnection>()
  constructor(config: PostgresJSDialectConfig, onAcquire: OnAcquire) {
    super(config)
    this.#onAcquire = onAcquire
  }

  override async acquireConnection(...options: Parameters<PostgresJSDriver['acquireConnection']>) {
    const tellLost = this.#onAcquire()
    const connection = await super.acquireConnection(...options)
    const run = connection.executeQuery.bind(connection)
    connection.executeQuery = async (query) => {
      try {
        return await run(query)
      } catch (error) {
        if (isConnectionFault(error) && !this.#lost.has(connection)) {
          this.#lost.add(connection)
          tellLost()
        }
        throw error
      }
    }
    return connection
  }

  /**
   * A transaction whose connection is lost is rolled back already. Nothing more is sent on it: postgres.js throws outside of
   * any query when it writes to a closed connection. What is to be told is the error that led here; Kysely's own driver would
   * put in its place a TypeError, because it calls for the connection to be discarded by a method that those of postgres.js
   * do not have.
   */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#lost.has(connection)) return
    await connection.executeQuery(CompiledQuery.raw('rollback')).catch(() => undefined)
  }
}
