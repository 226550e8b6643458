import { findMembershipIn, findUserByEmail } from '../../db/queries/accounts.ts'
import { listInterviewers } from '../../db/queries/users.ts'
import { createAccount } from '../accounts/create.ts'
import { AppError } from '../errors.ts'
import { randomToken } from '../random.ts'
import type { Services } from '../services.ts'
import type { Actor } from './campaign.ts'

const PASSWORD_BYTES = 10

/** The tenant's interviewers by name, with how many cases of open campaigns each has, and how many of them are complete. */
export async function interviewers(services: Services, tenantId: number) {
  const items = await services.db.withTenant(tenantId, (trx) => listInterviewers(trx, tenantId))
  return { items, next: null }
}

/**
 * Makes an interviewer's account with a password that is shown this once. One that is there already keeps its password, so that
 * the same request again locks nobody out.
 * @throws AppError invalid_input; id_taken for an e-mail address of somebody with another role, or of another tenant
 */
export async function createInterviewer(services: Services, by: Actor, person: { email: string; name: string }) {
  const email = person.email.trim().toLowerCase()
  const known = await findUserByEmail(services.db.shared, email)
  if (known) {
    const membership = await findMembershipIn(services.db.shared, known.id, by.tenantId)
    if (membership?.role !== 'interviewer') throw new AppError('id_taken', [{ path: 'email', code: 'taken' }])
    return { created: false, id: known.id, email, password: null }
  }
  const password = randomToken(PASSWORD_BYTES)
  const made = await createAccount(services, {
    tenantId: by.tenantId,
    email,
    name: person.name,
    role: 'interviewer',
    password,
  })
  return { created: true, id: made.userId, email, password }
}
