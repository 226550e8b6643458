import type { Transaction } from 'kysely'
import { listEditions } from '../../db/queries/index-editions.ts'
import type { DB } from '../../db/schema/tables.ts'
import { allShipped, ownEdition, type Edition } from '../indices/editions/edition.ts'

/** Editions with an indicator that a questionnaire's answers give, in use: shipped and published ones. */
export async function editionsAsking(
  trx: Transaction<DB>,
  tenantId: number,
  questionnaire: string,
): Promise<Edition[]> {
  const own = (await listEditions(trx, tenantId)).filter(({ state }) => state === 'published').map(ownEdition)
  return [...allShipped(), ...own].filter(({ definition }) =>
    definition.indicators.some(
      ({ from }) => from !== undefined && 'instrument' in from && from.instrument === questionnaire,
    ),
  )
}
