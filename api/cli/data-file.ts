import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { readTable } from '../core/table/read-table.ts'
import type { Table } from '../core/table/table.ts'
import { UsageError } from './command.ts'

/**
 * An analyst's delimited file as a table.
 * @throws UsageError when it is a folder, DataError when it is not a table, the system's error when it cannot be read
 */
export async function readDataFile(path: string): Promise<Table> {
  if ((await stat(path)).isDirectory()) throw new UsageError(`${path} is a folder, not a file.`)
  return readTable(createReadStream(path), path)
}
