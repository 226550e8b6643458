import type { Kysely, Transaction } from 'kysely'
import type { Role, TenantSettings } from '../schema/accounts.ts'
import type { DB } from '../schema/tables.ts'

/** The tenant and role of a key that is not revoked. */
export function findKey(db: Kysely<DB>, keyHash: Uint8Array) {
  return db
    .selectFrom('api_key')
    .select(['tenant_id', 'role'])
    .where('key_hash', '=', keyHash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
}

/** Stores the hash of a new key. */
export async function insertKey(
  db: Kysely<DB>,
  tenantId: number,
  role: 'importer',
  keyHash: Uint8Array,
): Promise<void> {
  await db.insertInto('api_key').values({ key_hash: keyHash, tenant_id: tenantId, role, revoked_at: null }).execute()
}

/** The tenant a person works for; who belongs to several works for the first real one. */
export function findMembership(db: Kysely<DB>, userId: string) {
  return db
    .selectFrom('membership')
    .innerJoin('tenant', 'tenant.id', 'membership.tenant_id')
    .select(['membership.tenant_id', 'membership.role'])
    .where('user_id', '=', userId)
    .orderBy('tenant.sample')
    .orderBy('tenant.id')
    .limit(1)
    .executeTakeFirst()
}

/** Gives a person a role in a tenant. */
export async function putMembership(
  db: Kysely<DB>,
  membership: { user_id: string; tenant_id: number; role: Role },
): Promise<void> {
  await db
    .insertInto('membership')
    .values(membership)
    .onConflict((c) => c.columns(['user_id', 'tenant_id']).doUpdateSet({ role: membership.role }))
    .execute()
}

export function findUserByEmail(db: Kysely<DB>, email: string) {
  return db.selectFrom('user').select('id').where('email', '=', email).executeTakeFirst()
}

export function findTenant(db: Kysely<DB>, id: number) {
  return db.selectFrom('tenant').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The tenant of a token's prefix. */
export function findTenantByPrefix(db: Kysely<DB>, prefix: string) {
  return db
    .selectFrom('tenant')
    .select(['id', 'prefix', 'name', 'sample', 'settings'])
    .where('prefix', '=', prefix)
    .executeTakeFirst()
}

/** All tenants, real ones first. An instance holds one, or one and the sample. */
export function listTenants(db: Kysely<DB>) {
  return db.selectFrom('tenant').selectAll().orderBy('sample').orderBy('id').limit(1000).execute()
}

/** Makes a tenant. */
export function insertTenant(db: Kysely<DB>, tenant: { prefix: string; name: string; sample: boolean }) {
  return db.insertInto('tenant').values(tenant).returningAll().executeTakeFirstOrThrow()
}

export async function updateSettings(db: Kysely<DB>, tenantId: number, settings: TenantSettings): Promise<void> {
  await db.updateTable('tenant').set({ settings }).where('id', '=', tenantId).execute()
}

/** A tenant, held so that its imports follow one another. Answers may still be written meanwhile. */
export function lockTenant(trx: Transaction<DB>, id: number) {
  return trx
    .selectFrom('tenant')
    .select(['id', 'prefix', 'settings'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** What a person is in one tenant. */
export function findMembershipIn(db: Kysely<DB>, userId: string, tenantId: number) {
  return db
    .selectFrom('membership')
    .select('role')
    .where('user_id', '=', userId)
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst()
}
