import { sql } from 'kysely'
import { createDatabase } from './client.ts'

/**
 * Tells the planner of many new dossiers, or cases of surveys, at once; by itself it learns of them a minute or two later, and pages are slow until
 * then. A role that does not own the tables gets a warning from the server and nothing happens.
 */
export async function refreshStatistics(ownerUrl: string): Promise<void> {
  const db = createDatabase(ownerUrl, { max: 1 })
  try {
    await sql`analyze dossier, dossier_event, ask, tally_change, campaign_frame, survey_case, survey_answer`.execute(
      db.shared,
    )
  } finally {
    await db.close()
  }
}
