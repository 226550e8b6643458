import { readFileSync } from 'node:fs'
import { parseInstrument } from '../../../api/core/instrument/validate.ts'
import type { Instrument } from '../../../api/core/instrument/definition.ts'

const file = new URL('../../../db/seeds/instruments/dossier-rating/1.json', import.meta.url)

/** The published rating questionnaire as raw JSON, a new copy each time so a test may spoil it. */
export function ratingJson(): Record<string, unknown> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
}

/** The published rating questionnaire. */
export function ratingInstrument(): Instrument {
  return parseInstrument(ratingJson())
}
