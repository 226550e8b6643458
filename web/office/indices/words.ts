import '../../styles/indices.css'
import { fill, pieces, type Params, type Piece } from '../../i18n/i18n.ts'
import { vi, type IndexKey } from '../../i18n/indices.vi.ts'
import { joinLanguages, locale } from '../lib/locale.ts'

/** Texts of the index pages: a dictionary of their own, so that the first page of the office does not carry it. */
let english: Readonly<Record<IndexKey, string>> = vi

/** Resolved when the pages can speak the language that was chosen before they were loaded. */
export const wordsReady = joinLanguages(async (next) => {
  if (next === 'en') english = (await import('../../i18n/indices.en.ts')).en
})

const dictionary = (): Readonly<Record<IndexKey, string>> => (locale() === 'vi' ? vi : english)
export const say = (key: IndexKey, params?: Params): string => fill(dictionary()[key], params)

/** A sentence with strong parts, in pieces. */
export const sayPieces = (key: IndexKey, params?: Params): Piece[] => pieces(dictionary()[key], params)

/** The text of a code that a newer server may send, or null where there is none. */
export const sayIf = (key: string, params?: Params): string | null => (key in vi ? say(key as IndexKey, params) : null)
