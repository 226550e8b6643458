import { betterAuth } from 'better-auth'
import type { Database } from '../../db/client.ts'
import { ADDRESS_HEADERS } from '../device.ts'
import type { Settings } from '../env.ts'

/** What the platform uses of better-auth: its HTTP handler, the session of a request, and how it hashes a password. */
export interface Auth {
  handler: (request: Request) => Promise<Response>
  sessionUser: (headers: Headers) => Promise<{ id: string; name: string; email: string } | null>
  hashPassword: (password: string) => Promise<string>
}
export const MIN_PASSWORD_LENGTH = 12

/**
 * Sign-in by e-mail and password with sessions in PostgreSQL. Nobody can sign up: `accounts create` makes the accounts.
 * Requests are trusted from the origin they were sent to, because the same instance may answer under several names.
 */
export function createAuth(db: Database, settings: Pick<Settings, 'AUTH_SECRET' | 'PUBLIC_URL'>): Auth {
  const auth = betterAuth({
    database: { db: db.shared, type: 'postgres' },
    secret: settings.AUTH_SECRET,
    ...(settings.PUBLIC_URL ? { baseURL: settings.PUBLIC_URL } : {}),
    basePath: '/api/auth',
    trustedOrigins: async (request) => (request ? [new URL(request.url).origin] : []),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: MIN_PASSWORD_LENGTH },
    session: { expiresIn: 60 * 60 * 12, updateAge: 60 * 60 },
    // by default it would believe X-Forwarded-For, with which whoever guesses passwords could be another caller each time
    advanced: { ipAddress: { ipAddressHeaders: [...ADDRESS_HEADERS] } },
    rateLimit: { enabled: true, window: 60, max: 100, customRules: { '/sign-in/email': { window: 60, max: 20 } } },
    telemetry: { enabled: false },
    logger: { disabled: true },
  })
  return {
    handler: (request) => auth.handler(request),
    sessionUser: async (headers) => {
      const session = await auth.api.getSession({ headers })
      return session ? { id: session.user.id, name: session.user.name, email: session.user.email } : null
    },
    hashPassword: async (password) => (await auth.$context).password.hash(password),
  }
}
