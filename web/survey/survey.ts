import type { SurveyContext } from '../../api/core/questionnaire/check.ts'
import type { Questionnaire, SurveyAnswers } from '../../api/core/questionnaire/definition.ts'

/** What `GET /api/surveys/{token}` answers. */
export type Survey = {
  /** Only for whoever came with a typed code. */
  readonly token?: string
  readonly state: 'open' | 'partial' | 'complete'
  readonly closesOn: string
  readonly campaign: {
    readonly title: string
    readonly organiser: { readonly name: string; readonly phone: string; readonly email: string } | null
  }
  readonly form: string | null
  readonly sample: boolean
  readonly questionnaire: {
    readonly code: string
    readonly version: number
    readonly sha256: string
    readonly definition: Questionnaire
  }
  readonly units: readonly { readonly id: number; readonly kind: string; readonly name: string }[]
  readonly answer: HeldAnswer | null
}

/** An answer that the server holds; of sensitive answers only the keys. */
export type HeldAnswer = {
  readonly id: string
  readonly revision: number
  readonly answers: SurveyAnswers
  readonly hidden: readonly string[]
}

/** About whom the answers are, as their checks need it. */
export function contextOf({ form, units }: Survey): SurveyContext {
  return { form, units: new Map(units.map(({ id, kind }) => [String(id), kind])) }
}
