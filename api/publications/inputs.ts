import type { Transaction } from 'kysely'
import { findInstrument } from '../../db/queries/instruments.ts'
import { readInputs } from '../../db/queries/publications.ts'
import type { DB } from '../../db/schema/tables.ts'
import { canonicalText } from '../core/instrument/canonical.ts'
import type { Instrument } from '../core/instrument/definition.ts'
import type { RunInputs } from '../core/publication/inputs.ts'
import { AppError } from '../errors.ts'
import { sha256, toHex } from '../invitations/token.ts'

/** SHA-256 of a value's canonical text, in hexadecimal. */
export function canonicalHash(value: unknown): string {
  return toHex(sha256(canonicalText(value)))
}

/** The frozen inputs of a run. @throws AppError inputs_damaged when they are not what was hashed */
export async function frozenInputs(trx: Transaction<DB>, tenantId: number, runId: number): Promise<RunInputs> {
  const stored = await readInputs(trx, tenantId, runId)
  if (toHex(sha256(stored.inputs)) !== stored.inputs_sha256) throw new AppError('inputs_damaged')
  return JSON.parse(stored.inputs) as RunInputs
}

/** The definition that inputs name. @throws AppError inputs_damaged when it is gone or is not the one that was hashed */
export async function frozenDefinition(
  trx: Transaction<DB>,
  { code, version, sha256: wanted }: RunInputs['instrument'],
): Promise<Instrument> {
  const stored = await findInstrument(trx, code, version)
  if (!stored || canonicalHash(stored.definition) !== wanted) throw new AppError('inputs_damaged')
  return stored.definition as Instrument
}
