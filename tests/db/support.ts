import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { inject } from 'vitest'

/** A database without any table. @returns the owner's address of it, and how to remove it */
export async function bareDatabase(): Promise<{ ownerUrl: string; drop: () => Promise<void> }> {
  const name = `bare_${randomBytes(6).toString('hex')}`
  const url = new URL(inject('templateUrls').ownerUrl)
  url.pathname = '/postgres'
  const maintenance = async (statement: string) => {
    const sql = postgres(url.href, { max: 1, onnotice: () => undefined })
    await sql.unsafe(statement)
    await sql.end()
  }
  await maintenance(`create database ${name} template template0`)
  const own = new URL(url)
  own.pathname = `/${name}`
  return { ownerUrl: own.href, drop: () => maintenance(`drop database if exists ${name} with (force)`) }
}

/** Tables that stand outside row-level security, each with the reason. Every other table must force it. */
export const OUTSIDE_RLS: Readonly<Record<string, string>> = {
  tenant: 'read before a tenant is known',
  membership: 'tells the tenant of a signed-in person',
  api_key: 'tells the tenant of a key',
  user: 'sign-in',
  session: 'sign-in',
  account: 'sign-in',
  verification: 'sign-in',
  instrument: 'national',
  instrument_item: 'national',
  unit_lineage: 'national',
  code_guess: 'wrong short codes belong to no tenant',
  job: 'one row per job of the instance',
  kysely_migration: 'the migrator’s own',
  kysely_migration_lock: 'the migrator’s own',
}
