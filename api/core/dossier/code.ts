/**
 * Both orders of the dossier code: level-1 code last (TT 01/2018/TT-VPCP art. 19, `000.00.13.H54-230923-0001`) and first, as
 * portals write it now (`H15.50.05.13-261008-0975`; six or seven digits at the end = it came through a ministry's portal).
 */
const dossierCode = /^(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{1,3}){0,3})-\d{6}-\d{4,7}$/

const procedureCode = /^\d\.\d{6}$/

/** A national procedure code with the place a portal may append, e.g. `1.001193.000.00.00.H31`. */
const placedProcedureCode = /^(\d\.\d{6})(?:\.\d{1,3}){0,3}\.[A-Z]\d{2}(?:\.\d{1,3}){0,3}$/

/** True for both grammars. Codes are kept verbatim for ever; surrounding blanks are not part of the code. */
export function isDossierCode(text: string): boolean {
  return dossierCode.test(text.trim())
}

/** True for the national form `d.dddddd` only. */
export function isProcedureCode(text: string): boolean {
  return procedureCode.test(text.trim())
}

/** The national code `d.dddddd` of a procedure code written with or without its place, or null. */
export function parseProcedureCode(text: string): string | null {
  const trimmed = text.trim()
  return procedureCode.test(trimmed) ? trimmed : (placedProcedureCode.exec(trimmed)?.[1] ?? null)
}

/**
 * Undoes what a spreadsheet does to a procedure code that it takes for a number: `1.0012` → `1.001200` (trailing zeros lost),
 * `1.0011929999999999` → `1.001193` (double precision). Only for cells that are numbers: in text a short code is an error to
 * show, not to repair. Anything else is returned as it is.
 */
export function procedureCodeFromNumber(raw: string): string {
  const value = Number(raw)
  if (!/^\d(?:\.\d+)?$/.test(raw) || value >= 10) return raw
  const fixed = value.toFixed(6)
  return Math.abs(value - Number(fixed)) < 1e-10 ? fixed : raw
}
