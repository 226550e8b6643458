import type { Instrument } from '../../../api/core/instrument/definition.ts'
import dossierRating from './dossier-rating/1.json' with { type: 'json' }

/** The instruments that ship with the platform; `validateInstrument` holds for each. */
export const shippedInstruments = [dossierRating] as unknown as readonly Instrument[]
