import { execFile } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

/** A pgbench of this machine, or null: npm has none. */
function findPgbench(): string | null {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...globSync('/usr/lib/postgresql/*/bin'),
    ...globSync('/usr/pgsql-*/bin'),
  ]
  return folders.map((folder) => join(folder, 'pgbench')).find((file) => existsSync(file)) ?? null
}

/** Transactions a second of one prepared script; null where this machine has no pgbench. */
export async function pgbench(url: string, script: string, clients: number, seconds: number): Promise<number | null> {
  const program = findPgbench()
  if (program === null) return null
  const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-pgbench-'))
  try {
    const file = join(folder, 'script.sql')
    writeFileSync(file, script)
    const words = ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds), '-f', file, url]
    const { stdout } = await promisify(execFile)(program, words)
    const tps = Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1])
    return tps > 0 ? tps : null
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
