import type { Transaction } from 'kysely'
import { insertAsks, nextAskIds } from '../../db/queries/asks.ts'
import {
  askCells,
  carryCorrections,
  dropFormerOutcomes,
  lockAsks,
  writeEvents,
  type EventWrite,
} from '../../db/queries/dossiers.ts'
import { currentInstrument } from '../../db/queries/instruments.ts'
import { appendChanges, type Cell } from '../../db/queries/tallies.ts'
import type { EventType } from '../../db/schema/dossiers.ts'
import type { DB } from '../../db/schema/tables.ts'
import { eventsOf, outcomeOf } from '../core/dossier/events.ts'
import { lateness } from '../core/dossier/lateness.ts'
import { localDate } from '../core/time/moment.ts'
import { cellsOf } from '../invitations/invitation.ts'
import { sha256, tokenMaker } from '../invitations/token.ts'
import type { ApplyContext, Planned } from './apply.ts'

/** How long a link can be used after it was made. */
const LINK_DAYS = 90
const DAY_MS = 86_400_000
const OUTCOMES: ReadonlySet<EventType> = new Set(['returned', 'refused', 'withdrawn'])

/** What follows from written dossiers: their events, an invitation for each new event that invites, corrections of what was asked, cells to count anew. */
export async function followEvents(
  trx: Transaction<DB>,
  context: ApplyContext,
  planned: Planned[],
  idOf: (p: Planned) => number,
): Promise<void> {
  const tenantId = context.tenant.id
  const created = planned.filter(({ plan }) => plan.action === 'created')
  const updated = planned.filter(({ plan }) => plan.action === 'updated')
  const updatedIds = updated.map(idOf)
  const before = await lockAsks(trx, tenantId, updatedIds)
  const answered = await dropFormerOutcomes(
    trx,
    tenantId,
    updated.map((p) => ({ dossier_id: idOf(p), type: outcomeOf(p.plan.dossier)?.type ?? null })),
  )
  const events = distinctEvents([
    ...[...created, ...updated].flatMap((p) =>
      eventsOf(p.plan.dossier).map((event) => ({ dossier_id: idOf(p), ...event })),
    ),
    ...planned.flatMap((p) => (p.row.events ?? []).map((event) => ({ dossier_id: idOf(p), ...event }))),
  ])
  const added = await writeEvents(trx, tenantId, events)
  const invites = new Set(context.tenant.settings.inviteEvents)
  // nobody is asked twice about the end of one dossier
  const asking = added.filter(
    (event) => invites.has(event.type) && !(OUTCOMES.has(event.type) && answered.has(event.dossierId)),
  )
  const asks = await invite(trx, context, asking, events, new Map(planned.map((p) => [idOf(p), p])))
  await carryCorrections(trx, tenantId, updatedIds)
  const after = await askCells(trx, tenantId, updatedIds)
  await appendChanges(
    trx,
    tenantId,
    distinctCells([
      ...before.flatMap(cellsOf),
      ...asks.flatMap(cellsOf),
      ...after.flatMap(cellsOf),
      ...[...created, ...updated].flatMap(registerCells),
    ]),
  )
}

/** Makes one ask for each event; the token is derived from the ask's id and only its hash is kept. */
async function invite(
  trx: Transaction<DB>,
  { tenant, tokenKeys, now }: ApplyContext,
  asking: { dossierId: number; type: EventType; n: number }[],
  events: EventWrite[],
  byDossier: Map<number, Planned>,
) {
  if (asking.length === 0) return []
  const instrument = await currentInstrument(trx, 'dossier-rating')
  if (!instrument) throw new Error('the dossier rating is not published')
  const ids = await nextAskIds(trx, asking.length)
  const token = tokenMaker(tokenKeys, tokenKeys.current, tenant)
  const dayOf = new Map(events.map((event) => [eventKey(event.dossier_id, event.type, event.n), localDate(event.at)]))
  const asks = []
  for (const [i, event] of asking.entries()) {
    const planned = byDossier.get(event.dossierId)
    const id = ids[i]
    if (!planned || id === undefined) continue
    const { dossier } = planned.plan
    asks.push({
      tenant_id: tenant.id,
      id,
      dossier_id: event.dossierId,
      event: event.type,
      n: event.n,
      responsible_unit_id: planned.ids.responsible,
      receiving_unit_id: planned.ids.receiving,
      procedure_id: planned.ids.procedure,
      applicant: dossier.applicant,
      lateness: lateness(dossier.dueAt, outcomeOf(dossier)?.at ?? null),
      channel: dossier.channel,
      instrument_id: instrument.id,
      token_hash: sha256(token(id)),
      key_version: tokenKeys.current,
      asked_on: dayOf.get(eventKey(event.dossierId, event.type, event.n)) ?? localDate(now.toISOString()),
      created_at: now,
      expires_at: new Date(now.getTime() + LINK_DAYS * DAY_MS),
      opened_at: null,
      answered_on: null,
      response_id: null,
      withdraw_hash: null,
    })
  }
  await insertAsks(trx, asks)
  return asks
}

/** The cells in which a dossier itself is counted: where and when it was received and finished, before and after the change. */
function registerCells({ plan, ids, before }: Planned): Cell[] {
  const units = new Set([ids.responsible, ids.receiving])
  const days = [localDate(plan.dossier.receivedAt), outcomeDay(plan.dossier)]
  const now = cellsFor(units, days, ids.procedure)
  if (!before) return now
  return [
    ...now,
    ...cellsFor(
      new Set([before.responsible_unit_id, before.receiving_unit_id]),
      [before.received_on, before.outcome_on],
      before.procedure_id,
    ),
  ]
}

function cellsFor(units: Set<number>, days: (string | null)[], procedureId: number): Cell[] {
  return [...units].flatMap((unitId) =>
    days.flatMap((day) => (day === null ? [] : [{ unitId, month: `${day.slice(0, 7)}-01`, procedureId }])),
  )
}

function outcomeDay(dossier: Planned['plan']['dossier']): string | null {
  const outcome = outcomeOf(dossier)
  return outcome ? localDate(outcome.at) : null
}

function eventKey(dossierId: number, type: string, n: number): string {
  return `${dossierId}:${type}:${n}`
}

function distinctEvents(events: EventWrite[]): EventWrite[] {
  return [...new Map(events.map((event) => [eventKey(event.dossier_id, event.type, event.n), event])).values()]
}

function distinctCells(cells: Cell[]): Cell[] {
  return [...new Map(cells.map((cell) => [`${cell.unitId}:${cell.month}:${cell.procedureId}`, cell])).values()]
}
