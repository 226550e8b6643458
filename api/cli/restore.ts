import { restoreBackup } from '../../db/backup/restore.ts'
import { appRole } from '../../db/embedded.ts'
import { type KeysOutcome, placeKeys } from '../node/keys.ts'
import { withDatabaseAsIs } from './as-is.ts'
import type { BareCommand } from './command.ts'
import { contactsNote } from './contacts-note.ts'

const KEYS: Record<KeysOutcome, string> = {
  restored: 'The keys of links and sessions are in the data directory.',
  same: 'The keys of links and sessions are those of the backup.',
  environment_differs:
    'TOKEN_KEYS or AUTH_SECRET in the environment differ from those in the backup: set them to the old ones, or links printed before do not open.',
  kept: 'The backup has no keys; those in the data directory or the environment stay in use. `verify` tells whether they open the links.',
  none: 'The backup has no keys: give the old TOKEN_KEYS and AUTH_SECRET, or links printed before do not open.',
}

export const restoreCommand: BareCommand = {
  words: 'restore',
  takes: ['FILE'],
  options: {},
  summary: 'Bring a backup into an empty database: all of it, checked, or nothing',
  help: [],
  async runBare(call) {
    const { io, files, json, dataDir } = call
    const [file = ''] = files
    const startedMs = performance.now()
    let keys: KeysOutcome = 'none'
    const report = await withDatabaseAsIs(call, ({ ownerUrl, url }) =>
      restoreBackup({
        ownerUrl,
        file,
        appRole: new URL(url).username || appRole,
        placeKeys: (given) => {
          const { outcome, takeAway } = placeKeys(io.env, dataDir, given)
          keys = outcome
          return takeAway
        },
        onTable: (name, rows) => {
          if (!json && rows > 0) io.err(`${name}: ${rows}`)
        },
      }),
    )
    const seconds = Math.round((performance.now() - startedMs) / 100) / 10
    return {
      json: { file, ...report, keys, seconds },
      text: [
        `${report.rows} rows of ${report.tables.length} tables from ${report.createdAt} are restored and equal the backup: ${seconds} s.`,
        KEYS[keys],
        ...contactsNote(report.tables),
        '',
      ].join('\n'),
    }
  },
}
