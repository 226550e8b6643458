import { listEditions } from '../../../db/queries/index-editions.ts'
import type { EditionKey } from '../../core/index/edition.ts'
import type { Services } from '../../services.ts'
import { allShipped, editionView, ownEdition, readEdition } from './edition.ts'

/** Shipped editions and the province's own, the shipped ones first. */
export async function listAllEditions(
  services: Services,
  tenantId: number,
  page: { offset: number; limit: number },
): Promise<{ items: ReturnType<typeof editionView>[]; nextOffset: number | null }> {
  const own = await services.db.withTenant(tenantId, (trx) => listEditions(trx, tenantId))
  const all = [...allShipped(), ...own.map(ownEdition)]
  const end = page.offset + page.limit
  return { items: all.slice(page.offset, end).map(editionView), nextOffset: end < all.length ? end : null }
}

/** One edition with its whole definition. @throws AppError not_found */
export async function showEdition(services: Services, tenantId: number, key: EditionKey) {
  const edition = await services.db.withTenant(tenantId, (trx) => readEdition(trx, tenantId, key))
  return { ...editionView(edition), definition: edition.definition }
}
