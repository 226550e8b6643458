/** Seconds of Vietnam's local midnight before UTC's. */
const OFFSET_SECONDS = 7 * 3600

export const DAY_SECONDS = 86_400

/** The merger of provinces and communes. */
export const MERGER_DAY = dayNumber('2025-07-01')
/** The months that hold the sample's body of dossiers, by day of receipt. */
export const FIRST_DAY = dayNumber('2025-01-01')
export const LAST_DAY = dayNumber('2026-06-30')

/** Public holidays on weekdays (first and last day), as offices kept them; Tết included. */
const HOLIDAYS = [
  ['2025-01-01', '2025-01-01'],
  ['2025-01-25', '2025-02-02'],
  ['2025-04-07', '2025-04-07'],
  ['2025-04-30', '2025-05-02'],
  ['2025-09-01', '2025-09-02'],
  ['2026-01-01', '2026-01-01'],
  ['2026-02-14', '2026-02-22'],
  ['2026-04-27', '2026-04-27'],
  ['2026-04-30', '2026-05-01'],
  ['2026-09-01', '2026-09-02'],
] as const

/** Days since 1970-01-01 of a calendar day `YYYY-MM-DD`. */
export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000
}

/** `YYYY-MM-DD` of a day number. */
export function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

/** Day number in Vietnam of an instant in seconds since 1970 UTC. */
export function localDay(seconds: number): number {
  return Math.floor((seconds + OFFSET_SECONDS) / DAY_SECONDS)
}

/** Instant (seconds since 1970 UTC) of a time of day in Vietnam. */
export function instant(day: number, secondsOfDay: number): number {
  return day * DAY_SECONDS + secondsOfDay - OFFSET_SECONDS
}

/** Working days from one day to another, both included: Monday to Friday without public holidays. */
export function workingDays(from: number, to: number): number[] {
  const off = HOLIDAYS.map(([first, last]) => [dayNumber(first), dayNumber(last)] as const)
  const days: number[] = []
  for (let day = from; day <= to; day += 1) {
    // 1970-01-01 was a Thursday
    const weekday = (day + 4) % 7
    if (weekday !== 0 && weekday !== 6 && !off.some(([first, last]) => day >= first && day <= last)) days.push(day)
  }
  return days
}
