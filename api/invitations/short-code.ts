import type { KeyObject } from 'node:crypto'
import type { Transaction } from 'kysely'
import { giveShortCodes, shortHashesInUse, shortNumbers } from '../../db/queries/short-codes.ts'
import type { DB } from '../../db/schema/tables.ts'
import { shortCodeOf } from '../core/slip/short-code.ts'
import { hmacSha256, toHex, type TokenKeys } from './token.ts'

/** Sixteen bytes of a keyed hash; the plain hash of 35 bits could be searched through in seconds. */
const HASH_BYTES = 16
/** Two collisions in a row are already less likely than a broken key. */
const CODES_TRIED = 8

/** An ask as far as its short code goes. */
export interface Coded {
  id: number
  key_version: number
  /** Null before it is first printed. */
  short_n: number | null
}

/** What is stored of a short code, once for each key: a code does not tell which key made it. */
export function shortHashes(keys: TokenKeys, tenantId: number, code: string): Uint8Array[] {
  return [...keys.byVersion.values()].map((secret) => hashOf(secret, tenantId, code))
}

/**
 * The short codes of asks. Like the token, a code is derived from the ask's id, so a reprint is the same secret; which of an
 * ask's possible codes it is was settled when it was first printed, and only now for asks that never were. Codes are not
 * made when asks are: what is not printed cannot be guessed.
 */
export async function shortCodes(
  trx: Transaction<DB>,
  keys: TokenKeys,
  tenantId: number,
  asks: readonly Coded[],
): Promise<Map<number, string>> {
  const numbers = new Map(asks.flatMap((ask) => (ask.short_n === null ? [] : [[ask.id, ask.short_n]])))
  for (let n = 0; n < CODES_TRIED && numbers.size < asks.length; n += 1) {
    const waiting = asks.filter((ask) => !numbers.has(ask.id))
    await giveShortCodes(trx, tenantId, await freeCodes(trx, keys, tenantId, waiting, n))
    for (const row of await shortNumbers(
      trx,
      tenantId,
      waiting.map((ask) => ask.id),
    ))
      numbers.set(row.id, row.short_n)
  }
  return new Map(asks.map((ask) => [ask.id, codeOf(keys, tenantId, ask, numbers.get(ask.id) ?? 0)]))
}

/** The nth possible codes of asks that no other ask has, under whichever key. */
async function freeCodes(trx: Transaction<DB>, keys: TokenKeys, tenantId: number, asks: readonly Coded[], n: number) {
  const candidates = asks.map((ask) => {
    const code = codeOf(keys, tenantId, ask, n)
    const hash = hashOf(secretOf(keys, ask.key_version), tenantId, code)
    return { id: ask.id, n, code, hash, all: shortHashes(keys, tenantId, code) }
  })
  const used = new Set(
    (
      await shortHashesInUse(
        trx,
        tenantId,
        candidates.flatMap((one) => one.all),
      )
    ).map(toHex),
  )
  const first = new Map(candidates.toReversed().map((one) => [one.code, one.id]))
  return candidates.filter((one) => first.get(one.code) === one.id && !one.all.some((hash) => used.has(toHex(hash))))
}

function codeOf(keys: TokenKeys, tenantId: number, ask: Coded, n: number): string {
  return shortCodeOf(hmacSha256(secretOf(keys, ask.key_version), `short:${tenantId}:${ask.id}:${n}`))
}

function hashOf(secret: KeyObject, tenantId: number, code: string): Uint8Array {
  return hmacSha256(secret, `short-hash:${tenantId}:${code}`).subarray(0, HASH_BYTES)
}

function secretOf(keys: TokenKeys, version: number): KeyObject {
  const secret = keys.byVersion.get(version)
  if (!secret) throw new RangeError('unknown token key version')
  return secret
}
