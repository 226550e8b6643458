import type { Finding } from './check.ts'
import { listTables, tenantIds } from './catalog.ts'
import type { BackupContent } from './read.ts'
import { readBackup } from './read.ts'
import { sumTable } from './rows.ts'
import { inSession } from './session.ts'

/** Reads a backup file to its end and checks it against its own sums. @throws BackupError */
export function checkFile(file: string): Promise<BackupContent> {
  return readBackup(file, {
    header: () => undefined,
    table: async (_name, rows) => {
      for await (const piece of rows) void piece
    },
  })
}

/** Compares the rows of a database with those of a checked backup, table by table, in the columns that the backup has. */
export function compareWithFile(ownerUrl: string, content: BackupContent): Promise<Finding[]> {
  return inSession(ownerUrl, 'snapshot', async (session) => {
    const tables = await listTables(session)
    const tenants = await tenantIds(session.sql)
    const findings: Finding[] = []
    for (const { name, columns } of content.header.tables) {
      const table = tables.find((one) => one.name === name)
      const here = columns.every((column) => table?.columns.includes(column))
      const found = table && here ? await sumTable(session, table, tenants, columns) : null
      const expected = content.tables.find((one) => one.name === name)
      const same = found !== null && found.rows === expected?.rows && found.digest === expected.digest
      findings.push({ check: 'rows_unlike_backup', subject: name, wrong: same ? 0 : 1 })
    }
    return findings
  })
}
