/**
 * A result as text for a person: single values as `name  value`, lists of records as aligned tables, numbers at six
 * significant digits. The full digits are in `--json`.
 */
export function plainText(result: unknown): string {
  return `${block(result, '').join('\n').trimEnd()}\n`
}

function block(value: unknown, title: string): string[] {
  if (Array.isArray(value)) {
    const heading = title === '' ? [] : ['', title]
    if (value.length === 0) return [...heading, '(none)']
    return [...heading, ...(value.every(isRecord) ? table(value) : [value.map(cell).join('  ')])]
  }
  if (!isRecord(value)) return [title === '' ? cell(value) : `${title}  ${cell(value)}`]
  const entries = Object.entries(value)
  const single = entries.filter(([, part]) => !isNested(part))
  const nested = entries.filter(([, part]) => isNested(part))
  const width = Math.max(0, ...single.map(([name]) => name.length))
  return [
    ...(title === '' || single.length === 0 ? [] : ['', title]),
    ...single.map(([name, part]) => `${name.padEnd(width)}  ${cell(part)}`),
    ...nested.flatMap(([name, part]) => block(part, title === '' ? name : `${title}.${name}`)),
  ]
}

function table(records: readonly Record<string, unknown>[]): string[] {
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))]
  const rows = [columns, ...records.map((record) => columns.map((column) => cell(record[column])))]
  const widths = columns.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((text, i) => text.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'number') return String(Number(value.toPrecision(6)))
  if (Array.isArray(value)) return value.map(cell).join(' ')
  if (isRecord(value)) return JSON.stringify(value)
  return typeof value === 'string' ? value : String(value)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isNested = (value: unknown): boolean =>
  isRecord(value) || (Array.isArray(value) && value.some((part) => typeof part === 'object' && part !== null))
