/** The languages an instrument is written in; Vietnamese is the source. */
export type Language = 'vi' | 'en'

/** One text in every language of an instrument. */
export type LocalText = { readonly vi: string; readonly en: string }

/** Who filed the dossier. An organisation answers the same items as a business. */
export const APPLICANTS = ['citizen', 'business', 'organisation'] as const
export type Applicant = (typeof APPLICANTS)[number]

/** Which unit of a dossier an item judges: the one that decides, the one that takes it in, or both. */
export type Rates = 'responsible' | 'receiving' | 'both'

/** A possible answer. `favourable` is what counts as a good answer; `points` are those of TT 01/2018 (2, 1, 0). */
export type InstrumentOption = {
  readonly code: string
  readonly text: LocalText
  readonly favourable?: true
  readonly points?: number
}

/**
 * A question. `short` names the favourable state as a department reads it ("Nhận kết quả đúng hẹn"), so a share of it
 * needs no further words. `minimum` is the item's own number of answers below which nothing is shown.
 */
export type InstrumentItem = {
  readonly code: string
  readonly type: 'single' | 'text'
  readonly rates: Rates
  readonly text: LocalText
  readonly hint?: LocalText
  readonly short: LocalText
  readonly options: readonly InstrumentOption[]
  readonly na?: true
  readonly sensitive?: true
  readonly minimum?: number
  readonly source: string
}

/** Items asked together. `overall` and `closing` go to everyone; rotation chooses from the sections between them. */
export type InstrumentSection = {
  readonly code: 'overall' | 'citizen' | 'business' | 'closing'
  readonly applicants: readonly Applicant[]
  readonly items: readonly InstrumentItem[]
}

/** A versioned questionnaire. A published version is never edited; a correction is a new version. */
export type Instrument = {
  readonly code: string
  readonly version: number
  readonly languages: readonly Language[]
  readonly notice: { readonly version: string; readonly text: LocalText }
  readonly sections: readonly InstrumentSection[]
  readonly rotation: {
    readonly citizen: readonly (readonly string[])[]
    readonly business: readonly (readonly string[])[]
  }
}

/** All items in the order they are printed. */
export function itemsOf(definition: Instrument): InstrumentItem[] {
  return definition.sections.flatMap((section) => [...section.items])
}

/** The items an applicant may answer, in order. */
export function itemsFor(definition: Instrument, applicant: Applicant): InstrumentItem[] {
  return definition.sections
    .filter((section) => section.applicants.includes(applicant))
    .flatMap((section) => [...section.items])
}

/** The item with this code, or undefined. */
export function findItem(definition: Instrument, code: string): InstrumentItem | undefined {
  for (const section of definition.sections) {
    for (const item of section.items) if (item.code === code) return item
  }
  return undefined
}
