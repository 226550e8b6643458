import type { Generated } from 'kysely'
import type { SurveyAnswers } from '../../api/core/questionnaire/definition.ts'

/** A province's questionnaire; shipped ones are files of the product until they are taken over. */
export interface QuestionnaireTable {
  tenant_id: number
  code: string
  version: number
  state: 'draft' | 'published' | 'retired'
  /** Canonical text, whose SHA-256 stands beside it. */
  definition: string
  sha256: string
  copied_from: string | null
  changed_at: Date
  changed_by: string
  published_at: Date | null
  published_by: string | null
}
export type CampaignState = 'draft' | 'open' | 'closed'
export interface CampaignTable {
  tenant_id: number
  id: Generated<number>
  title: string
  population: 'business' | 'citizen'
  questionnaire_code: string
  questionnaire_version: number
  state: Generated<CampaignState>
  /** First and last day on which answers are taken. */
  opens_on: string
  closes_on: string
  /** Months that the answers are about, first days. */
  from_month: string
  to_month: string
  /** `CampaignDesign`, or null before there is one. */
  design: unknown
  /** `Weighting`, or `{}` for the design alone. */
  weighting: unknown
  /** Rules in force by which answers are kept out of results. */
  quality_rules: Generated<unknown>
  frame_sha256: string | null
  /** SHA-256 of the frame; with it and the design, the seed gives the sample again. */
  seed: number | null
  drawn_at: Date | null
  drawn_by: string | null
  created_at: Date
  created_by: string
  /** Made by the client, so that making it twice makes one. */
  request_id: Generated<string>
  /** Raised by every change that a person makes. */
  revision: Generated<number>
  opened_at: Date | null
  opened_by: string | null
  closed_at: Date | null
  closed_by: string | null
}
/** A stratum of a frame. */
export interface CampaignStratumTable {
  tenant_id: number
  campaign_id: number
  stratum: string
  members: number
}
/** Where simple random samples were drawn: a stratum, or a first-stage unit that was drawn in it. */
export interface CampaignCellTable {
  tenant_id: number
  campaign_id: number
  stratum: string
  /** Empty: one stage. */
  psu: Generated<string>
  members: number
  /** Inclusion probability of the first-stage unit; 1 in one stage. */
  first_probability: number
  main: number
  /** Replacements there are, and how many of them have been released. */
  reserve: number
  released: number
}
/** At most so many complete answers of members with this class. */
export interface CampaignQuotaTable {
  tenant_id: number
  campaign_id: number
  /** Empty: the stratum. */
  attribute: string
  value: string
  most: number
  taken: Generated<number>
}
/** A firm or household that could be drawn. Nothing here names it but the code of whoever gave the list. */
export interface CampaignFrameTable {
  tenant_id: number
  campaign_id: number
  id: Generated<number>
  code: string
  stratum: string
  /** First-stage unit of a two-stage sample. */
  psu: string | null
  size: number | null
  /** Its commune. */
  unit_id: number | null
  attributes: Record<string, string>
}
/** Name, address and the like, encrypted with a key of its own. */
export interface CampaignContactTable {
  tenant_id: number
  campaign_id: number
  frame_id: number
  key_version: number
  sealed: Uint8Array
}
export type CaseState = 'open' | 'partial' | 'complete'
/** What is known of a case that has not answered; AAPOR's outcomes are made of it and of the state. */
export type Disposition = 'none' | 'reached' | 'refused' | 'ineligible' | 'noncontact' | 'other' | 'quota_full'
/** Who is asked in a campaign: one secret, one complete answer. */
export interface SurveyCaseTable {
  tenant_id: number
  id: Generated<number>
  campaign_id: number
  frame_id: number
  stratum: string
  psu: string | null
  role: 'main' | 'replacement'
  /** Order of the draw in the stratum; replacements are released in this order. */
  place: number
  released: boolean
  /** Inclusion probability, and its inverse as the design weight. */
  probability: number
  weight: number
  /** Form of list experiments. */
  form: string | null
  token_hash: Uint8Array | null
  key_version: number
  short_hash: Uint8Array | null
  short_n: number | null
  state: Generated<CaseState>
  disposition: Generated<Disposition>
  /** Id of the user whose assignment it is. */
  interviewer: string | null
  letters: Generated<number>
  last_letter_at: Date | null
  opened_at: Date | null
  answered_at: Date | null
}
/** An interviewer's tablet; it numbers what it sends without gaps. */
export interface SurveyDeviceTable {
  tenant_id: number
  id: string
  user_id: string
  label: string
  registered_at: Date
  last_seq: Generated<number>
  last_sync_at: Date | null
  /** The server's clock less its own, at the last sync. */
  skew_ms: number | null
}
export type AnswerMode = 'web' | 'interviewer' | 'paper'
/** What one respondent said, without sensitive items. */
export interface SurveyAnswerTable {
  tenant_id: number
  campaign_id: number
  id: string
  /** The only link to whom it is from; cut after the campaign. */
  case_id: number | null
  standing: Generated<'main' | 'rival' | 'set_aside'>
  mode: AnswerMode
  revision: number
  complete: boolean
  form: string | null
  answers: SurveyAnswers
  /** The last item in order that has an answer, for the drop-off. */
  last_item: string | null
  item_ms: Record<string, number>
  language: string
  started_at: Date
  sent_at: Date
  received_at: Date
  content_hash: Uint8Array
  device_hash: Uint8Array | null
  device_id: string | null
  device_seq: number | null
  stratum: string
  psu: string | null
  weight: number
  attributes: Record<string, string>
  unit_id: number | null
  /** Of a partial answer whose link was cut: what was known of its case. */
  disposition: Disposition | null
}
/** Sensitive answers under a keyed hash of the answer's id: without the key they belong to nobody. */
export interface SurveyPrivateTable {
  tenant_id: number
  campaign_id: number
  pseudonym: Uint8Array
  key_version: number
  answers: SurveyAnswers
}
/** What a device has sent, by its own numbers: a repeat is known, a gap is seen. */
export interface SurveyReceiptTable {
  tenant_id: number
  device_id: string
  seq: number
  /** Cut with the links of answers. */
  case_id: number | null
  answer_id: string | null
  /** Keyed. */
  content_hash: Uint8Array
  outcome: 'stored' | 'superseded' | 'rival' | 'set_aside' | 'noted'
  disposition: Disposition | null
  /** By the device's clock, and how far that was behind the server's. */
  device_at: Date
  skew_ms: Generated<number>
  received_at: Date
}
/** A paper form typed once; two passes that agree become an answer. */
export interface PaperEntryTable {
  tenant_id: number
  case_id: number
  pass: number
  /** Without sensitive ones, which are kept as those of an answer are, under this id. */
  answers: SurveyAnswers
  private_id: Generated<string>
  entered_at: Date
  entered_by: string
}
/** Who did what in a campaign: opened, drew, changed a quota, kept answers out. */
export interface CampaignEventTable {
  tenant_id: number
  campaign_id: number
  id: Generated<number>
  at: Date
  actor: string
  action: string
  detail: unknown
}
