import '../../styles/results.css'
import { fill, type Params } from '../../i18n/i18n.ts'
import { vi, type ResultsKey } from '../../i18n/results.vi.ts'
import { joinLanguages, locale } from '../lib/locale.ts'
import type { RefusalWords } from '../shell/refusal.tsx'

/** Texts of the pages of results: a dictionary of their own, so that the first page of the office does not carry it. */
let english: Readonly<Record<ResultsKey, string>> = vi

/** Resolved when the pages can speak the language that was chosen before they were loaded. */
export const wordsReady = joinLanguages(async (next) => {
  if (next === 'en') english = (await import('../../i18n/results.en.ts')).en
})

const dictionary = (): Readonly<Record<ResultsKey, string>> => (locale() === 'vi' ? vi : english)
export const say = (key: ResultsKey, params?: Params): string => fill(dictionary()[key], params)

/** The text of a code that a newer server may send, or null where there is none. */
export const sayIf = (key: string, params?: Params): string | null =>
  key in vi ? say(key as ResultsKey, params) : null

/** How the pages of results speak of refusals. */
export const refusals: RefusalWords = {
  fault: ({ code }) => sayIf(`refused.${code}`),
  whole: () => null,
}

/** The name of an attribute of the frame; the empty one is the stratum. */
export const attributeName = (attribute: string): string => (attribute === '' ? say('weights.stratum') : attribute)

/** A value of an attribute, or a class; the empty one is everybody. */
export const valueName = (value: string): string => (value === '' ? say('weights.whole') : value)
