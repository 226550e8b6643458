import { DataError } from '../core/table/data-error.ts'
import { readTable } from '../core/table/read-table.ts'
import type { Table } from '../core/table/table.ts'
import { AppError } from '../errors.ts'

/** The table that a body holds. @throws AppError invalid_file with the place of every fault of its form */
export async function tableOf(bytes: Uint8Array): Promise<Table> {
  try {
    return await readTable(bytes, 'file')
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    throw new AppError(
      'invalid_file',
      error.faults.map(({ line, column, code }) => ({
        path: [line === null ? 'file' : `line ${line}`, ...(column === null ? [] : [column])].join(' '),
        code,
      })),
    )
  }
}
