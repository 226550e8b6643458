import type { CampaignDesign } from '../sampling/campaign-design.ts'
import type { Contact } from '../sampling/frame.ts'

/** What is printed about a case. */
export const LETTER_KINDS = ['invitation', 'reminder', 'envelope'] as const
export type LetterKind = (typeof LETTER_KINDS)[number]

/** Envelopes by ISO 269, in mm: without a window, since letters bring their own address. */
export const ENVELOPES = { dl: { widthMm: 220, heightMm: 110 }, c5: { widthMm: 229, heightMm: 162 } } as const
export type EnvelopeFormat = keyof typeof ENVELOPES

/** One case on paper. */
export interface Addressee {
  /** Code of the firm or household in the list that was sampled: all that is known of it without contacts. */
  readonly reference: string
  readonly contact: Contact | null
  /** The whole address with its secret, as the QR code holds it. */
  readonly url: string
  /** `XXXX-XXXX` */
  readonly code: string
}

/** What all letters of a campaign say. */
export interface LetterContent {
  readonly title: string
  readonly population: 'business' | 'citizen'
  /** How long the questions take. */
  readonly minutes: number
  /** Members of the frame, and how many were drawn. */
  readonly members: number
  readonly drawn: number
  /** Last day, `YYYY-MM-DD`, and the day of the letter. */
  readonly lastDay: string
  readonly day: string
  /** Where a code is entered, without scheme: `langnghe.example.vn/s`. */
  readonly address: string
  readonly letter: CampaignDesign['letter']
  readonly sample: boolean
}
