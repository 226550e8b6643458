import { findInstrument } from '../../db/queries/instruments.ts'
import type { Database } from '../../db/client.ts'
import type { Instrument } from '../core/instrument/definition.ts'
import { pairItems, type PairItem } from '../core/instrument/pairs.ts'

/** A published version, ready for checking answers. */
export interface KnownInstrument {
  id: number
  definition: Instrument
  pairs: PairItem[]
}
export type FindInstrument = (db: Database, code: string, version: number) => Promise<KnownInstrument | null>

/** What a code looks like; anything else is of no instrument, and PostgreSQL refuses some of it. */
const CODE = /^[a-z0-9-]{1,64}$/

/**
 * Finds published versions and keeps what was found, because a published version is never edited. One for each database: ids
 * belong to it.
 */
export function rememberInstruments(): FindInstrument {
  const known = new Map<string, KnownInstrument>()
  return async (db, code, version) => {
    const key = `${code} ${version}`
    const kept = known.get(key)
    if (kept) return kept
    if (!CODE.test(code)) return null
    const stored = await findInstrument(db.shared, code, version)
    if (!stored) return null
    const definition = stored.definition as Instrument
    const found = { id: stored.id, definition, pairs: pairItems(definition) }
    known.set(key, found)
    return found
  }
}
