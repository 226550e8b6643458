import { createHash, randomBytes } from 'node:crypto'
import type { World } from '../../support/world.ts'

const PER_STATEMENT = 10_000
const PROCEDURES = 50
/** Days over which the asks were made, so that an answer's cell holds as many others as a commune's does. */
const DAYS = 300

/**
 * Gives a tenant finished dossiers with open asks, straight into the tables: secrets of the right form with their hashes,
 * spread over its units, some procedures and ten months. Everything is on disk when it returns.
 *
 * @returns the secrets
 */
export async function openAsks(world: World, count: number): Promise<string[]> {
  const tokens = Array.from({ length: count }, () => world.tenant.prefix + randomBytes(16).toString('base64url'))
  const { sql } = world
  const units = [world.units.SXD, world.units.SNV, world.units['MC-A'], world.units['MC-B']]
  await sql`
    insert into procedure (tenant_id, code, name) select ${world.tenant.id}, '9.' || to_char(k, 'FM000000'), 'Thủ tục ' || k
    from generate_series(1, ${PROCEDURES}::int) k on conflict do nothing`
  const procedures = (await sql<{ id: number }[]>`select id from procedure order by id`).map((p) => p.id)
  for (let at = 0; at < count; at += PER_STATEMENT) {
    const hashes = tokens.slice(at, at + PER_STATEMENT).map((token) => createHash('sha256').update(token).digest('hex'))
    await sql`
      with one as materialized (
        select nextval('dossier_id_seq') as id, decode(hash, 'hex') as hash, current_date - 1 - (k % ${DAYS})::int as day,
          (${units}::int[])[1 + k % ${units.length}::int] as unit,
          (${procedures}::int[])[1 + k / 7 % ${procedures.length}::int] as procedure
        from unnest(${hashes}::text[]) with ordinality as h (hash, k)
      ), dossiers as (
        insert into dossier (tenant_id, id, code, procedure_id, responsible_unit_id, receiving_unit_id, applicant, received_at,
          returned_at, status, received_on, outcome_on)
        select ${world.tenant.id}, id, 'H31.101-261001-9' || id, procedure, unit, unit, 'citizen', day - interval '3 days',
          day, 'returned', day - 3, day from one
      )
      insert into ask (tenant_id, dossier_id, event, n, responsible_unit_id, receiving_unit_id, procedure_id, applicant,
        instrument_id, token_hash, key_version, asked_on, created_at, expires_at)
      select ${world.tenant.id}, id, 'returned', 1, unit, unit, procedure, 'citizen', (select max(id) from instrument), hash, 1,
        day, now(), now() + interval '30 days' from one`
  }
  await sql`vacuum analyze dossier, ask`
  await sql`checkpoint`
  return tokens
}
