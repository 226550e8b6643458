import type { ItemSource } from '../../api/core/index/validate-sources.ts'
import { shippedInstruments } from './instruments/shipped.ts'
import { shippedQuestionnaires } from './questionnaires/shipped.ts'

/** Everything that ships whose items an index can be made of. */
export const shippedSources: readonly ItemSource[] = [...shippedInstruments, ...shippedQuestionnaires]
