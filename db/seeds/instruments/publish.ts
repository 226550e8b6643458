import type { Kysely } from 'kysely'
import { canonicalText } from '../../../api/core/instrument/canonical.ts'
import { itemsOf } from '../../../api/core/instrument/definition.ts'
import { pairItems } from '../../../api/core/instrument/pairs.ts'
import { validateInstrument } from '../../../api/core/instrument/validate.ts'
import { publishInstrument } from '../../queries/instruments.ts'
import type { DB } from '../../schema/tables.ts'
import { shippedInstruments } from './shipped.ts'

/** Publishes the shipped instruments where they are not yet. @throws RangeError for a definition that does not hold */
export async function publishShippedInstruments(db: Kysely<DB>): Promise<void> {
  for (const shipped of shippedInstruments) {
    const faults = validateInstrument(shipped)
    if (faults.length > 0)
      throw new RangeError(`a shipped instrument does not hold: ${faults.map((f) => f.path).join(', ')}`)
    const definition = shipped
    const sha256 = Buffer.from(
      await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalText(definition))),
    ).toString('hex')
    // a joint item is read only by composites, which look at all of a unit's dossiers; its main unit decides province totals
    const items = [
      ...itemsOf(definition)
        .filter((item) => item.type === 'single')
        .map((item) => ({ item: item.code, rates: item.rates })),
      ...pairItems(definition).map((pair) => ({ item: pair.code, rates: 'responsible' as const })),
    ]
    await publishInstrument(db, { code: definition.code, version: definition.version, definition, sha256 }, items)
  }
}
