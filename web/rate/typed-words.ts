import type { Locale } from '../i18n/i18n.ts'
import { rateTypedEn } from '../i18n/rate-typed.en.ts'
import { rateTypedVi, type RateTypedWords } from '../i18n/rate-typed.vi.ts'
import { language } from '../i18n/speaking.ts'

const WORDS: Readonly<Record<Locale, RateTypedWords>> = { vi: rateTypedVi, en: rateTypedEn }

/** A word of a page on which a code is typed, in the current language. */
export const typed = (key: keyof RateTypedWords): string => WORDS[language()][key]
