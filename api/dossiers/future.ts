/** What is dated further ahead than this is a slip of the pen; a clock may be ahead a little. */
const FUTURE_DAYS = 366
const DAY_MS = 86_400_000

/** The instant after which nothing can have happened yet, as rows are read now. */
export function notAfter(now: Date): string {
  return new Date(now.getTime() + FUTURE_DAYS * DAY_MS).toISOString()
}
