import type { TestDatabase } from '../support/database.ts'
import type { World } from '../support/world.ts'
import type { Client } from './http.ts'

/** A front door under test. */
export interface Door {
  readonly url: string
  /** Of the malformed inputs only every nth is tried; default: all. */
  readonly every?: number
  /** Lets the recurring jobs run as this front door runs them. May return before they are done. */
  runJobs(): Promise<void>
  /** Another instance on the same database that serves only what carries no personal data. */
  citizen(): Promise<{ readonly url: string; stop(): Promise<void> }>
  stop(): Promise<void>
}

/** What the tests of the suite are given once everything runs. */
export interface Setting {
  readonly database: TestDatabase
  readonly world: World
  readonly door: Door
  /** Nobody in particular. */
  readonly anyone: Client
  /** A one-stop shop's software with its key. */
  readonly importer: Client
  /** A signed-in administrator. */
  readonly administrator: Client
}
