import { fill, type Params } from '../../i18n/i18n.ts'
import { vi, type SlipKey } from '../../i18n/slips.vi.ts'
import { joinLanguages, locale } from '../lib/locale.ts'
import type { RefusalWords } from '../shell/refusal.tsx'

let english: Readonly<Record<SlipKey, string>> = vi

/** Resolved when the page can speak the language that was chosen before it was loaded. */
export const wordsReady = joinLanguages(async (next) => {
  if (next === 'en') english = (await import('../../i18n/slips.en.ts')).en
})

export const say = (key: SlipKey, params?: Params): string => fill((locale() === 'vi' ? vi : english)[key], params)

const sayIf = (code: string): string | null => (code in vi ? say(code as SlipKey) : null)

/** How the page of slips speaks of refusals. */
export const refusals: RefusalWords = { fault: ({ code }) => sayIf(code), whole: sayIf }
