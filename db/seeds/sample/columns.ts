import { localDay, DAY_SECONDS, dayText } from './calendar.ts'
import type { SampleDossier, SampleResponse } from './dossiers.ts'
import type { SampleInstrument } from './items.ts'
import type { JointMark } from './joint.ts'
import { createRandom } from './random.ts'

/** How long after the answer its link to the dossier is kept, and how long a link can be used, in days: as for real asks. */
const WITHDRAWAL_DAYS = 30
const LINK_DAYS = 90

const RESPONDENTS = ['self', 'self', 'self', 'self', 'self', 'self', 'self', 'relative', 'relative', 'assisted']

const COMMENTS = [
  'Cán bộ hướng dẫn tận tình.',
  'Nên nhắn tin khi hồ sơ xong để đỡ phải đi lại.',
  'Chỗ ngồi chờ hơi ít vào buổi sáng.',
  'Giấy tờ phải nộp còn nhiều.',
  'Nộp trực tuyến tiện, nhưng phải khai lại nhiều lần.',
]

/** What turns sample dossiers into column values. */
export interface ColumnContext {
  readonly instrument: SampleInstrument
  readonly joint: readonly (readonly JointMark[])[]
  readonly unitIds: readonly number[]
  readonly procedureIds: readonly number[]
  readonly seed: number
  /** Seconds since 1970. */
  readonly now: number
}

/** Names and PostgreSQL types of the columns of a batch, in the order of `values`. */
export const COLUMNS: readonly (readonly [name: string, type: string])[] = [
  ['code', 'text'],
  ['procedure_id', 'int'],
  ['responsible_unit_id', 'int'],
  ['receiving_unit_id', 'int'],
  ['applicant', 'text'],
  ['channel', 'text'],
  ['status', 'text'],
  ['lateness', 'smallint'],
  ['received', 'bigint'],
  ['due', 'bigint'],
  ['supplement', 'bigint'],
  ['outcome', 'bigint'],
  ['received_on', 'date'],
  ['outcome_on', 'date'],
  ['expires', 'bigint'],
  ['opened', 'bigint'],
  ['state', 'text'],
  ['answered_on', 'date'],
  ['linked', 'boolean'],
  ['response_id', 'uuid'],
  ['complete', 'boolean'],
  ['answers', 'jsonb'],
  ['marks', 'jsonb'],
  ['respondent', 'text'],
  ['language', 'text'],
  ['started', 'bigint'],
  ['sent', 'bigint'],
  ['answered', 'bigint'],
  ['item_ms', 'jsonb'],
]

/** Turns dossiers into values of `COLUMNS`; null stays null. Deterministic: one stream of its own for what the model leaves open. */
export function columnWriter(context: ColumnContext): (dossier: SampleDossier) => (string | number | boolean | null)[] {
  const random = createRandom(context.seed ^ 0x5eed)
  const days = new Map<number, string>()
  const day = (seconds: number): string => {
    const number = localDay(seconds)
    let text = days.get(number)
    if (text === undefined) days.set(number, (text = dayText(number)))
    return text
  }
  return (dossier) => {
    const { flow, outcomeAt, response, status } = dossier
    const asked = outcomeAt !== null && status !== 'withdrawn'
    return [
      dossier.code,
      context.procedureIds[flow.procedure] ?? 0,
      context.unitIds[flow.responsible] ?? 0,
      context.unitIds[flow.receiving] ?? 0,
      dossier.applicant,
      dossier.channel,
      status,
      dossier.lateness,
      dossier.receivedAt,
      dossier.dueAt,
      dossier.supplementAt,
      outcomeAt,
      day(dossier.receivedAt),
      outcomeAt === null ? null : day(outcomeAt),
      asked ? outcomeAt + LINK_DAYS * DAY_SECONDS : null,
      dossier.openedAt,
      !asked ? null : response === null ? 'open' : response.complete ? 'complete' : 'partial',
      ...(response === null ? NO_RESPONSE : answered(response)),
    ]
  }

  function answered(response: SampleResponse): (string | number | boolean)[] {
    const comment = response.complete && random.next() < 0.03 ? (COMMENTS[random.below(COMMENTS.length)] ?? '') : null
    return [
      day(response.receivedAt),
      response.receivedAt > context.now - WITHDRAWAL_DAYS * DAY_SECONDS,
      uuid(random.next),
      response.complete,
      answersJson(context.instrument, response, comment),
      marksJson(context, response),
      RESPONDENTS[random.below(RESPONDENTS.length)] ?? 'self',
      random.next() < 0.02 ? 'en' : 'vi',
      response.startedAt,
      response.sentAt,
      response.receivedAt,
      itemMsJson(context.instrument, response),
    ]
  }
}

const NO_RESPONSE = Array.from({ length: 12 }, () => null)

function answersJson(instrument: SampleInstrument, { items, options }: SampleResponse, comment: string | null): string {
  let text = ''
  for (let i = 0; i < items.length; i += 1) {
    const item = instrument.items[items[i] ?? 0]
    const option = options[i] ?? -1
    text += `${i > 0 ? ',' : ''}"${item?.code ?? ''}":${option < 0 ? '{"na":true}' : `"${item?.optionCodes[option] ?? ''}"`}`
  }
  return comment === null ? `{${text}}` : `{${text},"COMMENT":${JSON.stringify(comment)}}`
}

/** Option places, and the joint cells of every pair of one composite that this person answered. */
function marksJson({ instrument, joint }: ColumnContext, { items, options }: SampleResponse): string {
  let text = ''
  for (let i = 0; i < items.length; i += 1) {
    const option = options[i] ?? -1
    text += `${i > 0 ? ',' : ''}"${instrument.items[items[i] ?? 0]?.code ?? ''}":${option < 0 ? '"na"' : option}`
  }
  for (let i = 0; i < items.length; i += 1) {
    const first = options[i] ?? -1
    const pairs = joint[items[i] ?? 0] ?? []
    if (first < 0 || pairs.length === 0) continue
    for (let j = 0; j < items.length; j += 1) {
      const second = options[j] ?? -1
      const pair = second < 0 ? undefined : pairs[items[j] ?? 0]
      if (pair) text += `,"${pair.code}":${(pair.valuesA[first] ?? 0) * pair.baseB + (pair.valuesB[second] ?? 0)}`
    }
  }
  return `{${text}}`
}

function itemMsJson(instrument: SampleInstrument, { items, itemMs }: SampleResponse): string {
  let text = ''
  for (let i = 0; i < items.length; i += 1) {
    text += `${i > 0 ? ',' : ''}"${instrument.items[items[i] ?? 0]?.code ?? ''}":${itemMs[i] ?? 0}`
  }
  return `{${text}}`
}

/** A UUID of version 4. */
function uuid(next: () => number): string {
  const word = () => Math.floor(next() * 4294967296)
  const version = (word() & 0xffff0fff) | 0x4000
  const variant = (word() & 0x3fffffff) | 0x80000000
  const hex = [word(), version, variant, word()].map((value) => (value >>> 0).toString(16).padStart(8, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
