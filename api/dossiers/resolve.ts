import type { Transaction } from 'kysely'
import { createFlaggedProcedures, findProcedures } from '../../db/queries/dossiers.ts'
import { findUnitsByCode } from '../../db/queries/units.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { DossierRow } from '../core/dossier/dossier.ts'
import { localDate } from '../core/time/moment.ts'
import type { Memory } from './memory.ts'

/** The unit that a code meant at a moment, or undefined. */
export type UnitAt = (code: string, at: string) => number | undefined

/**
 * Looks up the unit codes of rows: the tenant's own and its H-codes. A code is read as of the day of receipt, because
 * a new commune often keeps an old one's code; a code whose validity has not begun or has ended then is still accepted
 * when it is the only meaning, since lists carry old dossiers under new codes.
 */
export async function resolveUnits(
  trx: Transaction<DB>,
  tenantId: number,
  rows: readonly DossierRow[],
  { units }: Memory,
): Promise<UnitAt> {
  const codes = new Set(rows.flatMap((row) => [row.responsibleUnitCode, row.receivingUnitCode]))
  const unknown = [...codes].filter((code) => !units.has(code))
  const found = unknown.length > 0 ? await findUnitsByCode(trx, tenantId, unknown) : []
  for (const [code, meanings] of Map.groupBy(found, (row) => row.code)) units.set(code, meanings)
  return (code, at) => {
    const meanings = units.get(code) ?? []
    const [only] = meanings
    if (only === undefined || meanings.length === 1) return only?.unit_id
    const day = localDate(at)
    const valid = meanings.find(
      (m) => (m.valid_from === null || m.valid_from <= day) && (m.valid_to === null || day < m.valid_to),
    )
    return (valid ?? only).unit_id
  }
}

/** Finds the procedures of rows; a code of the right form that nobody knows is created and flagged. */
export async function resolveProcedures(
  trx: Transaction<DB>,
  tenantId: number,
  rows: readonly DossierRow[],
  { procedures }: Memory,
): Promise<(code: string) => number | undefined> {
  const wanted = new Map(rows.map((row) => [row.procedureCode, row]))
  const missing = () => [...wanted.keys()].filter((code) => !procedures.has(code))
  const look = async () => {
    const codes = missing()
    if (codes.length === 0) return
    for (const { code, id } of await findProcedures(trx, tenantId, codes)) procedures.set(code, id)
  }
  await look()
  const unknown = missing().flatMap((code) => wanted.get(code) ?? [])
  if (unknown.length > 0) {
    await createFlaggedProcedures(
      trx,
      tenantId,
      unknown.map((row) => ({
        code: row.procedureCode,
        name: row.procedureName ?? row.procedureCode,
        field: row.field ?? '',
      })),
    )
    await look()
  }
  return (code) => procedures.get(code)
}
