import type { Transaction } from 'kysely'
import { findTenantByPrefix } from '../../db/queries/accounts.ts'
import { findAskByToken, markOpened } from '../../db/queries/asks.ts'
import { findResponse } from '../../db/queries/responses.ts'
import { appendChanges, type Cell } from '../../db/queries/tallies.ts'
import { unitNames } from '../../db/queries/units.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { Instrument } from '../core/instrument/definition.ts'
import { shownItems } from '../core/instrument/show.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { sha256, tokenPrefix } from './token.ts'

/** The tenant a token belongs to. @throws AppError not_found for a token that is not well formed or of no tenant here */
export async function tenantOfToken(services: Services, token: string) {
  const prefix = tokenPrefix(token)
  const tenant = prefix === null ? undefined : await findTenantByPrefix(services.db.shared, prefix)
  if (!tenant) throw new AppError('not_found')
  return tenant
}

/** The ask behind a token. @throws AppError not_found | withdrawn | expired (an answer that was begun in time may be finished) */
export async function openAsk(trx: Transaction<DB>, tenantId: number, token: string, now: Date) {
  const ask = await findAskByToken(trx, tenantId, await sha256(token))
  if (!ask) throw new AppError('not_found')
  if (ask.state === 'withdrawn') throw new AppError('withdrawn')
  if (ask.state === 'open' && ask.expires_at <= now) throw new AppError('expired')
  return ask
}

/** The tally cells that an ask and its answer are counted in. */
export function cellsOf(ask: {
  responsible_unit_id: number
  receiving_unit_id: number
  procedure_id: number
  asked_on: string
}): Cell[] {
  const units = new Set([ask.responsible_unit_id, ask.receiving_unit_id])
  return [...units].map((unitId) => ({
    unitId,
    month: `${ask.asked_on.slice(0, 7)}-01`,
    procedureId: ask.procedure_id,
  }))
}

/**
 * What the rating page shows for a token. Opening never spends it; the first opening is noted, because a response rate
 * has opened links between invited and answered.
 */
export async function readInvitation(services: Services, token: string) {
  const tenant = await tenantOfToken(services, token)
  const now = services.now()
  return services.db.withTenant(tenant.id, async (trx) => {
    const ask = await openAsk(trx, tenant.id, token, now)
    if (await markOpened(trx, tenant.id, ask.id, now)) await appendChanges(trx, tenant.id, cellsOf(ask))
    const names = await unitNames(trx, [ask.responsible_unit_id, ask.receiving_unit_id])
    const unit = (id: number) => ({ id, name: names.get(id) ?? '' })
    const definition = ask.definition as Instrument
    const stored =
      ask.state === 'partial' && ask.response_id !== null
        ? await findResponse(trx, { tenantId: tenant.id, askedOn: ask.asked_on, id: ask.response_id })
        : undefined
    const { first, more } = shownItems(definition, ask.applicant, token)
    return {
      state: ask.state,
      expiresAt: ask.expires_at.toISOString(),
      unit: unit(ask.responsible_unit_id),
      receivingUnit: unit(ask.receiving_unit_id),
      procedure: { code: ask.procedure_code, name: ask.procedure_name },
      event: ask.event,
      applicant: ask.applicant,
      sample: tenant.sample,
      instrument: { code: ask.instrument_code, version: ask.instrument_version, definition },
      show: first,
      more,
      response:
        stored && ask.response_id !== null
          ? { id: ask.response_id, revision: stored.revision, answers: stored.answers }
          : null,
    }
  })
}
