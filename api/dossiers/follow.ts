import type { Transaction } from 'kysely'
import { insertAsks, nextAskIds, type AskWrite } from '../../db/queries/asks.ts'
import { currentInstrumentId } from '../../db/queries/instruments.ts'
import {
  askCells,
  carryCorrections,
  dropFormerOutcomes,
  insertEvents,
  lockAsks,
  writeEvents,
  type EventWrite,
} from '../../db/queries/register.ts'
import { appendChanges, type Cell } from '../../db/queries/tallies.ts'
import type { EventType } from '../../db/schema/dossiers.ts'
import type { DB } from '../../db/schema/tables.ts'
import { eventsOf, outcomeOf } from '../core/dossier/events.ts'
import { lateness } from '../core/dossier/lateness.ts'
import { localDate } from '../core/time/moment.ts'
import { cellsOf } from '../invitations/invitation.ts'
import { sha256, toHex, tokenMaker } from '../invitations/token.ts'
import type { ApplyContext, Planned } from './apply.ts'
import { firstNoted, type Memory } from './memory.ts'

/** How long a link can be used after it was made. */
const LINK_DAYS = 90
const DAY_MS = 86_400_000
const OUTCOMES: ReadonlySet<EventType> = new Set(['returned', 'refused', 'withdrawn'])

/** What follows from written dossiers: their events, an invitation for each new event that invites, corrections of what was asked, cells to count anew. */
export async function followEvents(
  trx: Transaction<DB>,
  context: ApplyContext,
  planned: readonly Planned[],
  memory: Memory,
): Promise<void> {
  const tenantId = context.tenant.id
  const created = planned.filter(({ plan }) => plan.action === 'created')
  const updated = planned.filter(({ plan }) => plan.action === 'updated')
  const updatedIds = updated.map(({ id }) => id)
  const before = await lockAsks(trx, tenantId, updatedIds)
  const answered = await dropFormerOutcomes(
    trx,
    tenantId,
    updated.map(({ id, plan }) => ({ dossier_id: id, type: outcomeOf(plan.dossier)?.type ?? null })),
  )
  const first = created.flatMap(eventsTold)
  const others = planned.filter(({ plan }) => plan.action !== 'created').flatMap(eventsTold)
  await insertEvents(trx, tenantId, first)
  const added = [...first, ...(await writeEvents(trx, tenantId, others))]
  const invites = new Set(context.tenant.settings.inviteEvents)
  // nobody is asked twice about the end of one dossier
  const asking = added.filter(
    (event) => invites.has(event.type) && !(OUTCOMES.has(event.type) && answered.has(event.dossier_id)),
  )
  const asks = await invite(trx, context, asking, new Map(planned.map((p) => [p.id, p])))
  await carryCorrections(trx, tenantId, updatedIds)
  const after = await askCells(trx, tenantId, updatedIds)
  const cells = [...[...before, ...asks, ...after].flatMap(cellsOf), ...[...created, ...updated].flatMap(registerCells)]
  await appendChanges(trx, tenantId, firstNoted(memory, cells))
}

/** Makes one ask for each event; the token is derived from the ask's id and only its hash is kept. */
async function invite(
  trx: Transaction<DB>,
  { tenant, tokenKeys, now }: ApplyContext,
  asking: readonly EventWrite[],
  byDossier: ReadonlyMap<number, Planned>,
): Promise<AskWrite[]> {
  if (asking.length === 0) return []
  const instrumentId = await currentInstrumentId(trx, 'dossier-rating')
  if (instrumentId === null) throw new Error('the dossier rating is not published')
  const ids = await nextAskIds(trx, asking.length)
  const token = tokenMaker(tokenKeys, tokenKeys.current, tenant)
  const asks = asking.flatMap((event, i) => {
    const planned = byDossier.get(event.dossier_id)
    const id = ids[i]
    if (!planned || id === undefined) return []
    const { dossier } = planned.plan
    return {
      id,
      dossier_id: event.dossier_id,
      event: event.type,
      n: event.n,
      responsible_unit_id: planned.ids.responsible,
      receiving_unit_id: planned.ids.receiving,
      procedure_id: planned.ids.procedure,
      applicant: dossier.applicant,
      lateness: lateness(dossier.dueAt, outcomeOf(dossier)?.at ?? null),
      channel: dossier.channel,
      token_hash: `\\x${toHex(sha256(token(id)))}`,
      asked_on: localDate(event.at),
    }
  })
  const made = { tenantId: tenant.id, instrumentId, keyVersion: tokenKeys.current }
  await insertAsks(trx, { ...made, at: now, expiresAt: new Date(now.getTime() + LINK_DAYS * DAY_MS) }, asks)
  return asks
}

/** Events that a row tells of, each once: those of its dates when it changes something, and those it brings beside them. */
function eventsTold({ id, plan, row }: Planned): EventWrite[] {
  const own = plan.action === 'created' || plan.action === 'updated' ? eventsOf(plan.dossier) : []
  const events = [...own, ...(row.events ?? [])].map((event) => ({ dossier_id: id, ...event }))
  return row.events ? [...new Map(events.map((event) => [`${event.type}:${event.n}`, event])).values()] : events
}

/** The cells in which a dossier itself is counted: where and when it was received and finished, before and after the change. */
function registerCells({ plan, ids, before }: Planned): Cell[] {
  const place = { responsible_unit_id: ids.responsible, receiving_unit_id: ids.receiving, procedure_id: ids.procedure }
  const outcome = outcomeOf(plan.dossier)
  const now = cellsAt(place, [localDate(plan.dossier.receivedAt), outcome && localDate(outcome.at)])
  return before ? [...now, ...cellsAt(before, [before.received_on, before.outcome_on])] : now
}

function cellsAt(place: Omit<Parameters<typeof cellsOf>[0], 'asked_on'>, days: readonly (string | null)[]): Cell[] {
  return days.flatMap((day) => (day === null ? [] : cellsOf({ ...place, asked_on: day })))
}
