import { fill, type Params } from '../../i18n/i18n.ts'
import { vi, type SlipKey } from '../../i18n/slips.vi.ts'
import { ApiError } from '../api/errors.ts'
import { joinLanguages, locale } from '../lib/locale.ts'
import { errorSentence } from '../shell/error-notice.tsx'

let english: Readonly<Record<SlipKey, string>> = vi

/** Resolved when the page can speak the language that was chosen before it was loaded. */
export const wordsReady = joinLanguages(async (next) => {
  if (next === 'en') english = (await import('../../i18n/slips.en.ts')).en
})

export const say = (key: SlipKey, params?: Params): string => fill((locale() === 'vi' ? vi : english)[key], params)

/** Why a walk-in was refused. */
export function refusalSentence(error: unknown): string {
  const codes = error instanceof ApiError ? [...error.issues.map(({ code }) => code), error.code] : []
  const known = codes.find((code) => code in vi)
  return known === undefined ? errorSentence(error) : say(known as SlipKey)
}
