import type { Transaction } from 'kysely'
import { findTenantByPrefix } from '../../db/queries/accounts.ts'
import { findAskByToken, markOpened } from '../../db/queries/asks.ts'
import { findResponse } from '../../db/queries/responses.ts'
import { appendChanges, type Cell } from '../../db/queries/tallies.ts'
import { unitNames } from '../../db/queries/units.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { Instrument } from '../core/instrument/definition.ts'
import { shownItems } from '../core/instrument/show.ts'
import type { Device } from '../device.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { sha256, tokenMaker, tokenPrefix } from './token.ts'
import { openedByCode } from './typed-code.ts'

/** Whose secret it is, and how its ask is found. */
interface Secret {
  tenant: { id: number; prefix: string; sample: boolean }
  tokenHash: Uint8Array
}

/**
 * Reads a secret: a token, which names its tenant, or the short code of the same ask.
 * @throws AppError not_found for what is neither, or of no tenant here; survey_code for the code of a survey, whose page is another;
 *   rate_limited after too many wrong codes
 */
export async function readSecret(services: Services, secret: string, device: Device | null): Promise<Secret> {
  const prefix = tokenPrefix(secret)
  if (prefix !== null) {
    const tenant = await findTenantByPrefix(services.db.shared, prefix)
    if (!tenant) throw new AppError('not_found')
    return { tenant, tokenHash: sha256(secret) }
  }
  const opened = await openedByCode(services, secret, device)
  if (opened?.ask?.token_hash) return { tenant: opened.tenant, tokenHash: opened.ask.token_hash }
  throw new AppError(opened?.surveyCase ? 'survey_code' : 'not_found')
}

/** The ask behind a token. @throws AppError not_found | withdrawn | expired (an answer that was begun in time may be finished) */
export async function openAsk(trx: Transaction<DB>, tenantId: number, tokenHash: Uint8Array, now: Date) {
  const ask = await findAskByToken(trx, tenantId, tokenHash)
  if (!ask) throw new AppError('not_found')
  if (ask.state === 'withdrawn') throw new AppError('withdrawn')
  if (ask.state === 'open' && ask.expires_at <= now) throw new AppError('expired')
  return ask
}

/** The tally cells that an ask and its answer are counted in: of the unit that decides and of the one that took the dossier in. */
export function cellsOf(ask: {
  responsible_unit_id: number
  receiving_unit_id: number
  procedure_id: number
  asked_on: string
}): Cell[] {
  const month = `${ask.asked_on.slice(0, 7)}-01`
  const cell = (unitId: number): Cell => ({ unitId, month, procedureId: ask.procedure_id })
  const one = cell(ask.responsible_unit_id)
  return ask.receiving_unit_id === ask.responsible_unit_id ? [one] : [one, cell(ask.receiving_unit_id)]
}

/**
 * What the rating page shows for a secret. Opening never spends it; the first opening is noted, because a response rate
 * has opened links between invited and answered. Who comes with a short code also gets the token of the same ask, so that
 * the page goes on with it: a code and a QR code then lead to one draft on a device.
 * @param secret a token or a short code
 */
export async function readInvitation(services: Services, secret: string, device: Device | null = null) {
  const { tenant, tokenHash } = await readSecret(services, secret, device)
  const now = services.now()
  return services.db.withTenant(tenant.id, async (trx) => {
    const ask = await openAsk(trx, tenant.id, tokenHash, now)
    const isToken = tokenPrefix(secret) !== null
    const token = isToken ? secret : tokenMaker(services.tokenKeys, ask.key_version, tenant)(ask.id)
    const opened = await markOpened(trx, tenant.id, ask.id, now)
    // a correction may have moved the ask since it was read
    if (opened) await appendChanges(trx, tenant.id, cellsOf(opened))
    const names = await unitNames(trx, [ask.responsible_unit_id, ask.receiving_unit_id])
    const unit = (id: number) => ({ id, name: names.get(id) ?? '' })
    const definition = ask.definition as Instrument
    const stored =
      ask.state === 'partial' && ask.response_id !== null
        ? await findResponse(trx, { tenantId: tenant.id, askedOn: ask.asked_on, id: ask.response_id })
        : undefined
    const { first, more } = shownItems(definition, ask.applicant, token)
    return {
      ...(isToken ? {} : { token }),
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
