import { localDate } from './core/time/moment.ts'
import type { Services } from './services.ts'

/**
 * Evidence against one device answering for many people: a keyed hash of address and browser that changes every day,
 * cut to 64 bits, so that it links answers of one day and nothing else. Null when the front door gives no address.
 */
export async function deviceHash(services: Services, headers: Headers): Promise<Uint8Array | null> {
  const address = headers.get('cf-connecting-ip') ?? headers.get('x-real-ip')
  const secret = services.tokenKeys.byVersion.get(services.tokenKeys.current)
  if (!address || !secret) return null
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const text = `device:${localDate(services.now().toISOString())}:${address}:${headers.get('user-agent') ?? ''}`
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text)), 0, 8)
}
