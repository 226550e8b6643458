import { sql } from 'kysely'
import { parseInstrument } from '../../../api/core/instrument/validate.ts'
import type { Database } from '../../client.ts'
import { currentInstrument } from '../../queries/instruments.ts'
import { columnWriter } from './columns.ts'
import { sampleDossiers } from './dossiers.ts'
import { buildEras, responsesPerDossier } from './flows.ts'
import { insertBatch } from './insert.ts'
import { sampleInstrument } from './items.ts'
import { jointMarks } from './joint.ts'
import { insertProcedures, insertUnits } from './places.ts'
import { DEFAULT_DOSSIERS, DEFAULT_SEED } from './simulate.ts'
import { fillTally } from './tally.ts'

export const SAMPLE_TENANT = { prefix: 'hym', name: 'Hưng Yên (dữ liệu mẫu)' } as const

/** Rows per statement: large enough that round trips do not count, small enough for constant memory. */
const BATCH_ROWS = 4000

/** What was loaded. `loaded` is false when the sample was there already; the counts are then 0. */
export interface LoadedSample {
  tenantId: number
  loaded: boolean
  dossiers: number
  responses: number
  ms: number
}

/**
 * Loads the sample province: its tenant, units, procedures, and dossiers with their asks, answers and tallies. All of it or, when
 * anything fails, nothing; a second load does nothing. The same seed, size and instant give the same rows.
 * @param options.now nothing in the sample happens later
 * @param options.responses about how many answers to make; default: what 60,000 dossiers bring
 * @throws when the national units or the dossier rating are not loaded, or a real tenant uses the sample's prefix
 */
export async function loadSample(
  db: Database,
  options: { now: Date; responses?: number | undefined; seed?: number | undefined },
): Promise<LoadedSample> {
  const started = performance.now()
  const stored = await currentInstrument(db.shared, 'dossier-rating')
  if (!stored) throw new Error('the sample needs the dossier rating: publish the shipped instruments first')
  const definition = parseInstrument(stored.definition)
  const instrument = sampleInstrument(definition)
  const tenant = await findSample(db)
  if (tenant !== null) return { tenantId: tenant, loaded: false, dossiers: 0, responses: 0, ms: 0 }

  const tenantId = await nextTenantId(db)
  const seed = options.seed ?? DEFAULT_SEED
  const now = Math.floor(options.now.getTime() / 1000)
  const dossiers =
    options.responses === undefined
      ? DEFAULT_DOSSIERS
      : Math.ceil(options.responses / responsesPerDossier(buildEras(instrument).after))
  const counts = await db.withTenant(tenantId, async (trx) => {
    const made = await trx
      .insertInto('tenant')
      .values({ id: tenantId, ...SAMPLE_TENANT, sample: true })
      .onConflict((c) => c.column('prefix').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!made) return null
    const write = columnWriter({
      instrument,
      joint: jointMarks(definition, instrument),
      unitIds: await insertUnits(trx, tenantId),
      procedureIds: await insertProcedures(trx, tenantId),
      seed,
      now,
    })
    const about = { tenantId, instrumentId: stored.id, now: options.now }
    const counts = { dossiers: 0, responses: 0 }
    // The server stores one batch while the next one is made here.
    let storing: Promise<void> = Promise.resolve()
    let rows: ReturnType<typeof write>[] = []
    for (const dossier of sampleDossiers({ instrument, seed, dossiers, now })) {
      counts.dossiers += 1
      if (dossier.response !== null) counts.responses += 1
      rows.push(write(dossier))
      if (rows.length < BATCH_ROWS) continue
      await storing
      storing = insertBatch(trx, about, rows)
      rows = []
    }
    await storing
    if (rows.length > 0) await insertBatch(trx, about, rows)
    await fillTally(trx, tenantId)
    await trx
      .insertInto('import_run')
      .values({
        tenant_id: tenantId,
        at: options.now,
        actor: 'dữ liệu mẫu',
        updated: 0,
        unchanged: 0,
        rejected: 0,
        rows: counts.dossiers,
        created: counts.dossiers,
      })
      .execute()
    return counts
  })
  if (counts === null) {
    return { tenantId: (await findSample(db)) ?? 0, loaded: false, dossiers: 0, responses: 0, ms: 0 }
  }
  // A role that does not own the tables gets a warning instead, and autovacuum does it a minute later.
  await sql`analyze unit, dossier, dossier_event, ask, response, tally`.execute(db.shared)
  return { tenantId, loaded: true, ...counts, ms: Math.round(performance.now() - started) }
}

/** The id of the sample tenant, or null. @throws when a real tenant has its prefix */
export async function findSample(db: Database): Promise<number | null> {
  const tenant = await db.shared
    .selectFrom('tenant')
    .select(['id', 'sample'])
    .where('prefix', '=', SAMPLE_TENANT.prefix)
    .executeTakeFirst()
  if (tenant?.sample === false) throw new Error(`a real tenant uses the prefix ${SAMPLE_TENANT.prefix} of the sample`)
  return tenant?.id ?? null
}

/** Taken before the tenant is there, because the transaction that makes it must already be its own. */
async function nextTenantId(db: Database): Promise<number> {
  const { rows } = await sql<{ id: number }>`select nextval(pg_get_serial_sequence('tenant', 'id')) as id`.execute(
    db.shared,
  )
  return Number(rows[0]?.id)
}
