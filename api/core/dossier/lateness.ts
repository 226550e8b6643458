import { instantMs, localDate } from '../time/moment.ts'

/** 0 unknown (no due date or no outcome) · 1 early · 2 on time · 3 late. */
export type Lateness = 0 | 1 | 2 | 3

/**
 * Compares the outcome with the due time (both ISO 8601 instants). Early = before the due day (a day in Vietnam), on time = on
 * the due day and not after the due time, late = after the due time. A bare due day reaches here as 23:59:59 of that day.
 */
export function lateness(dueAt: string | null, outcomeAt: string | null): Lateness {
  if (dueAt === null || outcomeAt === null) return 0
  if (instantMs(outcomeAt) > instantMs(dueAt)) return 3
  return localDate(outcomeAt) < localDate(dueAt) ? 1 : 2
}
