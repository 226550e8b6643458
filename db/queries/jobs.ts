import { sql, type Kysely } from 'kysely'
import type { DB } from '../schema/tables.ts'

/**
 * Takes a night's work, once for all servers of a database: false when it has been done since `since`, or was begun by somebody
 * less than `retryAfterMs` ago.
 */
export async function claimNightly(
  db: Kysely<DB>,
  name: string,
  { since, now, retryAfterMs }: { since: Date; now: Date; retryAfterMs: number },
): Promise<boolean> {
  const { rows } = await sql`
    update job set last_started_at = ${now}
    where name = ${name} and (last_finished_at is null or last_finished_at < ${since})
      and (last_started_at is null or last_started_at < ${new Date(now.getTime() - retryAfterMs)})
    returning name`.execute(db)
  return rows.length > 0
}

/** Notes that a night's work is done. */
export async function finishNightly(db: Kysely<DB>, name: string, now: Date): Promise<void> {
  await db.updateTable('job').set({ last_finished_at: now }).where('name', '=', name).execute()
}
