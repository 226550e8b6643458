import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What is remembered between starts, in a file only its owner can read. */
export interface Secrets {
  readonly ownerPassword: string
  readonly appPassword: string
  /** Where the server listened last; null before its first start. */
  readonly port: number | null
}

const secretsPath = (dataDir: string): string => join(dataDir, 'embedded.json')

/** 192 random bits in hexadecimal, so that they need no escaping in a URL or in SQL. */
export function newSecrets(): Secrets {
  const password = (): string => randomBytes(24).toString('hex')
  return { ownerPassword: password(), appPassword: password(), port: null }
}

/** The stored secrets, or null when there are none or the file is not ours. */
export function readSecrets(dataDir: string): Secrets | null {
  try {
    const value = JSON.parse(readFileSync(secretsPath(dataDir), 'utf8')) as Partial<Secrets>
    const { ownerPassword, appPassword, port = null } = value
    if (!isPassword(ownerPassword) || !isPassword(appPassword)) return null
    return { ownerPassword, appPassword, port: Number.isInteger(port) ? port : null }
  } catch {
    return null
  }
}

/** Stores the secrets whole or not at all. */
export function writeSecrets(dataDir: string, secrets: Secrets): void {
  const draft = `${secretsPath(dataDir)}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, secretsPath(dataDir))
}

function isPassword(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{48}$/.test(value)
}
