import { createAccount } from '../../api/accounts/create.ts'
import { createApp } from '../../api/app.ts'
import type { World } from '../support/world.ts'

/** The application of a world, and who calls it: `headers` of each kind of caller. */
export interface Callers {
  readonly app: ReturnType<typeof createApp>
  readonly headers: Readonly<
    Record<'anonymous' | 'key' | 'importer' | 'interviewer' | 'administrator', Record<string, string>>
  >
  /** Sends a request as one of them. */
  call(caller: keyof Callers['headers'], method: string, path: string, body?: unknown): Promise<Response>
}

const ORIGIN = 'http://localhost'
/** Each world signs in from an address of its own, as the front door would tell it: sign-ins of one address are limited. */
let addresses = 0

/** Signs an importer, an interviewer and the administrator in through the product's own door. */
export async function callersOf(world: World): Promise<Callers> {
  const app = createApp(() => world.services)
  const from = `198.18.${(addresses >> 8) & 255}.${addresses++ & 255}`
  const importer = { email: 'nhap@thu.example', password: 'mat-khau-thu-nghiem' }
  await createAccount(world.services, { tenantId: world.tenant.id, name: 'Nhập', role: 'importer', ...importer })
  const interviewer = { email: 'hoi@thu.example', password: 'mat-khau-thu-nghiem' }
  await createAccount(world.services, {
    tenantId: world.tenant.id,
    name: 'Hỏi',
    role: 'interviewer',
    ...interviewer,
  })
  const headers = {
    anonymous: {},
    key: { Authorization: `Bearer ${world.key}` },
    importer: { Cookie: await signIn(app, importer, from), Origin: ORIGIN },
    interviewer: { Cookie: await signIn(app, interviewer, from), Origin: ORIGIN },
    administrator: { Cookie: await signIn(app, world.administrator, from), Origin: ORIGIN },
  }
  return {
    app,
    headers,
    call: async (caller, method, path, body) =>
      app.request(`${ORIGIN}${path}`, {
        method,
        headers: { ...headers[caller], ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  }
}

/** The session cookie of a sign-in. @throws when it is refused */
export async function signIn(
  app: Callers['app'],
  who: { email: string; password: string },
  from = '198.18.255.255',
): Promise<string> {
  const response = await app.request(`${ORIGIN}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: ORIGIN, 'X-Real-IP': from },
    body: JSON.stringify(who),
  })
  const [cookie = ''] = response.headers.getSetCookie()
  if (response.status !== 200 || cookie === '') throw new Error(`sign-in answered ${response.status}`)
  return cookie.split(';')[0] ?? ''
}
