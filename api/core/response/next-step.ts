/** What is stored under an answer's id, compared with what has arrived. */
export interface Stored {
  revision: number
  complete: boolean
  sameContent: boolean
}
export type Step =
  'insert' | 'replace' | 'repeat' | { refused: 'revision_conflict' | 'superseded' | 'already_complete' }

/**
 * The whole rule of revisions. An answer may arrive again, out of order or from two devices: the highest revision
 * stays, the same one again is a success, and a finished answer is closed.
 */
export function nextStep(stored: Stored | null, revision: number): Step {
  if (stored === null) return 'insert'
  if (revision === stored.revision) return stored.sameContent ? 'repeat' : { refused: 'revision_conflict' }
  if (revision < stored.revision) return { refused: 'superseded' }
  return stored.complete ? { refused: 'already_complete' } : 'replace'
}
