import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Keys } from '../../db/backup/format.ts'
import { makeDataDirectory } from '../../db/data-dir.ts'
import { settingsSchema } from '../env.ts'

const FILE = 'app-secrets.json'
const CONTACT_FILE = 'contact-keys.json'
const keysSchema = settingsSchema.pick({ TOKEN_KEYS: true, AUTH_SECRET: true })
const contactKeysSchema = settingsSchema.pick({ CONTACT_KEYS: true })

/** The keys this process would run with, from the environment or the data directory; null when none were made yet. Makes none. */
export function readKeys(env: NodeJS.ProcessEnv, dataDir: string): Keys | null {
  const stored = readStored(dataDir)
  const found = keysSchema.safeParse({
    TOKEN_KEYS: env.TOKEN_KEYS || stored?.TOKEN_KEYS,
    AUTH_SECRET: env.AUTH_SECRET || stored?.AUTH_SECRET,
  })
  return found.success ? found.data : null
}

/** The keys of contacts that this process would run with; null when there are none. No backup holds them. */
export function readContactKeys(env: NodeJS.ProcessEnv, dataDir: string): string | null {
  const found = contactKeysSchema.safeParse(
    env.CONTACT_KEYS ? { CONTACT_KEYS: env.CONTACT_KEYS } : readFile(dataDir, CONTACT_FILE),
  )
  return found.success ? (found.data.CONTACT_KEYS ?? null) : null
}

/** What became of a backup's keys: put into the data directory, there already, or other ones are set in the environment. */
export type KeysOutcome = 'restored' | 'same' | 'environment_differs'

/** Puts a backup's keys in place. Other keys that lay there are kept beside them, in case they are wanted after all. */
export function restoreKeys(env: NodeJS.ProcessEnv, dataDir: string, keys: Keys): KeysOutcome {
  const given = { TOKEN_KEYS: env.TOKEN_KEYS, AUTH_SECRET: env.AUTH_SECRET }
  if (
    (given.TOKEN_KEYS && given.TOKEN_KEYS !== keys.TOKEN_KEYS) ||
    (given.AUTH_SECRET && given.AUTH_SECRET !== keys.AUTH_SECRET)
  )
    return 'environment_differs'
  const stored = readStored(dataDir)
  const { TOKEN_KEYS, AUTH_SECRET } = keysSchema.parse(keys)
  if (stored?.TOKEN_KEYS === TOKEN_KEYS && stored.AUTH_SECRET === AUTH_SECRET) return 'same'
  if (given.TOKEN_KEYS && given.AUTH_SECRET) return 'same'
  makeDataDirectory(dataDir)
  const file = join(dataDir, FILE)
  if (existsSync(file)) renameSync(file, `${file}.before-restore-${Date.now()}`)
  writeFileSync(`${file}.restored`, JSON.stringify({ TOKEN_KEYS, AUTH_SECRET }), { mode: 0o600 })
  renameSync(`${file}.restored`, file)
  return 'restored'
}

function readStored(dataDir: string): Keys | null {
  const found = keysSchema.safeParse(readFile(dataDir, FILE))
  return found.success ? found.data : null
}

/** What a file of keys holds, unchecked; null when it is not there or damaged. */
function readFile(dataDir: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(join(dataDir, name), 'utf8'))
  } catch {
    return null
  }
}
