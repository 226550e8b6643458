import { randomToken } from '../random.ts'
import { findTenant, findUserByEmail, insertKey, putMembership } from '../../db/queries/accounts.ts'
import { insertPasswordUser } from '../../db/queries/users.ts'
import type { Role } from '../../db/schema/accounts.ts'
import { AppError } from '../errors.ts'
import { sha256 } from '../invitations/token.ts'
import type { Services } from '../services.ts'
import { MIN_PASSWORD_LENGTH } from './auth.ts'

/**
 * Makes an account, or gives an existing one this role and password.
 * @throws AppError invalid_input for an e-mail or password that cannot be one
 */
export async function createAccount(
  services: Services,
  account: { tenantId: number; email: string; name: string; role: Role; password: string },
) {
  const email = account.email.trim().toLowerCase()
  if (!/^[^\s@]+@[^\s@]+$/.test(email) || email.length > 254)
    throw new AppError('invalid_input', [{ path: 'email', code: 'invalid_format' }])
  if (account.password.length < MIN_PASSWORD_LENGTH || account.password.length > 128) {
    throw new AppError('invalid_input', [{ path: 'password', code: 'too_small' }])
  }
  const password = await services.auth.hashPassword(account.password)
  const existing = await findUserByEmail(services.db.shared, email)
  const userId = existing?.id ?? randomToken(16)
  await insertPasswordUser(services.db.shared, { id: userId, email, name: account.name, password, now: services.now() })
  await putMembership(services.db.shared, { user_id: userId, tenant_id: account.tenantId, role: account.role })
  return { userId, email, created: !existing }
}

/** Makes an importer's key, shown once; only its hash is stored. */
export async function createKey(services: Services, tenantId: number): Promise<string> {
  const tenant = await findTenant(services.db.shared, tenantId)
  if (!tenant) throw new AppError('not_found')
  const key = `ln_${tenant.prefix}_${randomToken(24)}`
  await insertKey(services.db.shared, tenantId, 'importer', sha256(key))
  return key
}
