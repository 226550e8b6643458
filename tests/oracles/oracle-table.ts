import { readFileSync } from 'node:fs'
import type { Table } from '../../api/core/table/table.ts'

/** A reference CSV as the command line reads it, or only some of its rows. */
export function oracleTable(path: string, keep: (line: number) => boolean = () => true): Table {
  const [header = '', ...lines] = readFileSync(`../shared/oracles/${path}`, 'utf8').trim().split('\n')
  const rows = lines.map((line, i) => ({ line: i + 2, cells: line.split(',').map((cell) => cell.replaceAll('"', '')) }))
  return { file: path, columns: header.replaceAll('"', '').split(','), rows: rows.filter(({ line }) => keep(line)) }
}
