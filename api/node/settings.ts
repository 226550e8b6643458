import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ZodType } from 'zod'
import { makeDataDirectory } from '../../db/data-dir.ts'
import { StartupError } from '../../db/startup-error.ts'
import { settingsSchema, type Settings } from '../env.ts'

/**
 * The settings of a Node process: from the environment, and for secrets that are not given there from `app-secrets.json`
 * and `contact-keys.json` in the data directory, made once and readable by their owner only. Losing the first makes printed links
 * unreadable, losing the second the contacts of surveys, so both belong into every copy of the directory.
 * @throws StartupError invalid_setting naming the variable, never its value
 */
export function readSettings(env: NodeJS.ProcessEnv, dataDir: string): Settings {
  const stored = env.TOKEN_KEYS && env.AUTH_SECRET ? {} : { ...appSecrets(dataDir), ...contactKeys(dataDir) }
  const given = {
    SURFACE: env.SURFACE,
    PUBLIC_URL: env.PUBLIC_URL,
    TOKEN_KEYS: env.TOKEN_KEYS,
    AUTH_SECRET: env.AUTH_SECRET,
    CONTACT_KEYS: env.CONTACT_KEYS,
    METRICS_TOKEN: env.METRICS_TOKEN,
  }
  return valid(settingsSchema, { ...stored, ...present(given) })
}

/**
 * Settings as a schema reads them; an empty one counts as not given.
 * @throws StartupError invalid_setting naming the variable, never its value
 */
export function valid<T>(schema: ZodType<T>, given: Readonly<Record<string, string | undefined>>): T {
  const parsed = schema.safeParse(present(given))
  if (parsed.success) return parsed.data
  const name = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new StartupError('invalid_setting', `Setting ${name} is not valid; see docs/operations.md.`)
}

function present(given: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => Boolean(entry[1])))
}

function appSecrets(dataDir: string): Pick<Settings, 'TOKEN_KEYS' | 'AUTH_SECRET'> {
  return storedOnce(join(dataDir, 'app-secrets.json'), dataDir, () => ({
    TOKEN_KEYS: newKey(),
    AUTH_SECRET: randomBytes(32).toString('base64url'),
  }))
}

/** In a file of its own, which no backup repeats: who finds one must not be able to read contacts. */
function contactKeys(dataDir: string): Pick<Settings, 'CONTACT_KEYS'> {
  return storedOnce(join(dataDir, 'contact-keys.json'), dataDir, () => ({ CONTACT_KEYS: newKey() }))
}

function newKey(): string {
  return `1:${randomBytes(32).toString('base64url')}`
}

/** What a file holds; it is made when it is not there. */
function storedOnce<T extends object>(file: string, dataDir: string, make: () => T): T {
  makeDataDirectory(dataDir)
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const secrets = make()
  try {
    // written aside and moved, so that a crash never leaves half a secret; wx, so that two first starts agree on one
    writeFileSync(`${file}.new`, JSON.stringify(secrets), { mode: 0o600, flag: 'wx' })
    renameSync(`${file}.new`, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new StartupError(
      'data_dir_in_use',
      `Another process is setting up ${dataDir}; if none runs, remove ${file}.new.`,
    )
  }
  return secrets
}
