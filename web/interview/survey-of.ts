import type { Survey } from '../survey/survey.ts'
import type { Campaign, Case } from './kept.ts'

/** A case as the pages of a questionnaire take it. */
export function surveyOf(one: Pick<Case, 'form' | 'state'>, campaign: Campaign, sample: boolean): Survey {
  const { title, closesOn, questionnaire, units } = campaign
  return {
    state: one.state,
    closesOn,
    campaign: { title, organiser: null },
    form: one.form,
    sample,
    questionnaire,
    units,
    answer: null,
  }
}
