import { fill, type Locale, type Params } from '../i18n/i18n.ts'
import { language, speakIn } from '../i18n/speaking.ts'
import { surveyEn } from '../i18n/survey.en.ts'
import { surveyVi, type SurveyWords } from '../i18n/survey.vi.ts'

// Both languages are in the bundle: switching must work after the connection has gone.
const WORDS: Readonly<Record<Locale, SurveyWords>> = { vi: surveyVi, en: surveyEn }

/** Changes the language of the page and of the document. */
export function setLanguage(next: Locale): void {
  speakIn(next)
  titleOf(t('title'))
}

/** Names the document, as its tab and a screen reader say it. */
export function titleOf(text: string): void {
  document.title = `${text} - Lắng Nghe`
}

/** A word of the page in the current language. */
export function t(key: keyof SurveyWords, params?: Params): string {
  return fill(WORDS[language()][key], params)
}

/** A calendar day as people here write it. */
export function day(iso: string): string {
  const [year, month, date] = iso.split('-')
  return language() === 'vi' ? `${date}/${month}/${year}` : iso
}

/** A number as it is typed in the current language, without groups of thousands. */
export function plainNumber(value: number): string {
  const text = String(value)
  return language() === 'vi' ? text.replace('.', ',') : text
}
