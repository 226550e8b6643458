import type { LocalText } from '../instrument/definition.ts'
import type { Condition } from './condition.ts'

/**
 * A survey in the format of the rating instrument, widened: the same sections, items, options, texts, `na`, `sensitive` and
 * `source`, with more kinds of items, conditions and parts that repeat per unit. Plain JSON; a published version is never
 * edited, and an answer names the version it was given to.
 */
export interface Questionnaire {
  readonly code: string
  readonly version: number
  readonly kind: 'survey'
  readonly title: LocalText
  readonly languages: readonly ['vi', 'en']
  readonly notice: { readonly version: string; readonly text: LocalText }
  /** Whom it is meant for: a firm or a household; campaigns of another kind of frame refuse it. */
  readonly population: 'business' | 'citizen'
  /** Expected minutes; absent: computed from the items. */
  readonly minutes?: number
  /** Parts of a respondent group that get different forms of list experiments, by chance; default one form. */
  readonly forms?: readonly string[]
  readonly sections: readonly SurveySection[]
}

/** Items that stand on one page. */
export interface SurveySection {
  readonly code: string
  readonly title: LocalText
  readonly intro?: LocalText
  readonly when?: Condition
  /**
   * Asked once for each unit chosen in the `units` item of this code; one response a unit, tied by a group. Answers of a
   * repeated item travel under `ITEM@unitId`, and `{unit}` in its texts is the unit's name.
   */
  readonly repeat?: string
  readonly items: readonly SurveyItem[]
}

/** What every item has. */
interface Base {
  /** Upper case, unique in the questionnaire; a matrix row is an item of its own. */
  readonly code: string
  readonly text: LocalText
  readonly hint?: LocalText
  /** Short name of what is measured, for tables and data dictionaries. */
  readonly short: LocalText
  readonly when?: Condition
  /** Must be answered (or "không biết / không trả lời" chosen) before the section is left; default: may be skipped. */
  readonly required?: true
  /** Offers "không biết / không trả lời", which is never zero. */
  readonly na?: true
  /** Asked privately (an interviewer hands over the device) and stored apart from whatever identifies the respondent. */
  readonly sensitive?: true
  /** Fewest answers below which nothing is shown. */
  readonly minimum?: number
  readonly source: string
  readonly lineage?: readonly ItemLineage[]
}

/** The same question in an earlier version or another questionnaire; `comparable` says whether a series may be joined. */
export interface ItemLineage {
  readonly code: string
  readonly version: number
  readonly item: string
  readonly comparable: boolean
}

/** A possible answer; `value` is its number in a scale (5 … 1), `favourable` what counts as a good answer. */
export interface SurveyOption {
  readonly code: string
  readonly text: LocalText
  readonly value?: number
  readonly favourable?: true
  readonly points?: number
  /** Multiple choice: excludes all others ("không có việc nào kể trên"). */
  readonly exclusive?: true
}

export type SurveyItem =
  | (Base & { readonly type: 'single'; readonly options: readonly SurveyOption[] })
  | (Base & { readonly type: 'multiple'; readonly options: readonly SurveyOption[]; readonly atMost?: number })
  | (Base & { readonly type: 'ranking'; readonly options: readonly SurveyOption[]; readonly atMost?: number })
  | (Base & {
      readonly type: 'number'
      readonly unit: LocalText
      readonly min: number
      readonly max: number
      /** Decimal places; default 0. */
      readonly decimals?: number
    })
  | (Base & { readonly type: 'percent' })
  | (Base & { readonly type: 'date'; readonly min?: string; readonly max?: string })
  | (Base & { readonly type: 'text'; readonly longest?: number })
  /** Rows share options; each row is answered like a `single` item of its own code. */
  | (Base & {
      readonly type: 'matrix'
      readonly options: readonly SurveyOption[]
      readonly rows: readonly {
        readonly code: string
        readonly text: LocalText
        readonly short: LocalText
        readonly when?: Condition
        readonly lineage?: readonly ItemLineage[]
      }[]
    })
  /** How many of these are true; the extra statement stands only on the forms of `treated`. Only the number is answered. */
  | (Base & {
      readonly type: 'list'
      readonly statements: readonly LocalText[]
      readonly extra: LocalText
      readonly treated: readonly string[]
    })
  /** Units that the respondent dealt with; answers of sections with `repeat` follow. */
  | (Base & { readonly type: 'units'; readonly kinds: readonly string[]; readonly atMost: number })

/** One answer as it travels. Missing items are absent; `{ na: true }` is "không biết / không trả lời". */
export type SurveyAnswer = string | number | readonly string[] | { readonly na: true }
export type SurveyAnswers = Readonly<Record<string, SurveyAnswer>>
