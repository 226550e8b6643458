import type { KeyObject } from 'node:crypto'
import { localDate } from './core/time/moment.ts'
import { hmacSha256, sha256, toHex } from './invitations/token.ts'
import type { Services } from './services.ts'

/** Where the front doors put the address of a connection: Cloudflare's and Node's own word, never the client's. */
export const ADDRESS_HEADERS = ['cf-connecting-ip', 'x-real-ip'] as const

/** Whence a request comes, in keyed hashes that change every day, so that they link what came in one day and nothing else. */
export interface Device {
  /** Of address and browser, cut to 64 bits: evidence against one device answering for many people. Kept beside answers. */
  readonly hash: Uint8Array
  /** Of the network, whatever browser is claimed: 128 bits, kept for no longer than wrong codes are counted (`guess.ts`). */
  readonly source: Uint8Array
}

/** The device of a request. Null when the front door gives no address. */
export function deviceOf(services: Services, headers: Headers): Device | null {
  const address = ADDRESS_HEADERS.map((name) => headers.get(name)).find((value) => value !== null)
  const secret = services.tokenKeys.byVersion.get(services.tokenKeys.current)
  if (!address || !secret) return null
  const key = keyOfDay(secret, localDate(services.now().toISOString()))
  return {
    hash: sha256(`${key}:device:${address}:${headers.get('user-agent') ?? ''}`).subarray(0, 8),
    source: sha256(`${key}:source:${networkOf(address)}`).subarray(0, 16),
  }
}

const keptKeys = new WeakMap<KeyObject, { day: string; key: string }>()

/**
 * The key of a day, as 64 hexadecimal digits, made once. What begins with it and is cut to half of its hash or less cannot be
 * guessed or gone on from without it, as with an HMAC, whose making takes longer than all other hashes of an answer.
 */
function keyOfDay(secret: KeyObject, day: string): string {
  const kept = keptKeys.get(secret)
  if (kept?.day === day) return kept.key
  const key = toHex(hmacSha256(secret, `device:${day}`))
  keptKeys.set(secret, { day, key })
  return key
}

/** An IPv4 address, also one written as IPv6; of IPv6 the first 64 bits, since one subscriber has all addresses behind them. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  if (address.includes('.')) return address.slice(address.lastIndexOf(':') + 1)
  const [before = '', after] = address.toLowerCase().split('::')
  const groupsOf = (text: string) => text.split(':').filter((group) => group !== '')
  const [first, last] = [groupsOf(before), groupsOf(after ?? '')]
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0')
  return [...first, ...zeros, ...last]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
