import '../../styles/campaigns.css'
import { fill, pieces, type Params, type Piece } from '../../i18n/i18n.ts'
import { vi, type CampaignKey } from '../../i18n/campaigns.vi.ts'
import { joinLanguages, locale } from '../lib/locale.ts'
import type { RefusalWords } from '../shell/refusal.tsx'

/** Texts of the pages of campaigns: a dictionary of their own, so that the first page of the office does not carry it. */
let english: Readonly<Record<CampaignKey, string>> = vi

/** Resolved when the pages can speak the language that was chosen before they were loaded. */
export const wordsReady = joinLanguages(async (next) => {
  if (next === 'en') english = (await import('../../i18n/campaigns.en.ts')).en
})

const dictionary = (): Readonly<Record<CampaignKey, string>> => (locale() === 'vi' ? vi : english)
export const say = (key: CampaignKey, params?: Params): string => fill(dictionary()[key], params)

/** A sentence with strong parts, in pieces. */
export const sayPieces = (key: CampaignKey, params?: Params): Piece[] => pieces(dictionary()[key], params)

/** The text of a code that a newer server may send, or null where there is none. */
export const sayIf = (key: string, params?: Params): string | null =>
  key in vi ? say(key as CampaignKey, params) : null

/** How the pages of campaigns speak of refusals. */
export const refusals: RefusalWords = {
  fault: ({ path, code }) => {
    const where = path.startsWith('strata.') ? path.slice('strata.'.length) : path
    return sayIf(`fault.${code}`, { where: where === '' ? say('stratum.whole') : where })
  },
  whole: (code) => sayIf(`refused.${code}`),
}
