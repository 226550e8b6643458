import type { SurveyAnswers } from '../../api/core/questionnaire/definition.ts'
import type { Contact } from '../../api/core/sampling/frame.ts'
import type { SurveyDraft } from '../survey/draft.ts'
import type { Survey } from '../survey/survey.ts'

/** Whose account the tablet works for now. */
export interface Tablet {
  readonly current: string | null
  /** Somebody signed out without a network: the session is to be ended at the next opportunity. */
  readonly isSignOutDue: boolean
}

/** An interviewer on this tablet. Numbers are counted for each, because a device belongs to one person. */
export interface Owner {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly tenant: string
  readonly sample: boolean
  /** Id that the tablet gave itself for this person, and the name that is written on it; null: not prepared yet. */
  readonly device: string
  readonly label: string | null
  readonly nextSeq: number
  readonly downloadedAt: string | null
  readonly told: Told | null
}

/** What the server said of the tablet at the last sync. */
export interface Told {
  readonly at: string
  /** The server's clock less the tablet's. */
  readonly skewMs: number
  readonly missing: readonly number[]
  readonly missingCount: number
}

/** What `GET /api/interviews/assignment` gives of a campaign. */
export interface Campaign extends Pick<Survey, 'questionnaire' | 'units'> {
  readonly id: number
  readonly title: string
  readonly opensOn: string
  readonly closesOn: string
}

export type Disposition = 'reached' | 'refused' | 'ineligible' | 'noncontact' | 'other'

/** What it gives of a case. */
export interface GivenCase {
  readonly case: number
  readonly campaign: number
  readonly code: string
  readonly stratum: string
  readonly psu: string | null
  readonly unit: { readonly id: number; readonly name: string } | null
  readonly form: string | null
  readonly state: 'open' | 'partial' | 'complete'
  readonly disposition: 'none' | Disposition
  readonly contact: Contact | null
}
/** A case on the tablet; one that is not given any more stays while there is work on it. */
export interface Case extends GivenCase {
  readonly isGiven: boolean
}

/** What was said in one interview that is under way, or finished and not yet acknowledged. */
export interface Draft extends SurveyDraft {
  readonly case: number
  /** How often an answer was given, changed or taken back. */
  readonly changes: number
}

/** The body of one numbered item of `POST /api/interviews`. */
export interface Item {
  readonly seq: number
  readonly case: number
  readonly answer: {
    readonly id: string
    readonly revision: number
    readonly questionnaire: { readonly code: string; readonly version: number }
    readonly answers: SurveyAnswers
    readonly complete: boolean
    readonly language: 'vi' | 'en'
    readonly itemMs: Readonly<Record<string, number>>
  } | null
  readonly disposition: Disposition | null
  readonly startedAt: string
  readonly endedAt: string
}

/** What the server says of an item. */
export type Outcome =
  | { readonly seq: number; readonly status: 'stored' | 'superseded' | 'rival' | 'set_aside' | 'noted' }
  | {
      readonly seq: number
      readonly status: 'refused'
      readonly code: string
      readonly issues?: readonly { readonly path: string; readonly code: string }[]
    }

/** A numbered item on the tablet. Once it has a receipt and nothing follows, its content goes and only this remains. */
export interface Kept {
  readonly seq: number
  readonly case: number
  /** Word for word what is sent, however often. */
  readonly item: Item | null
  readonly answer: { readonly id: string; readonly revision: number; readonly complete: boolean } | null
  /** How many changes of the interview are in it. */
  readonly changes: number
  readonly disposition: Disposition | null
  readonly at: string
  readonly outcome: Outcome | null
}
