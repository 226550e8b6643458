import type { Selectable, Transaction } from 'kysely'
import type { EditionState, IndexEditionTable } from '../schema/indices.ts'
import type { DB } from '../schema/tables.ts'

/** An edition of a province's own, with its definition as canonical text. */
export type EditionRow = Selectable<IndexEditionTable>
interface Key {
  id: string
  edition: string
}
/** The most editions of its own that a tenant has. */
export const MAX_EDITIONS = 1000

/** All own editions by name. At most `MAX_EDITIONS`. */
export function listEditions(trx: Transaction<DB>, tenantId: number): Promise<EditionRow[]> {
  return trx
    .selectFrom('index_edition')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('id')
    .orderBy('edition')
    .limit(MAX_EDITIONS)
    .execute()
}

/** One own edition; `lock` keeps others from changing it until the transaction ends. */
export function findEdition(
  trx: Transaction<DB>,
  tenantId: number,
  { id, edition }: Key,
  lock = false,
): Promise<EditionRow | undefined> {
  return trx
    .selectFrom('index_edition')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('edition', '=', edition)
    .$if(lock, (q) => q.forUpdate())
    .executeTakeFirst()
}

/** Stores a draft. @returns false when the name is taken */
export async function insertDraft(
  trx: Transaction<DB>,
  tenantId: number,
  draft: Key & Pick<EditionRow, 'definition' | 'sha256' | 'copied_from' | 'changed_at' | 'changed_by'>,
): Promise<boolean> {
  const stored = await trx
    .insertInto('index_edition')
    .values({ ...draft, tenant_id: tenantId, state: 'draft', published_at: null, published_by: null })
    .onConflict((c) => c.columns(['tenant_id', 'id', 'edition']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return stored !== undefined
}

/** Changes a draft's definition, or an edition's state. */
export async function updateEdition(
  trx: Transaction<DB>,
  tenantId: number,
  { id, edition }: Key,
  change: Partial<
    Pick<EditionRow, 'definition' | 'sha256' | 'changed_at' | 'changed_by' | 'published_at' | 'published_by'>
  > & {
    state?: EditionState
  },
): Promise<void> {
  await trx
    .updateTable('index_edition')
    .set(change)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('edition', '=', edition)
    .execute()
}

/** Removes a draft. */
export async function deleteDraft(trx: Transaction<DB>, tenantId: number, { id, edition }: Key): Promise<void> {
  await trx
    .deleteFrom('index_edition')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('edition', '=', edition)
    .where('state', '=', 'draft')
    .execute()
}
