import { sql, type Kysely } from 'kysely'
import type { InstrumentItemTable } from '../schema/answers.ts'
import type { DB } from '../schema/tables.ts'

/** Stores a published version; the same version again changes nothing, because published versions are never edited. */
export async function publishInstrument(
  db: Kysely<DB>,
  instrument: { code: string; version: number; definition: unknown; sha256: string },
  items: Pick<InstrumentItemTable, 'item' | 'rates'>[],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const stored = await trx
      .insertInto('instrument')
      .values({ ...instrument, definition: sql`${JSON.stringify(instrument.definition)}::text::jsonb` })
      .onConflict((c) => c.columns(['code', 'version']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!stored) return
    await trx
      .insertInto('instrument_item')
      .values(items.map((item) => ({ ...item, instrument_id: stored.id })))
      .execute()
  })
}

/** The newest published version of an instrument. */
export function currentInstrument(db: Kysely<DB>, code: string) {
  return db
    .selectFrom('instrument')
    .selectAll()
    .where('code', '=', code)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Id of the newest published version of an instrument, without its definition. */
export async function currentInstrumentId(db: Kysely<DB>, code: string): Promise<number | null> {
  const row = await db
    .selectFrom('instrument')
    .select('id')
    .where('code', '=', code)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}

/** One published version of an instrument. */
export function findInstrument(db: Kysely<DB>, code: string, version: number) {
  return db
    .selectFrom('instrument')
    .selectAll()
    .where('code', '=', code)
    .where('version', '=', version)
    .executeTakeFirst()
}

/** Every published version of an instrument, the current one last. */
export function allVersions(db: Kysely<DB>, code: string) {
  return db.selectFrom('instrument').selectAll().where('code', '=', code).orderBy('version').limit(100).execute()
}
