import type { DossierEventType, StoredDossier } from './dossier.ts'

export interface DossierEvent {
  type: DossierEventType
  /** Ordinal within the type: a list row knows each kind once; a one-stop system may send more. */
  n: number
  at: string
}

type Dates = Pick<StoredDossier, 'status' | 'receivedAt' | 'supplementAt' | 'returnedAt' | 'refusedAt' | 'withdrawnAt'>

/** How the dossier ended, or null while it is open or when the day of its end is not known. */
export function outcomeOf(dossier: Dates): { type: 'returned' | 'refused' | 'withdrawn'; at: string } | null {
  const { status } = dossier
  if (status === 'returned' && dossier.returnedAt !== null) return { type: status, at: dossier.returnedAt }
  if (status === 'refused' && dossier.refusedAt !== null) return { type: status, at: dossier.refusedAt }
  if (status === 'withdrawn' && dossier.withdrawnAt !== null) return { type: status, at: dossier.withdrawnAt }
  return null
}

/**
 * The dated events that a dossier's row tells of, in the order of their life. At most one of them is an outcome, whatever dates
 * the row carries beside it: figures count one outcome per dossier, and nobody is asked twice about the same end.
 */
export function eventsOf(dossier: Dates): DossierEvent[] {
  const events: DossierEvent[] = [{ type: 'received', n: 1, at: dossier.receivedAt }]
  if (dossier.supplementAt !== null) events.push({ type: 'supplement_requested', n: 1, at: dossier.supplementAt })
  const outcome = outcomeOf(dossier)
  if (outcome) events.push({ type: outcome.type, n: 1, at: outcome.at })
  return events
}
