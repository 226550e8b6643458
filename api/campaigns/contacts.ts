import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { Contact } from '../core/sampling/frame.ts'
import { toHex, type TokenKeys } from '../invitations/token.ts'

/** Whose contact it is; a sealed one opens nowhere else. */
export interface ContactPlace {
  readonly tenantId: number
  readonly campaignId: number
  readonly frameId: number
}
const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * Encrypts a contact with AES-256-GCM under the newest key: initialisation vector, cipher text, tag. The place is associated
 * data, so that a row that was moved to another member does not open.
 * @returns the key's version and the bytes in PostgreSQL's hexadecimal form
 */
export function sealContact(
  keys: TokenKeys,
  place: ContactPlace,
  contact: Contact,
): { key_version: number; sealed: string } {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const cipher = createCipheriv(CIPHER, keyOf(keys, keys.current), iv)
  cipher.setAAD(aadOf(place))
  const text = Buffer.concat([cipher.update(JSON.stringify(contact), 'utf8'), cipher.final()])
  return { key_version: keys.current, sealed: `\\x${toHex(Buffer.concat([iv, text, cipher.getAuthTag()]))}` }
}

/**
 * Decrypts a contact.
 * @returns null when the key is not there or the bytes are not what was sealed for this place
 */
export function openContact(
  keys: TokenKeys,
  place: ContactPlace,
  { key_version, sealed }: { readonly key_version: number; readonly sealed: Uint8Array },
): Contact | null {
  if (!keys.byVersion.has(key_version) || sealed.length < IV_BYTES + TAG_BYTES) return null
  const decipher = createDecipheriv(CIPHER, keyOf(keys, key_version), sealed.subarray(0, IV_BYTES))
  decipher.setAAD(aadOf(place))
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
  try {
    const text = Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])
    return JSON.parse(text.toString('utf8')) as Contact
  } catch {
    return null
  }
}

/** Those of a tenant's sealed contacts that the keys which are here do not open. */
export function closedContacts<
  C extends { campaign_id: number; frame_id: number; key_version: number; sealed: Uint8Array },
>(keys: TokenKeys | null, tenantId: number, contacts: readonly C[]): C[] {
  return contacts.filter((one) => {
    const place = { tenantId, campaignId: one.campaign_id, frameId: one.frame_id }
    return keys === null || openContact(keys, place, one) === null
  })
}

function aadOf({ tenantId, campaignId, frameId }: ContactPlace): Buffer {
  return Buffer.from(`contact:${tenantId}:${campaignId}:${frameId}`, 'utf8')
}

function keyOf(keys: TokenKeys, version: number) {
  const key = keys.byVersion.get(version)
  if (!key) throw new RangeError('unknown contact key version')
  return key
}
