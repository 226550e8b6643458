import type { KeyObject } from 'node:crypto'
import type { Transaction } from 'kysely'
import { giveShortCodes, shortHashesInUse, shortNumbers } from '../../db/queries/short-codes.ts'
import type { DB } from '../../db/schema/tables.ts'
import { shortCodeOf } from '../core/slip/short-code.ts'
import { hmacSha256, toHex, type Asked, type TokenKeys } from './token.ts'

/** Sixteen bytes of a keyed hash; the plain hash of 35 bits could be searched through in seconds. */
const HASH_BYTES = 16
/** Two collisions in a row are already less likely than a broken key. */
const CODES_TRIED = 8

/** What the HMACs are over, so that a code of one kind tells nothing of the other. */
const DOMAIN: Readonly<Record<Asked, string>> = { ask: 'short', case: 'case-short' }

/** An ask, or the case of a survey, as far as its short code goes. */
export interface Coded {
  id: number
  key_version: number
  /** Null before it is first printed. */
  short_n: number | null
}

/** What is stored of a short code, once for each key: a code does not tell which key made it. */
export function shortHashes(keys: TokenKeys, tenantId: number, asked: Asked, code: string): Uint8Array[] {
  return [...keys.byVersion.values()].map((secret) => hashOf(secret, tenantId, asked, code))
}

/**
 * The short codes of asks or cases. Like the token, a code is derived from the ask's id, so a reprint is the same secret; which of an
 * ask's possible codes it is was settled when it was first printed, and only now for asks that never were. Codes are not
 * made when asks are: what is not printed cannot be guessed.
 */
export async function shortCodes(
  trx: Transaction<DB>,
  keys: TokenKeys,
  tenantId: number,
  asked: Asked,
  asks: readonly Coded[],
): Promise<Map<number, string>> {
  const numbers = new Map(asks.flatMap((ask) => (ask.short_n === null ? [] : [[ask.id, ask.short_n]])))
  for (let n = 0; n < CODES_TRIED && numbers.size < asks.length; n += 1) {
    const waiting = asks.filter((ask) => !numbers.has(ask.id))
    await giveShortCodes(trx, tenantId, asked, await freeCodes(trx, keys, tenantId, asked, waiting, n))
    for (const row of await shortNumbers(
      trx,
      tenantId,
      asked,
      waiting.map((ask) => ask.id),
    ))
      numbers.set(row.id, row.short_n)
  }
  return new Map(asks.map((ask) => [ask.id, codeOf(keys, tenantId, asked, ask, numbers.get(ask.id) ?? 0)]))
}

/** The nth possible codes of asks that no other ask or case has, under whichever key: a code opens one thing. */
async function freeCodes(
  trx: Transaction<DB>,
  keys: TokenKeys,
  tenantId: number,
  asked: Asked,
  asks: readonly Coded[],
  n: number,
) {
  const candidates = asks.map((ask) => {
    const code = codeOf(keys, tenantId, asked, ask, n)
    const hash = hashOf(secretOf(keys, ask.key_version), tenantId, asked, code)
    const all = (['ask', 'case'] as const).flatMap((kind) => shortHashes(keys, tenantId, kind, code))
    return { id: ask.id, n, code, hash, all }
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

function codeOf(keys: TokenKeys, tenantId: number, asked: Asked, ask: Coded, n: number): string {
  return shortCodeOf(hmacSha256(secretOf(keys, ask.key_version), `${DOMAIN[asked]}:${tenantId}:${ask.id}:${n}`))
}

function hashOf(secret: KeyObject, tenantId: number, asked: Asked, code: string): Uint8Array {
  return hmacSha256(secret, `${DOMAIN[asked]}-hash:${tenantId}:${code}`).subarray(0, HASH_BYTES)
}

function secretOf(keys: TokenKeys, version: number): KeyObject {
  const secret = keys.byVersion.get(version)
  if (!secret) throw new RangeError('unknown token key version')
  return secret
}
