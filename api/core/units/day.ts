const vietnamese = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?: 0{1,2}:00(?::00)?)?$/
const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?$/

/**
 * A calendar day written `dd/MM/yyyy` or ISO, also with a midnight that a spreadsheet added: `YYYY-MM-DD`, or null. Unlike
 * dates of dossiers a validity may reach back: years from 1900 on.
 */
export function parseDay(text: string): string | null {
  const trimmed = text.trim()
  const [, day, , month, year] = vietnamese.exec(trimmed) ?? []
  const [, isoYear, isoMonth, isoDay] = iso.exec(trimmed) ?? []
  return calendarDay(Number(year ?? isoYear), Number(month ?? isoMonth), Number(day ?? isoDay))
}

/** The day after a `YYYY-MM-DD`. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
}

function calendarDay(year: number, month: number, day: number): string | null {
  if (!(year >= 1900 && year <= 2100 && month >= 1 && month <= 12 && day >= 1)) return null
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
}
