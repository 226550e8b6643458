import { createSignal } from 'solid-js'
import { fill, pieces, type Locale, type Params, type Piece, type Text } from '../../i18n/i18n.ts'
import { vi, type OfficeKey } from '../../i18n/office.vi.ts'

/** The language of this tab. Vietnamese is in the bundle; English is fetched when it is first asked for. */
type Spoken = { locale: Locale; dictionary: Readonly<Record<OfficeKey, string>> }

const STORED = 'lang-nghe.office.language'
const [spoken, setSpoken] = createSignal<Spoken>({ locale: 'vi', dictionary: vi })

export const locale = (): Locale => spoken().locale
export const t = (key: OfficeKey, params?: Params): string => fill(spoken().dictionary[key], params)

/** A sentence with strong parts, in pieces. */
export const sentence = (key: OfficeKey, params?: Params): Piece[] => pieces(spoken().dictionary[key], params)

/** A text that brings its own languages along. */
export const own = (text: Text): string => text[locale()]

/** The key when the dictionary has it, else the other one: for codes that a newer server may send. */
export const keyOr = (key: string, other: OfficeKey): OfficeKey => (key in vi ? (key as OfficeKey) : other)
export const hasKey = (key: string): key is OfficeKey => key in vi

/** What parts of the office that are loaded when they are first opened do before another language is spoken. */
const parts: ((next: Locale) => Promise<unknown>)[] = []

/** Makes a part with texts of its own ready for the language of now, and for every later one before it is spoken. */
export function joinLanguages(prepare: (next: Locale) => Promise<unknown>): Promise<unknown> {
  parts.push(prepare)
  return prepare(locale())
}

export async function speak(next: Locale): Promise<void> {
  const dictionary = next === 'vi' ? vi : (await import('../../i18n/office.en.ts')).en
  await Promise.all(parts.map((prepare) => prepare(next)))
  setSpoken({ locale: next, dictionary })
  document.documentElement.lang = next
  try {
    localStorage.setItem(STORED, next)
  } catch {
    // Storage may be switched off; the choice then lasts as long as the tab.
  }
}

/** The language chosen earlier in this browser; Vietnamese otherwise. */
export function storedLocale(): Locale {
  try {
    return localStorage.getItem(STORED) === 'en' ? 'en' : 'vi'
  } catch {
    return 'vi'
  }
}
