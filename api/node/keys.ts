import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
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

/**
 * What became of a backup's keys: put into the data directory, there already, or other ones are set in the environment. Of a backup
 * without keys: those of this installation stay in use, or there are none.
 */
export type KeysOutcome = 'restored' | 'same' | 'environment_differs' | 'kept' | 'none'

/**
 * Puts a backup's keys in place, so that they outlast a power cut. Other keys that lay there are kept beside them, in case they are
 * wanted after all.
 * @returns what became of them, and how to undo it
 */
export function placeKeys(
  env: NodeJS.ProcessEnv,
  dataDir: string,
  keys: Keys | null,
): { outcome: KeysOutcome; takeAway: () => void } {
  const outcome = outcomeOf(env, dataDir, keys)
  if (keys === null || outcome !== 'restored') return { outcome, takeAway: () => undefined }
  const { TOKEN_KEYS, AUTH_SECRET } = keysSchema.parse(keys)
  makeDataDirectory(dataDir)
  const file = join(dataDir, FILE)
  const aside = existsSync(file) ? `${file}.before-restore-${Date.now()}` : null
  // copied, not moved: there must be keys at every moment
  if (aside !== null) copyFileSync(file, aside)
  writeFileSync(`${file}.restored`, JSON.stringify({ TOKEN_KEYS, AUTH_SECRET }), { mode: 0o600, flush: true })
  renameSync(`${file}.restored`, file)
  flushDirectory(dataDir)
  return { outcome, takeAway: () => (aside === null ? rmSync(file) : renameSync(aside, file)) }
}

function outcomeOf(env: NodeJS.ProcessEnv, dataDir: string, keys: Keys | null): KeysOutcome {
  if (keys === null) return readKeys(env, dataDir) === null ? 'none' : 'kept'
  const differs = (given: string | undefined, own: string): boolean => Boolean(given) && given !== own
  if (differs(env.TOKEN_KEYS, keys.TOKEN_KEYS) || differs(env.AUTH_SECRET, keys.AUTH_SECRET))
    return 'environment_differs'
  const used = readKeys(env, dataDir)
  return used?.TOKEN_KEYS === keys.TOKEN_KEYS && used.AUTH_SECRET === keys.AUTH_SECRET ? 'same' : 'restored'
}

/** A file's name is on disk only when its directory is. */
function flushDirectory(dataDir: string): void {
  const directory = openSync(dataDir, 'r')
  fsyncSync(directory)
  closeSync(directory)
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
