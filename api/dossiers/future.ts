/** What has happened cannot be dated further ahead than this: a clock may be ahead a little, a bare day means its end. */
const FUTURE_DAYS = 1
const DAY_MS = 86_400_000

/** The instant after which nothing can have happened yet, as rows are read now. */
export function notAfter(now: Date): string {
  return new Date(now.getTime() + FUTURE_DAYS * DAY_MS).toISOString()
}
