import type { Questionnaire } from '../../../api/core/questionnaire/definition.ts'

/** The questionnaires that ship with the platform. */
export const shippedQuestionnaires = [] as unknown as readonly Questionnaire[]
