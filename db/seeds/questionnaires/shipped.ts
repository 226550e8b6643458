import type { Questionnaire } from '../../../api/core/questionnaire/definition.ts'
import business from './business-survey/1.json' with { type: 'json' }
import citizen from './citizen-survey/1.json' with { type: 'json' }
import ddci from './ddci-form/1.json' with { type: 'json' }
import sipas from './sipas-form/1.json' with { type: 'json' }

/** The questionnaires that ship with the platform. */
export const shippedQuestionnaires = [business, ddci, citizen, sipas] as unknown as readonly Questionnaire[]
