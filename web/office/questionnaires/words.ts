import '../../styles/questionnaires.css'
import { fill, type Params } from '../../i18n/i18n.ts'
import { vi, type QuestionnaireWord } from '../../i18n/questionnaires.vi.ts'
import { joinLanguages, locale } from '../lib/locale.ts'

/** Texts of the pages of questionnaires: a dictionary of their own, so that the first page of the office does not carry it. */
let english: Readonly<Record<QuestionnaireWord, string>> = vi

/** Resolved when the pages can speak the language that was chosen before they were loaded. */
export const wordsReady = joinLanguages(async (next) => {
  if (next === 'en') english = (await import('../../i18n/questionnaires.en.ts')).en
})

const dictionary = (): Readonly<Record<QuestionnaireWord, string>> => (locale() === 'vi' ? vi : english)
export const say = (key: QuestionnaireWord, params?: Params): string => fill(dictionary()[key], params)

/** The text of a code that a newer server may send, or null where there is none. */
export const sayIf = (key: string, params?: Params): string | null =>
  key in vi ? say(key as QuestionnaireWord, params) : null
