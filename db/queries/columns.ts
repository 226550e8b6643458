import { sql } from 'kysely'

type Value = string | number | null
const QUOTED: ReadonlySet<string> = new Set(['text', 'bytea'])

/**
 * Rows that travel column by column, one parameter each, as a source to select from. However many rows, the text of the
 * statement is the same, so that it is prepared once; and the server reads an array much faster than a parameter per value or
 * JSON. Unlike COPY it is allowed under row-level security.
 *
 * @param types PostgreSQL type of each column, in order. Of columns other than `text` and `bytea` the values are numbers, days
 *   and ISO times, which need no quoting in an array
 * @example
 * const EVENT = columnsOf({ dossier_id: 'bigint', type: 'text' })
 * // insert into dossier_event (dossier_id, type) select r.dossier_id, r.type
 * //   from unnest($1::text::bigint[], $2::text::text[]) as r (dossier_id, type)
 * sql`insert into dossier_event (${EVENT.names}) select ${EVENT.values} from ${EVENT.from(events)}`
 */
export function columnsOf<Name extends string>(types: Readonly<Record<Name, string>>) {
  const columns = Object.entries(types) as [Name, string][]
  const names = sql.raw(columns.map(([name]) => name).join(', '))
  return {
    names,
    values: sql.raw(columns.map(([name]) => `r.${name}`).join(', ')),
    from: (rows: readonly Readonly<Record<Name, Value>>[]) => {
      const arrays = columns.map(([name, type]) => {
        const text = arrayText(
          type,
          rows.map((row) => row[name]),
        )
        return sql`${text}::text::${sql.raw(type)}[]`
      })
      return sql`unnest(${sql.join(arrays)}) as r (${names})`
    },
  }
}

/** The text of an array whose elements have this type; values as for `columnsOf`. */
export function arrayText(type: string, values: readonly Value[]): string {
  return `{${values.map(QUOTED.has(type) ? quoted : plain).join(',')}}`
}

/** An element of an array's text; see PostgreSQL's manual, "Array Input and Output Syntax". */
function quoted(value: Value): string {
  if (value === null) return 'NULL'
  const text = String(value)
  return `"${/["\\]/.test(text) ? text.replaceAll(/["\\]/g, '\\$&') : text}"`
}

function plain(value: Value): Value {
  return value ?? 'NULL'
}
