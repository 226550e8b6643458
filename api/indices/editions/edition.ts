import type { Transaction } from 'kysely'
import { findEdition, type EditionRow } from '../../../db/queries/index-editions.ts'
import type { DB } from '../../../db/schema/tables.ts'
import { shippedIndices } from '../../../db/seeds/indices/shipped.ts'
import type { IndexDefinition } from '../../core/index/definition.ts'
import { editionKey, type EditionKey, type EditionState } from '../../core/index/edition.ts'
import { canonicalText } from '../../core/instrument/canonical.ts'
import { AppError } from '../../errors.ts'
import { sha256, toHex } from '../../invitations/token.ts'

/** An edition that scores can be made with, or that is being written: shipped with the platform, or the province's own. */
export interface Edition extends EditionKey {
  readonly state: EditionState | 'shipped'
  readonly definition: IndexDefinition
  /** Canonical text of the definition, and its SHA-256 in hexadecimal. */
  readonly text: string
  readonly sha256: string
  readonly copiedFrom: (EditionKey & { readonly sha256: string }) | null
  readonly changed: { readonly at: Date; readonly by: string } | null
  readonly published: { readonly at: Date; readonly by: string } | null
}

/** The shipped editions by name. Made once: files of the product do not change while it runs. */
const shipped = new Map<string, Edition>()

function shippedEditions(): ReadonlyMap<string, Edition> {
  if (shipped.size > 0) return shipped
  for (const definition of shippedIndices) {
    const text = canonicalText(definition)
    const hash = toHex(sha256(text))
    const rest = { copiedFrom: null, changed: null, published: null }
    shipped.set(definition.id, { ...editionKey(definition), state: 'shipped', definition, text, sha256: hash, ...rest })
  }
  return shipped
}

/** The editions that ship with the platform, in the order in which they are listed. */
export function allShipped(): Edition[] {
  return [...shippedEditions().values()]
}

/** Whether an id belongs to a shipped edition: a province's own has another. */
export function isShipped(id: string): boolean {
  return shippedEditions().has(id)
}

/** The edition of a stored row. */
export function ownEdition(row: EditionRow): Edition {
  return {
    id: row.id,
    edition: row.edition,
    state: row.state,
    definition: JSON.parse(row.definition) as IndexDefinition,
    text: row.definition,
    sha256: row.sha256,
    copiedFrom: row.copied_from === null ? null : (JSON.parse(row.copied_from) as Edition['copiedFrom']),
    changed: { at: row.changed_at, by: row.changed_by },
    published: row.published_at === null ? null : { at: row.published_at, by: row.published_by ?? '' },
  }
}

/** A shipped or own edition by name. @throws AppError not_found */
export async function readEdition(trx: Transaction<DB>, tenantId: number, key: EditionKey): Promise<Edition> {
  const found = shippedEditions().get(key.id)
  if (found?.edition === key.edition) return found
  const row = await findEdition(trx, tenantId, key)
  if (!row) throw new AppError('not_found')
  return ownEdition(row)
}

/** An edition as the office sees it, without its definition. */
export function editionView(edition: Edition) {
  const { id, state, definition, copiedFrom, changed, published } = edition
  return {
    id,
    edition: edition.edition,
    state,
    official: definition.official,
    label: definition.label,
    scale: definition.scale,
    nodes: definition.nodes.length,
    indicators: definition.indicators.length,
    sha256: edition.sha256,
    copiedFrom,
    changedAt: changed?.at.toISOString() ?? null,
    changedBy: changed?.by ?? null,
    publishedAt: published?.at.toISOString() ?? null,
    publishedBy: published?.by ?? null,
  }
}
