import type { Transaction } from 'kysely'
import { z } from 'zod'
import { findTenant } from '../../db/queries/accounts.ts'
import { nextAskIds } from '../../db/queries/asks.ts'
import { findProcedures } from '../../db/queries/dossiers.ts'
import { currentInstrumentId } from '../../db/queries/instruments.ts'
import { appendChanges } from '../../db/queries/tallies.ts'
import { findUnitsByCode, unitNames } from '../../db/queries/units.ts'
import { countWalkIns, findWalkIn, holdUnit, insertWalkIn } from '../../db/queries/walk-ins.ts'
import type { DB } from '../../db/schema/tables.ts'
import { isStorable } from '../core/text.ts'
import { localDate, secondsToNextDay } from '../core/time/moment.ts'
import { AppError } from '../errors.ts'
import { cellsOf } from '../invitations/invitation.ts'
import { sha256, tokenMaker } from '../invitations/token.ts'
import type { Services } from '../services.ts'

/** The body of `POST /api/walk-ins`: somebody was turned away before a dossier existed. */
export const walkInSchema = z.strictObject({
  id: z.uuid().transform((id) => id.toLowerCase()),
  /** Id of a unit, or its code as in dossier lists. */
  unit: z.union([z.int().min(1).max(2_147_483_647), z.string().trim().min(1).max(64).refine(isStorable)]),
  procedure: z.string().trim().max(64).refine(isStorable),
  applicant: z.enum(['citizen', 'business', 'organisation']),
  event: z.literal('refused'),
})
export type WalkIn = z.infer<typeof walkInSchema>

/**
 * Walk-ins of one unit in a day. No register stands behind them, so a counter could print slips for itself; this bounds how
 * much that can weigh. A one-stop shop turns a few people away in a day.
 */
export const WALK_INS_PER_DAY = 30
/** Lower than an ask that a register stands behind. */
const TRUST = 1
/** As for the link of a dossier. */
const LINK_DAYS = 90
const DAY_MS = 86_400_000

/**
 * Makes the ask of a refused walk-in, once for each id. The unit that turns somebody away is both the one that takes papers
 * in and the one that decides.
 * @throws AppError invalid_input for an unknown unit or procedure, id_taken when the id stands for something else,
 * rate_limited when the unit has had its walk-ins of the day, with the seconds until the next one begins
 */
export async function createWalkIn(services: Services, caller: { tenantId: number; actor: string }, walkIn: WalkIn) {
  const tenant = await findTenant(services.db.shared, caller.tenantId)
  if (!tenant) throw new AppError('not_found')
  const now = services.now()
  const today = localDate(now.toISOString())
  return services.db.withTenant(tenant.id, async (trx) => {
    const unitId = await unitOf(trx, tenant.id, walkIn.unit, today)
    const known = await findWalkIn(trx, tenant.id, walkIn.id)
    if (known) return view(trx, walkIn, unitId, known, false)
    const [procedure] = await findProcedures(trx, tenant.id, [walkIn.procedure])
    if (!procedure) throw new AppError('invalid_input', [{ path: 'procedure', code: 'unknown_procedure' }])
    if (unitId === null || !(await holdUnit(trx, tenant.id, unitId, today)))
      throw new AppError('invalid_input', [{ path: 'unit', code: 'unknown_unit' }])
    if ((await countWalkIns(trx, tenant.id, unitId, today)) >= WALK_INS_PER_DAY)
      throw new AppError('rate_limited', [], { retryAfterS: secondsToNextDay(now) })
    const instrumentId = await currentInstrumentId(trx, 'dossier-rating')
    const [id] = await nextAskIds(trx, 1)
    if (instrumentId === null || id === undefined) throw new Error('the dossier rating is not published')
    const { current } = services.tokenKeys
    const token = tokenMaker(services.tokenKeys, current, tenant)(id)
    const ask = {
      tenant_id: tenant.id,
      id,
      stream: 'walk_in' as const,
      trust: TRUST,
      dossier_id: null,
      event: walkIn.event,
      n: 1,
      responsible_unit_id: unitId,
      receiving_unit_id: unitId,
      procedure_id: procedure.id,
      applicant: walkIn.applicant,
      channel: 'direct' as const,
      instrument_id: instrumentId,
      token_hash: sha256(token),
      key_version: current,
      asked_on: today,
      created_at: now,
      expires_at: new Date(now.getTime() + LINK_DAYS * DAY_MS),
      opened_at: null,
      answered_on: null,
      response_id: null,
      withdraw_hash: null,
      walk_in_id: walkIn.id,
      walk_in_by: caller.actor,
    }
    const created = await insertWalkIn(trx, ask)
    if (created) await appendChanges(trx, tenant.id, cellsOf(ask))
    const stored = await findWalkIn(trx, tenant.id, walkIn.id)
    if (!stored) throw new Error('a walk-in is gone')
    return view(trx, walkIn, unitId, stored, created)
  })
}

async function unitOf(trx: Transaction<DB>, tenantId: number, unit: WalkIn['unit'], day: string) {
  if (typeof unit === 'number') return unit
  const meanings = await findUnitsByCode(trx, tenantId, [unit])
  const valid = meanings.find(
    (one) => (one.valid_from === null || one.valid_from <= day) && (one.valid_to === null || day < one.valid_to),
  )
  return valid?.unit_id ?? null
}

async function view(
  trx: Transaction<DB>,
  walkIn: WalkIn,
  unitId: number | null,
  stored: NonNullable<Awaited<ReturnType<typeof findWalkIn>>>,
  created: boolean,
) {
  const isSame =
    stored.receiving_unit_id === unitId &&
    stored.procedure_code === walkIn.procedure &&
    stored.applicant === walkIn.applicant &&
    stored.event === walkIn.event
  if (!isSame) throw new AppError('id_taken')
  const names = await unitNames(trx, [unitId])
  return {
    created,
    id: walkIn.id,
    unit: { id: unitId, name: names.get(unitId) ?? '' },
    procedure: { code: stored.procedure_code, name: stored.procedure_name },
    day: stored.asked_on,
    expiresAt: stored.expires_at.toISOString(),
    slip: `/api/walk-ins/${walkIn.id}/slip`,
  }
}
