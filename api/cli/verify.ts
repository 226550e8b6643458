import { checkDatabase, type Finding } from '../../db/backup/check.ts'
import { checkFile, compareWithFile } from '../../db/backup/compare.ts'
import { type Contents, countContents } from '../../db/backup/contents.ts'
import { pendingMigrations } from '../../db/migrate.ts'
import { checkContacts } from '../node/contacts.ts'
import { readContactKeys, readKeys } from '../node/keys.ts'
import { checkLinks } from '../node/links.ts'
import { withDatabaseAsIs } from './as-is.ts'
import { type BareCall, type BareCommand, UsageError } from './command.ts'

export const verifyCommand: BareCommand = {
  words: 'verify',
  takes: ['[FILE]'],
  options: { database: { type: 'boolean' } },
  summary: 'Check the database, or a backup file, and say what is wrong (exit code 1)',
  help: [['--database', 'with FILE: also compare the rows in the database with the file']],
  async runBare(call) {
    const [file] = call.files
    if (file === undefined) {
      const { findings, contents } = await withDatabaseAsIs(call, ({ ownerUrl }) => inspect(call, ownerUrl))
      const { rows, tables, empty } = contents
      const what = empty ? 'The database is empty, it holds reference data only' : 'In the database are'
      return report(findings, [`${what}: ${rows} rows of ${tables} tables.`], { rows, empty })
    }
    const content = await checkFile(file)
    const { createdAt, postgres, migrations, keys } = content.header
    const lines = [
      `${file} is whole: ${content.rows} rows of ${content.tables.length} tables from ${createdAt}, PostgreSQL ${postgres}, schema ${migrations.at(-1) ?? ''}, keys ${keys ? 'included' : 'left out'}.`,
    ]
    const findings =
      call.values.database === true
        ? await withDatabaseAsIs(call, ({ ownerUrl }) => compareWithFile(ownerUrl, content))
        : []
    return report(findings, lines, {
      file,
      createdAt,
      rows: content.rows,
      postgres,
      migrations,
      keys: keys !== null,
      tables: content.tables,
    })
  },
}

async function inspect(
  { io, dataDir }: BareCall,
  ownerUrl: string,
): Promise<{ findings: Finding[]; contents: Contents }> {
  const pending = await pendingMigrations(ownerUrl)
  if (pending.length > 0)
    throw new UsageError(
      `The database is of an older version (${pending.length} migrations wait); start the server first.`,
    )
  const findings = [
    ...(await checkDatabase(ownerUrl)),
    ...(await checkLinks(ownerUrl, readKeys(io.env, dataDir))),
    ...(await checkContacts(ownerUrl, readContactKeys(io.env, dataDir))),
  ]
  return { findings, contents: await countContents(ownerUrl) }
}

function report(findings: readonly Finding[], lines: readonly string[], more: object = {}) {
  const wrong = findings.filter((finding) => finding.wrong > 0)
  const checks = [...Map.groupBy(findings, ({ check }) => check)].map(([check, found]) => {
    const bad = found.filter((finding) => finding.wrong > 0)
    return bad.length === 0
      ? `ok      ${check} (${found.length})`
      : `WRONG   ${check}: ${bad.map(({ subject, wrong: count }) => `${subject} ${count}`).join(', ')}`
  })
  return {
    json: { ...more, ok: wrong.length === 0, findings },
    text: [...lines, ...checks, ''].join('\n'),
    rejected: wrong.length > 0,
  }
}
