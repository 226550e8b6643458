/** Who applied. Business applicants are asked other questions than citizens. */
export type Applicant = 'citizen' | 'business' | 'organisation'

/** How the dossier came in: at the counter, over the portal, by public post. */
export type Channel = 'direct' | 'online' | 'post'

export type DossierStatus = 'processing' | 'supplement_requested' | 'returned' | 'refused' | 'withdrawn'

export type DossierEventType = 'received' | 'supplement_requested' | 'refused' | 'returned' | 'withdrawn'

/** A dossier as one row of a list states it. Times are ISO 8601 in UTC; null = the row says nothing. */
export interface DossierRow {
  code: string
  procedureCode: string
  procedureName: string | null
  field: string | null
  /** Code of the unit that decides. */
  responsibleUnitCode: string
  /** Code of the unit that took the dossier in; the responsible unit when the row names none. */
  receivingUnitCode: string
  applicant: Applicant
  channel: Channel | null
  receivedAt: string
  dueAt: string | null
  returnedAt: string | null
  supplementAt: string | null
  refusedAt: string | null
  withdrawnAt: string | null
  status: DossierStatus
  /** When the source last changed the row (`cap_nhat_luc`). */
  sourceUpdatedAt: string | null
  /** Fields that hold a default because the row did not state them; a merge never lets a default replace a stored value. */
  defaulted: readonly ('applicant' | 'receivingUnitCode')[]
}

/** What is kept of a dossier. Name and field belong to the procedure, so a new wording there changes no dossier. */
export type StoredDossier = Omit<DossierRow, 'procedureName' | 'field' | 'defaulted'>

/** A dossier in one of these is finished. */
export function isFinished(status: DossierStatus): boolean {
  return status === 'returned' || status === 'refused' || status === 'withdrawn'
}
