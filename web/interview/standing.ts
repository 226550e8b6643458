import type { Case, Draft, Kept } from './kept.ts'
import { waits } from './outbox.ts'

/** Where a case stands on this tablet. `elsewhere`: an answer came on another way. */
export type Standing = 'todo' | 'begun' | 'finished' | 'refused' | 'sent' | 'rival' | 'set_aside' | 'elsewhere'

/** Where a case stands, by what is on the tablet; what the server said last comes second. */
export function standingOf(one: Case, draft: Draft | undefined, items: readonly Kept[]): Standing {
  const answers = items.filter(({ answer }) => answer !== null)
  const isOpen = draft !== undefined && !draft.finished && Object.keys(draft.answers).length > 0
  const complete = answers.findLast(({ answer }) => answer?.complete === true)
  if (isOpen) return 'begun'
  if (complete?.outcome === null) return 'finished'
  switch (complete?.outcome?.status) {
    case undefined:
      break
    case 'refused':
      return 'refused'
    case 'rival':
    case 'set_aside':
      return complete.outcome.status
    default:
      return 'sent'
  }
  return one.state === 'complete' ? 'elsewhere' : 'todo'
}

/** What would be lost with the tablet: finished interviews, ones under way with something new, and notes of visits. */
export interface Unsent {
  readonly finished: number
  readonly begun: number
  readonly visits: number
}

/** Counts what is only on this tablet. */
export function unsentOf(drafts: readonly Draft[], items: readonly Kept[]): Unsent {
  const waiting = items.filter(waits)
  const isNew = ({ case: id, finished, changes }: Draft) =>
    !finished &&
    changes > Math.max(0, ...items.filter((item) => item.case === id && !waits(item)).map((item) => item.changes))
  return {
    finished: waiting.filter(({ answer }) => answer?.complete === true).length,
    begun: drafts.filter(isNew).length,
    visits: waiting.filter(({ answer }) => answer === null).length,
  }
}

/** Whether anything is only on this tablet. */
export function isAnythingUnsent(unsent: Unsent): boolean {
  return Object.values(unsent).some((n) => n > 0)
}
