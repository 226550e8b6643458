import type { AskedSection } from '../../api/core/questionnaire/asked.ts'
import type { SurveyAnswer } from '../../api/core/questionnaire/definition.ts'
import type { Params } from '../i18n/i18n.ts'
import type { SurveyDraft } from './draft.ts'

/** What the pages of a questionnaire need of whoever keeps the answers: a respondent's session, or an interviewer's tablet. */
export interface Answering {
  readonly draft: () => Pick<SurveyDraft, 'answers' | 'hidden' | 'cleared'> | null
  /** Where the person is: the key of a part, `REVIEW`, or null at the beginning. */
  readonly page: () => string | null
  /** What is asked now. */
  readonly pages: () => AskedSection[]
  /** Takes an answer; null is left blank again. `isText`: more letters will follow. */
  readonly answer: (key: string, said: SurveyAnswer | null, isText?: boolean) => void
  readonly go: (to: string | null) => void
  readonly finish: () => void
}

/** What stands before the first question. */
export interface Beginning {
  /** How many parts are asked. */
  readonly parts: number
  /** How many questions are answered already. */
  readonly answered: number
  readonly focus: boolean
  readonly onBegin: () => void
}

/** Words of the look back, which differ by who presses "send". */
export type ReviewWord = 'reviewTitle' | 'reviewIntro' | 'reviewEmpty' | 'send' | 'sendHint'
export type ReviewWords = (word: ReviewWord, params?: Params) => string
