import type { Transaction } from 'kysely'
import { findTenant } from '../../db/queries/accounts.ts'
import {
  listPrintable,
  printableAsks,
  printableOfDossier,
  printableOfWalkIn,
  type PrintableAsk,
  type PrintableFilter,
} from '../../db/queries/slips.ts'
import { unitNames } from '../../db/queries/units.ts'
import type { DB } from '../../db/schema/tables.ts'
import { violates } from '../../db/violates.ts'
import { slipDocument, type Slip } from '../core/slip/document.ts'
import type { SlipFormat } from '../core/slip/paper.ts'
import { printedShortCode } from '../core/slip/short-code.ts'
import { localDate } from '../core/time/moment.ts'
import { createdCursor, decodeCursor, page } from '../cursor.ts'
import { AppError } from '../errors.ts'
import { shortCodes } from '../invitations/short-code.ts'
import { tokenMaker } from '../invitations/token.ts'
import type { Services } from '../services.ts'

/** How and for whom slips are printed. */
export interface Printing {
  format: SlipFormat
  /** With the clerk's stub. */
  stub: boolean
  /** Scheme and host that the slips lead to. */
  origin: string
}
const DAY_MS = 86_400_000

/** A page of the slips that wait. */
type SlipQuery = PrintableFilter & { cursor?: string | undefined; limit: number }

/** Slips of dossiers, oldest first, a page of them as one document. */
export async function dossierSlips(
  services: Services,
  tenantId: number,
  query: SlipQuery,
  printing: Printing,
): Promise<{ html: string; count: number; next: string | null }> {
  let next: string | null = null
  const printed = await print(services, tenantId, printing, async (trx) => {
    const found = await waiting(services, trx, tenantId, query)
    next = found.next
    return found.items
  })
  return { ...printed, next }
}

/** The same slips as a list to choose from, with nothing that opens a form. */
export async function listSlips(services: Services, tenantId: number, query: SlipQuery) {
  const { items, next } = await services.db.withTenant(tenantId, (trx) => waiting(services, trx, tenantId, query))
  return { items: items.map(choiceOf), next }
}

function choiceOf(row: PrintableAsk) {
  return {
    ask: row.id,
    dossier: row.dossier_code ?? '',
    procedure: { code: row.procedure_code, name: row.procedure_name },
    event: row.event,
    day: row.asked_on,
    // a short code is settled by the first print
    printed: row.short_n !== null,
  }
}

async function waiting(services: Services, trx: Transaction<DB>, tenantId: number, query: SlipQuery) {
  const { cursor, limit, ...filter } = query
  const key = decodeCursor(cursor, createdCursor)
  const after = key ? { at: new Date(key[0]), id: key[1] } : null
  const rows = await listPrintable(trx, tenantId, { ...filter, after, limit: limit + 1, now: services.now() })
  return page(
    rows,
    limit,
    (row) => row,
    (row) => [row.created_at.toISOString(), row.id],
  )
}

/** The slips of named asks as one document; what was answered meanwhile, has expired or belongs to others is left out. */
export const chosenSlips = (services: Services, tenantId: number, asks: readonly number[], printing: Printing) =>
  print(services, tenantId, printing, (trx) => printableAsks(trx, tenantId, asks, services.now()))

/** The slip of one dossier's newest event that can still be rated. @throws AppError not_found */
export function dossierSlip(services: Services, tenantId: number, code: string, printing: Printing) {
  return print(services, tenantId, printing, async (trx) => {
    const row = await printableOfDossier(trx, tenantId, code, services.now())
    if (!row) throw new AppError('not_found')
    return [row]
  })
}

/** The slip of a walk-in, as often as it is wanted. @throws AppError not_found also once it has been answered or has expired */
export function walkInSlip(services: Services, tenantId: number, id: string, printing: Printing) {
  return print(services, tenantId, printing, async (trx) => {
    const row = await printableOfWalkIn(trx, tenantId, id, services.now())
    if (!row) throw new AppError('not_found')
    return [row]
  })
}

async function print(
  services: Services,
  tenantId: number,
  printing: Printing,
  select: (trx: Transaction<DB>) => Promise<PrintableAsk[]>,
): Promise<{ html: string; count: number }> {
  const tenant = await findTenant(services.db.shared, tenantId)
  if (!tenant) throw new AppError('not_found')
  const slips = await onceMore(() =>
    services.db.withTenant(tenantId, async (trx) => slipsOf(services, trx, tenant, await select(trx), printing)),
  )
  const address = `${printing.origin.replace(/^https?:\/\//, '')}/r`
  return { html: slipDocument(slips, { format: printing.format, address, sample: tenant.sample }), count: slips.length }
}

/** Two printers that come upon the same free code in the same instant: the second finds it taken when it looks again. */
async function onceMore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (violates(error, 'ask_short_key')) return work()
    throw error
  }
}

async function slipsOf(
  services: Services,
  trx: Transaction<DB>,
  tenant: { id: number; prefix: string },
  rows: PrintableAsk[],
  { stub, origin }: Printing,
): Promise<Slip[]> {
  const codes = await shortCodes(trx, services.tokenKeys, tenant.id, 'ask', rows)
  const names = await unitNames(trx, [...new Set(rows.flatMap((r) => [r.responsible_unit_id, r.receiving_unit_id]))])
  const versions = [...new Set(rows.map((row) => row.key_version))]
  const makers = new Map(versions.map((v) => [v, tokenMaker(services.tokenKeys, v, tenant)]))
  return rows.map((row) => ({
    url: `${origin}/r/${makers.get(row.key_version)?.(row.id) ?? ''}`,
    code: printedShortCode(codes.get(row.id) ?? ''),
    unit: names.get(row.responsible_unit_id) ?? '',
    receivingUnit: row.receiving_unit_id === row.responsible_unit_id ? null : (names.get(row.receiving_unit_id) ?? ''),
    walkIn: row.dossier_code === null,
    // the last whole day on which the link works
    lastDay: localDate(new Date(row.expires_at.getTime() - DAY_MS).toISOString()),
    stub: stub ? { dossier: row.dossier_code, event: row.event, day: row.asked_on } : null,
  }))
}
