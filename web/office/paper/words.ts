import '../../styles/paper.css'
import { fill, type Params } from '../../i18n/i18n.ts'
import { vi, type PaperKey } from '../../i18n/paper.vi.ts'
import { joinLanguages, locale } from '../lib/locale.ts'
import type { RefusalWords } from '../shell/refusal.tsx'

/** Texts of the pages of paper forms: a dictionary of their own, so that the first page of the office does not carry it. */
let english: Readonly<Record<PaperKey, string>> = vi

/** Resolved when the pages can speak the language that was chosen before they were loaded. */
export const wordsReady = joinLanguages(async (next) => {
  if (next === 'en') english = (await import('../../i18n/paper.en.ts')).en
})

const dictionary = (): Readonly<Record<PaperKey, string>> => (locale() === 'vi' ? vi : english)
export const say = (key: PaperKey, params?: Params): string => fill(dictionary()[key], params)

/** The text of a code that a newer server may send, or null where there is none. */
export const sayIf = (key: string): string | null => (key in vi ? say(key as PaperKey) : null)

/** How the pages of paper forms speak of refusals: each fault with the question it is about. */
export const refusals: RefusalWords = {
  fault: ({ path, code }) => {
    const sentence = sayIf(`fault.${code}`)
    const [, key] = /^(?:answers|choices)\.(.+)$/.exec(path) ?? []
    return sentence === null || key === undefined ? sentence : `${key}: ${sentence}`
  },
  whole: (code) => sayIf(`refused.${code}`),
}
