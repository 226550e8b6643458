import { instantMs } from '../time/moment.ts'
import { isFinished } from './dossier.ts'
import type { DossierRow, StoredDossier } from './dossier.ts'
import { outcomeOf } from './events.ts'

export interface DossierChange {
  field: keyof StoredDossier
  old: string | null
  new: string | null
}

export interface MergePlan {
  action: 'created' | 'updated' | 'unchanged' | 'stale'
  /** What to log; empty unless `updated`. */
  changes: DossierChange[]
  /** The dossier as it is to be after the row. */
  dossier: StoredDossier
}

const mergedFields = [
  'procedureCode',
  'responsibleUnitCode',
  'receivingUnitCode',
  'applicant',
  'channel',
  'receivedAt',
  'dueAt',
  'returnedAt',
  'supplementAt',
  'refusedAt',
  'withdrawnAt',
  'status',
  'sourceUpdatedAt',
] as const satisfies (keyof StoredDossier)[]

const instants: ReadonlySet<keyof StoredDossier> = new Set([
  'receivedAt',
  'dueAt',
  'returnedAt',
  'supplementAt',
  'refusedAt',
  'withdrawnAt',
  'sourceUpdatedAt',
] as const)

/**
 * What a row of a list does to the dossier that is stored under its code.
 * - `stale`: the row is older than what is stored, by `cap_nhat_luc`; or it does not say when it is from and would reopen a
 *   finished dossier; or it says so, the stored one does not, and the row is from before the stored outcome. Nothing changes.
 * - A value that the row does not state (null, or a default) never erases a stored one.
 * - The same row again is `unchanged`, so importing a file twice changes nothing.
 * @throws RangeError when the two are not the same dossier.
 */
export function mergeDossier(existing: StoredDossier | null, incoming: DossierRow): MergePlan {
  if (existing === null) return { action: 'created', changes: [], dossier: toStored(incoming) }
  if (existing.code !== incoming.code) throw new RangeError('two different dossiers cannot be merged')
  if (isStale(existing, incoming)) return { action: 'stale', changes: [], dossier: existing }

  const changes: DossierChange[] = []
  for (const field of mergedFields) {
    const next = incoming[field]
    const isDefault = (incoming.defaulted as readonly string[]).includes(field)
    if (next === null || isDefault || same(field, existing[field], next)) continue
    changes.push({ field, old: existing[field], new: next })
  }
  if (changes.length === 0) return { action: 'unchanged', changes, dossier: existing }
  const changed = Object.fromEntries(changes.map((change) => [change.field, change.new]))
  return { action: 'updated', changes, dossier: { ...existing, ...changed } }
}

/**
 * Which of two rows for one dossier in the same file counts: the one changed last by `cap_nhat_luc`; when either does not say,
 * or both say the same, the one on the later line.
 */
export function laterRow<Row extends { line: number; dossier: DossierRow }>(a: Row, b: Row): Row {
  const [first, second] = a.line <= b.line ? [a, b] : [b, a]
  const [firstAt, secondAt] = [first.dossier.sourceUpdatedAt, second.dossier.sourceUpdatedAt]
  if (firstAt !== null && secondAt !== null && instantMs(firstAt) > instantMs(secondAt)) return first
  return second
}

function toStored(row: DossierRow): StoredDossier {
  const { procedureName: _name, field: _field, defaulted: _defaulted, ...stored } = row
  return stored
}

function isStale(existing: StoredDossier, incoming: DossierRow): boolean {
  const { sourceUpdatedAt: storedAt } = existing
  const { sourceUpdatedAt: rowAt } = incoming
  if (storedAt !== null && rowAt !== null) return instantMs(rowAt) < instantMs(storedAt)
  const reopens = isFinished(existing.status) && !isFinished(incoming.status)
  if (!reopens) return false
  if (rowAt === null) return true
  const outcome = outcomeOf(existing)
  return outcome !== null && instantMs(rowAt) < instantMs(outcome.at)
}

function same(field: keyof StoredDossier, a: string | null, b: string): boolean {
  if (a === null) return false
  return instants.has(field) ? instantMs(a) === instantMs(b) : a === b
}
