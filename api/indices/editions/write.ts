import type { Transaction } from 'kysely'
import {
  deleteDraft,
  findEdition,
  insertDraft,
  listEditions,
  MAX_EDITIONS,
  updateEdition,
  type EditionRow,
} from '../../../db/queries/index-editions.ts'
import type { DB } from '../../../db/schema/tables.ts'
import { shippedSources } from '../../../db/seeds/item-sources.ts'
import type { Principal } from '../../accounts/principal.ts'
import type { IndexDefinition } from '../../core/index/definition.ts'
import {
  copyDefinition,
  nextEditionState,
  ownEditionFaults,
  type EditionAction,
  type EditionKey,
} from '../../core/index/edition.ts'
import { canonicalText } from '../../core/instrument/canonical.ts'
import type { LocalText } from '../../core/instrument/definition.ts'
import { AppError } from '../../errors.ts'
import { sha256, toHex } from '../../invitations/token.ts'
import type { Services } from '../../services.ts'
import { isShipped, readEdition } from './edition.ts'

type Actor = Pick<Principal, 'tenantId' | 'actor'>

/**
 * Copies a shipped or own edition into a draft of the province's own.
 * @throws AppError not_found for the original; id_taken when the name is in use or belongs to a shipped edition;
 *   invalid_input too_many_editions
 */
export async function copyEdition(
  services: Services,
  { tenantId, actor }: Actor,
  from: EditionKey,
  to: EditionKey & { label?: LocalText | undefined },
): Promise<void> {
  if (isShipped(to.id)) throw new AppError('id_taken', [{ path: 'id', code: 'shipped' }])
  const now = services.now()
  await services.db.withTenant(tenantId, async (trx) => {
    const source = await readEdition(trx, tenantId, from)
    if ((await listEditions(trx, tenantId)).length >= MAX_EDITIONS)
      throw new AppError('invalid_input', [{ path: 'id', code: 'too_many_editions' }])
    const { id, edition } = to
    const stored = await insertDraft(trx, tenantId, {
      id,
      edition,
      ...textOf(copyDefinition(source.definition, { id, edition }, to.label)),
      copied_from: canonicalText({ id: source.id, edition: source.edition, sha256: source.sha256 }),
      changed_at: now,
      changed_by: actor,
    })
    if (!stored) throw new AppError('id_taken', [{ path: 'edition', code: 'taken' }])
  })
}

/**
 * Puts another definition into a draft.
 * @param change.basedOn hash of the definition that the writer had before them
 * @throws AppError not_found; wrong_state for anything but a draft; stale_edition when somebody else has changed it since;
 *   invalid_input with the path and code of every fault
 */
export async function changeEdition(
  services: Services,
  { tenantId, actor }: Actor,
  key: EditionKey,
  change: { basedOn: string; definition: unknown },
): Promise<void> {
  const faults = ownEditionFaults(change.definition, key, shippedSources)
  const now = services.now()
  await services.db.withTenant(tenantId, async (trx) => {
    const row = await openFor(trx, tenantId, key, 'change')
    if (row.sha256 !== change.basedOn) throw new AppError('stale_edition')
    if (faults.length > 0)
      throw new AppError(
        'invalid_input',
        faults.map(({ path, code }) => ({ path: path === '' ? 'definition' : `definition.${path}`, code })),
      )
    const text = textOf(change.definition as IndexDefinition)
    await updateEdition(trx, tenantId, key, { ...text, changed_at: now, changed_by: actor })
  })
}

/**
 * Publishes a draft for ever, takes a published edition out of use, or throws a draft away.
 * @throws AppError not_found; wrong_state; invalid_input when a draft does not hold (its instruments have changed since)
 */
export async function moveEdition(
  services: Services,
  { tenantId, actor }: Actor,
  key: EditionKey,
  action: Exclude<EditionAction, 'change'>,
): Promise<void> {
  const now = services.now()
  await services.db.withTenant(tenantId, async (trx) => {
    const row = await openFor(trx, tenantId, key, action)
    if (action === 'discard') return deleteDraft(trx, tenantId, key)
    if (action === 'retire') return updateEdition(trx, tenantId, key, { state: 'retired' })
    const faults = ownEditionFaults(JSON.parse(row.definition), key, shippedSources)
    if (faults.length > 0)
      throw new AppError(
        'invalid_input',
        faults.map(({ path, code }) => ({ path, code })),
      )
    return updateEdition(trx, tenantId, key, { state: 'published', published_at: now, published_by: actor })
  })
}

async function openFor(
  trx: Transaction<DB>,
  tenantId: number,
  key: EditionKey,
  action: EditionAction,
): Promise<EditionRow> {
  if (isShipped(key.id)) throw new AppError('wrong_state')
  const row = await findEdition(trx, tenantId, key, true)
  if (!row) throw new AppError('not_found')
  if (nextEditionState(row.state, action) === null) throw new AppError('wrong_state')
  return row
}

function textOf(definition: IndexDefinition): Pick<EditionRow, 'definition' | 'sha256'> {
  const text = canonicalText(definition)
  return { definition: text, sha256: toHex(sha256(text)) }
}
