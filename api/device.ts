import { localDate } from './core/time/moment.ts'
import { hmacSha256 } from './invitations/token.ts'
import type { Services } from './services.ts'

/**
 * Evidence against one device answering for many people: a keyed hash of address and browser that changes every day,
 * cut to 64 bits, so that it links answers of one day and nothing else. Null when the front door gives no address.
 */
export function deviceHash(services: Services, headers: Headers): Uint8Array | null {
  const address = headers.get('cf-connecting-ip') ?? headers.get('x-real-ip')
  const secret = services.tokenKeys.byVersion.get(services.tokenKeys.current)
  if (!address || !secret) return null
  const text = `device:${localDate(services.now().toISOString())}:${address}:${headers.get('user-agent') ?? ''}`
  return hmacSha256(secret, text).subarray(0, 8)
}
