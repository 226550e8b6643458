import { createSignal } from 'solid-js'
import type { Locale, Text } from './i18n.ts'

const [current, setCurrent] = createSignal<Locale>('vi')

/** The language a phone's page speaks now. Vietnamese until somebody chooses otherwise: many phones here are set to English. */
export const language = current

/** Changes the language of the page and of the document. */
export function speakIn(next: Locale): void {
  setCurrent(next)
  document.documentElement.lang = next
}

/** A text that came with a form, in the current language. */
export function say(text: Text): string {
  return text[current()]
}
