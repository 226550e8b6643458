import type { Applicant, Instrument } from './definition.ts'
import { itemsFor } from './definition.ts'

/** Items asked right after the overall one, and those offered under "trả lời thêm". */
export type ShownItems = { readonly first: string[]; readonly more: string[] }

/**
 * 32-bit FNV-1a with a final mix, over UTF-16 code units. Not a secret: it only spreads dossiers over the rotation
 * sets, the same in every browser and on the server.
 */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/**
 * Which items this respondent is asked: one rotation set first, the rest on request. Everyone gets the overall item
 * and the comment besides; they are in neither list. The seed is the invitation token, so a reload or another device
 * shows the same items.
 */
export function shownItems(definition: Instrument, applicant: Applicant, seed: string): ShownItems {
  const block = applicant === 'citizen' ? 'citizen' : 'business'
  const sets = definition.rotation[block]
  const first = sets.length === 0 ? [] : [...(sets[hashText(seed) % sets.length] ?? [])]
  const inBlock = new Set(
    definition.sections.filter((one) => one.code === block).flatMap((one) => one.items.map((item) => item.code)),
  )
  const more = itemsFor(definition, applicant)
    .map((item) => item.code)
    .filter((code) => inBlock.has(code) && !first.includes(code))
  return { first, more }
}
