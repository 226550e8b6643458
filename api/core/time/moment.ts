import { utcOffsetMs, yearMax, yearMin } from './zone.ts'

export interface Moment {
  /** ISO 8601 in UTC with milliseconds, e.g. `2026-10-08T01:30:00.000Z`. */
  iso: string
  /** The same as milliseconds since 1970. */
  ms: number
  /** True when only a day was written: the time of day is then our reading, not the office's. */
  bare: boolean
}

export interface MomentOptions {
  /** Read a bare day as its end (a due date) instead of its beginning. */
  endOfDay?: boolean
}

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/

interface Written {
  year: number
  month: number
  day: number
  time: { hour: number; minute: number; second: number; ms: number } | null
  offsetMs: number | null
}

const vietnamese = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/
const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i

/**
 * Reads a day or a time as a one-stop office writes it: `dd/MM/yyyy[ HH:mm[:ss]]` (also `d/M/yyyy` and `dd-MM-yyyy`) or
 * ISO 8601 (a day, or a date-time with or without offset). Without an offset the time is local (Asia/Ho_Chi_Minh).
 *
 * A bare day is 00:00:00 local. With `endOfDay` it is 23:59:59 local: the paper a citizen holds names a day, so whatever is
 * handed over on that day is on time, and the latest reading is the only one that never calls an office late wrongly. For the
 * same reason a due time of exactly midnight without offset counts as bare with `endOfDay`: systems that have no time of day
 * print 00:00, and no counter is open then.
 *
 * The calendar is strict: 31/02, 24:00 and years outside 2000–2100 give null.
 */
export function readMoment(text: string, options: MomentOptions = {}): Moment | null {
  const trimmed = text.trim()
  const written = readVietnamese(trimmed) ?? readIso(trimmed)
  if (!written || !isCalendarDay(written)) return null

  const midnight = written.time !== null && isMidnight(written.time)
  const bare = written.time === null || (options.endOfDay === true && midnight && written.offsetMs === null)
  const end = { hour: 23, minute: 59, second: 59, ms: 0 }
  const start = { hour: 0, minute: 0, second: 0, ms: 0 }
  const time = bare ? (options.endOfDay ? end : start) : (written.time ?? start)
  if (time.hour > 23 || time.minute > 59 || time.second > 59) return null

  const wall = Date.UTC(written.year, written.month - 1, written.day, time.hour, time.minute, time.second, time.ms)
  const ms = wall - (written.offsetMs ?? utcOffsetMs)
  return { iso: new Date(ms).toISOString(), ms, bare }
}

function isMidnight({ hour, minute, second, ms }: NonNullable<Written['time']>): boolean {
  return hour === 0 && minute === 0 && second === 0 && ms === 0
}

/** As `readMoment`, only the instant: an ISO 8601 string in UTC, or null when the text is not a date we accept. */
export function parseMoment(text: string, options: MomentOptions = {}): string | null {
  return readMoment(text, options)?.iso ?? null
}

/**
 * Milliseconds since 1970 of an ISO 8601 instant.
 * @throws RangeError when the text is not a date-time with offset.
 */
export function instantMs(iso: string): number {
  const ms = instantPattern.test(iso) ? Date.parse(iso) : Number.NaN
  if (Number.isNaN(ms)) throw new RangeError('an ISO 8601 instant with offset is required')
  return ms
}

/** An instant as this module writes it, before 17:00 UTC on a day that every month has: the day in Vietnam is the same. */
const sameDay = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:0\d|1[0-6]):[0-5]\d:[0-5]\d\.\d{3}Z$/

/** The day on a calendar in Vietnam, `YYYY-MM-DD`, on which an instant falls. */
export function localDate(isoUtc: string): string {
  if (sameDay.test(isoUtc)) return isoUtc.slice(0, 10)
  return new Date(instantMs(isoUtc) + utcOffsetMs).toISOString().slice(0, 10)
}

const dayMs = 86_400_000

/** Whole seconds, one at least, until the next day begins in Vietnam. */
export function secondsToNextDay(now: Date): number {
  const ms = dayMs - ((now.getTime() + utcOffsetMs) % dayMs)
  return Math.max(1, Math.ceil(ms / 1000))
}

/** Whether an instant lies in the years we accept (2000–2100); a database takes only some of those beyond. */
export function isAcceptedInstant(at: Date): boolean {
  return at.getTime() >= Date.UTC(yearMin, 0, 1) && at.getTime() < Date.UTC(yearMax + 1, 0, 1)
}

/**
 * First day of the month of a day: `2026-10-08` → `2026-10-01`.
 * @throws RangeError when the text is not `YYYY-MM-DD`.
 */
export function monthOf(date: string): string {
  if (!/^\d{4}-(?:0[1-9]|1[0-2])-\d{2}$/.test(date)) throw new RangeError('a day as YYYY-MM-DD is required')
  return `${date.slice(0, 7)}-01`
}

function readVietnamese(text: string): Written | null {
  const m = vietnamese.exec(text)
  if (!m) return null
  return {
    year: Number(m[4]),
    month: Number(m[3]),
    day: Number(m[1]),
    time: m[5] === undefined ? null : { hour: Number(m[5]), minute: Number(m[6]), second: Number(m[7] ?? 0), ms: 0 },
    offsetMs: null,
  }
}

function readIso(text: string): Written | null {
  const m = iso.exec(text)
  if (!m) return null
  const offsetMs = m[8] === undefined ? null : readOffset(m[8])
  if (Number.isNaN(offsetMs)) return null
  return {
    year: Number(m[1]),
    month: Number(m[2]),
    day: Number(m[3]),
    time:
      m[4] === undefined
        ? null
        : {
            hour: Number(m[4]),
            minute: Number(m[5]),
            second: Number(m[6] ?? 0),
            ms: Number((m[7] ?? '').slice(0, 3).padEnd(3, '0')),
          },
    offsetMs,
  }
}

/** Milliseconds east of UTC; NaN when no place on earth has that offset. */
function readOffset(text: string): number {
  if (text.toUpperCase() === 'Z') return 0
  const hours = Number(text.slice(1, 3))
  const minutes = Number(text.slice(3).replace(':', '') || '0')
  if (hours > 14 || minutes > 59) return Number.NaN
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

function isCalendarDay({ year, month, day }: Written): boolean {
  if (year < yearMin || year > yearMax || month < 1 || month > 12 || day < 1) return false
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}
