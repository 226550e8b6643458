import type { LocalText } from '../../../api/core/instrument/definition.ts'
import type { Questionnaire } from '../../../api/core/questionnaire/definition.ts'
import type { QuestionnaireFault } from '../../../api/core/questionnaire/faults.ts'
import type { QuestionnaireKey } from '../../../api/core/questionnaire/own.ts'
import type { Left } from '../../../api/core/questionnaire/xlsform/left.ts'

export type { LocalText, Questionnaire, QuestionnaireFault, QuestionnaireKey, Left }
export type Population = Questionnaire['population']
export type QuestionnaireState = 'shipped' | 'draft' | 'published' | 'retired'

/** A questionnaire in the list. */
export interface QuestionnaireLine extends QuestionnaireKey {
  state: QuestionnaireState
  title: LocalText
  population: Population
  sections: number
  questions: number
  minutes: number
  sha256: string
  copiedFrom: (QuestionnaireKey & { sha256: string }) | null
  changedAt: string | null
  publishedAt: string | null
}
export interface WholeQuestionnaire extends QuestionnaireLine {
  definition: Questionnaire
  faults: QuestionnaireFault[]
}
export interface ImportReport {
  questionnaire: WholeQuestionnaire
  left: Left[]
  leftOmitted: number
}
/** A new draft: a copy, or an empty one with a title. */
export type NewDraft = QuestionnaireKey & ({ from: QuestionnaireKey } | { title: LocalText; population: Population })
