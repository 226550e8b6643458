import type { Language } from '../../api/core/instrument/definition.ts'
import { fill, type Params } from '../i18n/i18n.ts'
import { rateEn } from '../i18n/rate.en.ts'
import { rateVi, type RateWords } from '../i18n/rate.vi.ts'
import { language, speakIn } from '../i18n/speaking.ts'
import type { Reply } from '../offline/sender.ts'

// Both languages are in the bundle (one kilobyte each): switching must work after the connection has gone.
const WORDS: Readonly<Record<Language, RateWords>> = { vi: rateVi, en: rateEn }

/** Changes the language of the page and of the document. */
export function setLanguage(next: Language): void {
  speakIn(next)
  document.title = `${t('title')} - Lắng Nghe`
}

/** A word of the page in the current language. */
export function t(key: keyof RateWords, params?: Params): string {
  return fill(WORDS[language()][key], params)
}

/** Why an answer has not been withdrawn. */
export function notWithdrawn(reply: Exclude<Reply<unknown>, { kind: 'ok' }>): string {
  if (reply.kind === 'problem') return t('withdrawUnknown')
  return t(reply.why === 'silence' ? 'withdrawUnreachable' : 'withdrawBusy')
}
