import { explain, locateDatabase, type OpenDatabase } from '../node/database.ts'
import type { BareCall } from './command.ts'

/** Opens the database as it stands, beside a running server or alone, and lets go of it afterwards, also on Ctrl-C. */
export async function withDatabaseAsIs<T>({ io }: BareCall, work: (database: OpenDatabase) => Promise<T>): Promise<T> {
  const database = await locateDatabase(io.env, { beside: true })
  const interrupted = (name: NodeJS.Signals) =>
    void database.stop().finally(() => process.exit(name === 'SIGINT' ? 130 : 143))
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    return await work(database)
  } catch (error) {
    throw explain(error)
  } finally {
    await database.stop()
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
  }
}
