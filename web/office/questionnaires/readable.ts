import type { LocalText } from './types.ts'

/** What stands in a preview where somebody has still to write. */
const UNWRITTEN: LocalText = { vi: '(chưa có lời)', en: '(no text yet)' }

/** A definition with something to read in place of every text that is empty, so that each field of a preview has a name. */
export function readable<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(readable) as T
  if ('vi' in value && 'en' in value) {
    const { vi, en } = value as unknown as LocalText
    return { vi: vi.trim() === '' ? UNWRITTEN.vi : vi, en: en.trim() === '' ? UNWRITTEN.en : en } as T
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, readable(part)])) as T
}
