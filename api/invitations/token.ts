import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto'

/** Keys that make tokens, by version; the newest makes new tokens, older ones recompute old links. */
export interface TokenKeys {
  current: number
  byVersion: ReadonlyMap<number, KeyObject>
}
const SECRET_BYTES = 16
const TOKEN = /^([0-9a-z]{3})[A-Za-z0-9_-]{22}$/

/** Reads `1:base64url,2:base64url`; the highest version is current. @throws RangeError when there is none */
export function parseTokenKeys(text: string): TokenKeys {
  const byVersion = new Map(
    text.split(',').map((part) => {
      const [version = '', secret = ''] = part.split(':')
      return [Number(version), createSecretKey(fromBase64Url(secret))] as const
    }),
  )
  if (byVersion.size === 0) throw new RangeError('token keys need at least one version')
  return { current: Math.max(...byVersion.keys()), byVersion }
}

/** The tenant prefix of a well-formed token, or null. */
export function tokenPrefix(token: string): string | null {
  return TOKEN.exec(token)?.[1] ?? null
}

/** Who is asked by a secret: about a dossier, or in a survey. The secrets of both are told apart by what the HMAC is over. */
export type Asked = 'ask' | 'case'

/**
 * Makes tokens for one tenant under one key: tenant prefix + 128 bits of HMAC-SHA-256 over the id of the ask (or case). The same
 * one gives the same token on every channel and at every reprint, so nothing secret is stored.
 */
export function tokenMaker(
  keys: TokenKeys,
  version: number,
  tenant: { id: number; prefix: string },
  asked: Asked = 'ask',
): (id: number) => string {
  const secret = keys.byVersion.get(version)
  if (!secret) throw new RangeError('unknown token key version')
  return (id) =>
    tenant.prefix + hmacSha256(secret, `${asked}:${tenant.id}:${id}`).subarray(0, SECRET_BYTES).toString('base64url')
}

/**
 * SHA-256 of a text, as stored for tokens, keys and withdrawal secrets. Computed at once: WebCrypto would hand each of these
 * few bytes to another thread and wait, and an object that is fed and then asked is made anew for each; both cost many times the hash.
 */
export function sha256(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hash('sha256', text, 'buffer'))
}

/** HMAC-SHA-256 of a text. The key is one that was made ready before: that takes longer than the HMAC. */
export function hmacSha256(secret: KeyObject, text: string): Buffer {
  return createHmac('sha256', secret).update(text, 'utf8').digest()
}

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

/** Bytes of an even-length hexadecimal text. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
}
