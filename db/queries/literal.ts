import { arrayText } from './columns.ts'

/** A text as SQL writes it, for COPY, which takes no parameters. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** An array as SQL writes it. */
export function arrayLiteral(type: string, values: readonly (string | number | null)[]): string {
  return `${literal(arrayText(type, values))}::${type}[]`
}

/** Free text as a table shows it: one line, and no formula in a spreadsheet. @param sql what gives the text */
export function shownText(sql: string): string {
  return `regexp_replace(trim(regexp_replace(${sql}, '\\s+', ' ', 'g')), '^([=+@-])', '''\\1')`
}
