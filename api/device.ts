import { localDate } from './core/time/moment.ts'
import { hmacSha256 } from './invitations/token.ts'
import type { Services } from './services.ts'

/** Where the front doors put the address of a connection: Cloudflare's and Node's own word, never the client's. */
export const ADDRESS_HEADERS = ['cf-connecting-ip', 'x-real-ip'] as const

/**
 * Evidence against one device answering for many people: a keyed hash of address and browser that changes every day,
 * cut to 64 bits, so that it links answers of one day and nothing else. Null when the front door gives no address.
 */
export function deviceHash(services: Services, headers: Headers): Uint8Array | null {
  const address = ADDRESS_HEADERS.map((name) => headers.get(name)).find((value) => value !== null)
  const secret = services.tokenKeys.byVersion.get(services.tokenKeys.current)
  if (!address || !secret) return null
  const text = `device:${localDate(services.now().toISOString())}:${address}:${headers.get('user-agent') ?? ''}`
  return hmacSha256(secret, text).subarray(0, 8)
}
