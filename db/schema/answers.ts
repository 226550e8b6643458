import type { Generated } from 'kysely'
import type { Applicant, Channel, EventType, Lateness } from './dossiers.ts'

export type AskState = 'open' | 'partial' | 'complete' | 'withdrawn'
export type Stream = 'dossier' | 'walk_in' | 'kiosk' | 'campaign' | 'paper'
export type Respondent = 'self' | 'relative' | 'assisted'
/** One answer as it travels: an option, options, a number, text, or "không nhớ / không áp dụng". */
export type Answer = string | string[] | number | { na: true }
export interface InstrumentTable {
  id: Generated<number>
  code: string
  version: number
  definition: unknown
  sha256: string
}
export interface InstrumentItemTable {
  instrument_id: number
  item: string
  rates: 'responsible' | 'receiving' | 'both'
}
export interface AskTable {
  tenant_id: number
  id: Generated<number>
  stream: Generated<Stream>
  trust: Generated<number>
  dossier_id: number | null
  event: EventType
  n: number
  responsible_unit_id: number
  receiving_unit_id: number
  procedure_id: number
  applicant: Applicant
  lateness: Generated<Lateness>
  channel: Channel | null
  instrument_id: number
  token_hash: Uint8Array | null
  key_version: number
  asked_on: string
  created_at: Date
  expires_at: Date
  opened_at: Date | null
  state: Generated<AskState>
  answered_on: string | null
  /** The only link from a dossier to an answer; cut when the withdrawal window closes. */
  response_id: string | null
  /** Revision of the answer that is stored; null before the first. */
  answer_revision: number | null
  withdraw_hash: Uint8Array | null
  /** Keyed hash of the short code; made when the ask is first printed. */
  short_hash: Uint8Array | null
  /** Which of the ask's possible codes it is: 0, and one more after each collision. */
  short_n: number | null
  /** Made by the client that reported a refusal without a dossier. */
  walk_in_id: string | null
  walk_in_by: string | null
}
/** How often a code was wrong: by a device in a day, and by everybody (`who` empty) in a minute. */
export interface CodeGuessTable {
  who: Uint8Array
  slot: Date
  n: number
}
export interface ResponseTable {
  tenant_id: number
  asked_on: string
  id: string
  responsible_unit_id: number
  receiving_unit_id: number
  procedure_id: number
  event: EventType
  lateness: Lateness
  applicant: Applicant
  channel: Channel | null
  stream: Stream
  counted: Generated<boolean>
  instrument_id: number
  revision: number
  complete: boolean
  answers: Record<string, Answer>
  /** Answers as option positions (or 'na'), with the joint items that composite intervals need. */
  marks: Record<string, number | 'na'>
  content_hash: Uint8Array
  withdraw_hash: Uint8Array | null
  respondent: Respondent
  language: string
  started_at: Date
  sent_at: Date
  received_at: Date
  item_ms: Record<string, number>
  device_hash: Uint8Array | null
}
