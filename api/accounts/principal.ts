import { findKey, findMembership } from '../../db/queries/accounts.ts'
import type { Role } from '../../db/schema/accounts.ts'
import { sha256 } from '../invitations/token.ts'
import type { Services } from '../services.ts'

/** Who is asking: a signed-in person or a key, always for exactly one tenant. */
export interface Principal {
  tenantId: number
  role: Role
  via: 'session' | 'key'
  /** For logs of changes: the user's id, or `key`. */
  actor: string
  user: { id: string; name: string; email: string } | null
}

/** The caller of a request by `Authorization: Bearer KEY` or by session cookie; null when neither is valid. */
export async function principalOf(services: Services, headers: Headers): Promise<Principal | null> {
  const bearer = /^Bearer ([\w-]{20,100})$/.exec(headers.get('authorization') ?? '')?.[1]
  if (bearer) {
    const key = await findKey(services.db.shared, sha256(bearer))
    return key ? { tenantId: key.tenant_id, role: key.role, via: 'key', actor: 'key', user: null } : null
  }
  const user = await services.auth.sessionUser(headers)
  if (!user) return null
  const membership = await findMembership(services.db.shared, user.id)
  return membership
    ? { tenantId: membership.tenant_id, role: membership.role, via: 'session', actor: user.id, user }
    : null
}
