import { existsSync } from 'node:fs'
import { writeBackup } from '../../db/backup/write.ts'
import { readKeys } from '../node/keys.ts'
import { withDatabaseAsIs } from './as-is.ts'
import { type BareCommand, UsageError } from './command.ts'
import { contactsNote } from './contacts-note.ts'

export const backupCommand: BareCommand = {
  words: 'backup',
  takes: ['FILE'],
  options: { 'without-keys': { type: 'boolean' } },
  summary: 'Write everything into one file, also while the server runs',
  help: [
    [
      '--without-keys',
      'leave out the keys of links and sessions: for a copy that leaves the house (keep them elsewhere, or printed links end)',
    ],
  ],
  async runBare(call) {
    const { io, files, values, json, dataDir } = call
    const [file = ''] = files
    if (existsSync(file)) throw new UsageError(`${file} exists already; a backup never replaces a file.`)
    // With the keys the file brings back everything, and whoever has it can make every link: so it is closed to other
    // users. Without them a restored system can neither print links again nor open those already printed.
    const keys = values['without-keys'] === true ? null : readKeys(io.env, dataDir)
    if (keys === null && values['without-keys'] !== true)
      io.err('No keys of links and sessions were found (TOKEN_KEYS, AUTH_SECRET), so they are not in the backup.')
    const startedMs = performance.now()
    const report = await withDatabaseAsIs(call, ({ ownerUrl }) =>
      writeBackup({
        ownerUrl,
        file,
        now: new Date(),
        keys,
        onTable: (name, rows) => {
          if (!json && rows > 0) io.err(`${name}: ${rows}`)
        },
      }),
    )
    const seconds = Math.round((performance.now() - startedMs) / 100) / 10
    return {
      json: { file, ...report, seconds },
      text: [
        `${report.rows} rows of ${report.tables.length} tables in ${file}: ${report.bytes} bytes, ${seconds} s, keys ${report.keys ? 'included' : 'left out'}.`,
        ...contactsNote(report.tables),
        '',
      ].join('\n'),
    }
  },
}
