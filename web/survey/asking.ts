import type { SurveyIssueCode } from '../../api/core/questionnaire/check.ts'
import type { SurveyAnswer } from '../../api/core/questionnaire/definition.ts'
import { pipe } from '../../api/core/questionnaire/pipe.ts'
import type { Text } from '../i18n/i18n.ts'
import { say } from '../i18n/speaking.ts'
import type { Survey } from './survey.ts'

/** What a question needs of whoever puts it: the page of a survey, a preview, an interviewer's device. */
export interface Asking {
  readonly answerTo: (key: string) => SurveyAnswer | undefined
  /** Takes an answer; null is left blank again, which is not "không biết / không trả lời". `isText`: more letters will follow. */
  readonly answer: (key: string, said: SurveyAnswer | null, isText?: boolean) => void
  /** A sensitive answer that was given on another device. */
  readonly isHidden: (key: string) => boolean
  /** What is to be said about an answer now, if anything. */
  readonly faultOf: (key: string) => SurveyIssueCode | null
  /** The person has gone on from a field. */
  readonly left: (key: string) => void
  /** Name of the unit that the part is about; null in a part that does not repeat. */
  readonly unit: string | null
  readonly form: string | null
  readonly units: Survey['units']
}

/** A text of the questionnaire in the language of the page, about the unit that is asked about. */
export function sayOf({ unit }: Asking, text: Text): string {
  return pipe(say(text), unit)
}

/** Id of the element of a question. */
export function idOf(key: string): string {
  return `q-${key.replace('@', '-')}`
}

/** Whether "không biết / không trả lời" was chosen. */
export function isNa(answer: SurveyAnswer | undefined): boolean {
  return typeof answer === 'object' && !Array.isArray(answer)
}

/** The codes of a list of choices; none where something else stands. */
export function codesOf(answer: SurveyAnswer | undefined): readonly string[] {
  return Array.isArray(answer) ? (answer as readonly string[]) : []
}
