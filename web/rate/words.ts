import { createSignal } from 'solid-js'
import type { Language, LocalText } from '../../api/core/instrument/definition.ts'
import { fill, type Params } from '../i18n/i18n.ts'
import { rateEn } from '../i18n/rate.en.ts'
import { rateVi, type RateWords } from '../i18n/rate.vi.ts'

// Both languages are in the bundle (one kilobyte each): switching must work after the connection has gone.
const WORDS: Readonly<Record<Language, RateWords>> = { vi: rateVi, en: rateEn }
const [current, setCurrent] = createSignal<Language>('vi')

/** The language the page speaks now. Vietnamese until somebody chooses otherwise: many phones here are set to English. */
export const language = current

/** Changes the language of the page and of the document. */
export function setLanguage(next: Language): void {
  setCurrent(next)
  document.documentElement.lang = next
  document.title = `${t('title')} - ${t('brand')}`
}

/** A word of the page in the current language. */
export function t(key: keyof RateWords, params?: Params): string {
  return fill(WORDS[current()][key], params)
}

/** A text of the instrument in the current language. */
export function say(text: LocalText): string {
  return text[current()]
}
