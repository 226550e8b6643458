import { CompiledQuery, type DatabaseConnection } from 'kysely'
import { PostgresJSDialect, PostgresJSDriver, type PostgresJSDialectConfig } from 'kysely-postgres-js'

/** Kysely on postgres.js. */
export class Dialect extends PostgresJSDialect {
  readonly #config: PostgresJSDialectConfig
  constructor(config: PostgresJSDialectConfig) {
    super(config)
    this.#config = config
  }
  override createDriver(): Driver {
    return new Driver(this.#config)
  }
}

class Driver extends PostgresJSDriver {
  /**
   * A transaction can only fail to roll back when its connection is lost, and then it is rolled back. What is to be told is
   * the error that led here; Kysely's own driver would put in its place a TypeError, because it calls for the connection to
   * be discarded by a method that those of postgres.js do not have.
   */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback')).catch(() => undefined)
  }
}
