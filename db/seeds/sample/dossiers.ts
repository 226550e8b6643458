import type { Applicant, Channel, DossierStatus, Lateness } from '../../schema/dossiers.ts'
import { drawAnswers, type SampleAnswers } from './answers.ts'
import { DAY_SECONDS, FIRST_DAY, instant, LAST_DAY, localDay, MERGER_DAY, workingDays } from './calendar.ts'
import { buildEras, eraOf, type Flow } from './flows.ts'
import type { SampleInstrument } from './items.ts'
import { SAMPLE_PROCEDURES } from './procedures.ts'
import { createRandom, cumulative, pick, type Random } from './random.ts'
import * as shares from './shares.ts'
import { SAMPLE_UNITS } from './units.ts'

/** An answer with the times around it, in seconds since 1970. */
export interface SampleResponse extends SampleAnswers {
  readonly startedAt: number
  readonly sentAt: number
  readonly receivedAt: number
  /** Milliseconds spent on each item. */
  readonly itemMs: number[]
}

/** One dossier with its ask and answer. Units and procedure are places in their lists, times seconds since 1970. */
export interface SampleDossier {
  readonly code: string
  readonly flow: Flow
  readonly applicant: Applicant
  readonly channel: Channel
  readonly receivedAt: number
  readonly dueAt: number | null
  readonly supplementAt: number | null
  readonly outcomeAt: number | null
  readonly status: DossierStatus
  readonly lateness: Lateness
  readonly openedAt: number | null
  readonly response: SampleResponse | null
}

/** Where the sample comes from: everything follows from these. */
export interface SampleSource {
  readonly instrument: SampleInstrument
  readonly seed: number
  /** Dossiers received from 2025-01-01 to 2026-06-30. */
  readonly dossiers: number
  /** Nothing happens after this instant, in seconds since 1970. */
  readonly now: number
}

const SIX_MONTHS_DAYS = 190
const OPENS = 7.5 * 3600
const CLOSES = 16.5 * 3600
const DUE_TIME = 17 * 3600
const CHANNEL_SUMS = cumulative(shares.CHANNELS.map((one) => one.weight))

/**
 * Dossiers in the order of receipt: the body, spread evenly over its working days, and from then to now one a working day, so
 * that the newest month is not empty.
 */
export function* sampleDossiers(source: SampleSource): Generator<SampleDossier> {
  const random = createRandom(source.seed)
  const eras = buildEras(source.instrument)
  const today = localDay(source.now)
  const calendar = workingDays(FIRST_DAY, Math.max(LAST_DAY, today) + SIX_MONTHS_DAYS)
  const body = calendar.filter((day) => day <= LAST_DAY).length
  const serials = new Int32Array(SAMPLE_UNITS.length)
  for (const [index, day] of calendar.entries()) {
    if (day > today) return
    const count =
      index < body
        ? Math.floor(((index + 1) * source.dossiers) / body) - Math.floor((index * source.dossiers) / body)
        : 1
    serials.fill(0)
    const { flows, sums } = eraOf(eras, day)
    for (let i = 0; i < count; i += 1) {
      const flow = flows[pick(sums, random.next())]
      if (!flow) continue
      const receivedAt = Math.floor(instant(day, OPENS + ((i + random.next()) / count) * (CLOSES - OPENS)))
      if (receivedAt > source.now) return
      const serial = (serials[flow.responsible] = (serials[flow.responsible] ?? 0) + 1)
      yield dossier(random, source, { calendar, index, day, receivedAt, flow, code: dossierCode(flow, day, serial) })
    }
  }
}

/** A code in the grammar of its day, as the responsible unit gave it: `000.00.11.H54-250310-0042`, `H31.11-251008-0042`. */
function dossierCode(flow: Flow, day: number, serial: number): string {
  const unit = SAMPLE_UNITS[flow.responsible]
  const prefix = day < MERGER_DAY ? unit?.oldPrefix : unit?.prefix
  const date = new Date(day * DAY_SECONDS * 1000).toISOString().slice(2, 10).replaceAll('-', '')
  return `${prefix ?? ''}-${date}-${String(serial).padStart(4, '0')}`
}

interface Receipt {
  readonly calendar: readonly number[]
  /** Place of the day of receipt in the calendar. */
  readonly index: number
  readonly day: number
  readonly receivedAt: number
  readonly flow: Flow
  readonly code: string
}

function dossier(random: Random, source: SampleSource, receipt: Receipt): SampleDossier {
  const { next } = random
  const { calendar, index, receivedAt, flow } = receipt
  const procedure = SAMPLE_PROCEDURES[flow.procedure]
  const dueDays = procedure?.dueDays ?? 1
  const who = next()
  const applicant =
    who < (procedure?.applicants.citizen ?? 0)
      ? 'citizen'
      : next() < 0.9 && procedure?.applicants.business
        ? 'business'
        : 'organisation'
  const channel = shares.CHANNELS[pick(CHANNEL_SUMS, next())] ?? shares.CHANNELS[0]
  const late = next() < flow.late
  const early = next() < shares.EARLY
  const fate = next()
  const withoutDue = next() < shares.WITHOUT_DUE
  const supplemented = next() < shares.SUPPLEMENTED

  const dueIndex = index + dueDays
  const dueAt = instant(calendar[dueIndex] ?? 0, DUE_TIME)
  const endIndex = late
    ? dueIndex + 1 + Math.floor(random.exponential() * Math.max(1.5, dueDays * 0.35))
    : early
      ? index + Math.min(dueDays - 1, Math.floor(dueDays * (0.3 + 0.7 * next())))
      : dueIndex
  const endTime = (8 + 8.8 * next()) * 3600
  const lastDay = calendar.at(-1) ?? 0
  const planned = Math.floor(
    Math.max(instant(calendar[endIndex] ?? lastDay, endTime), receivedAt + 900 + 2700 * next()),
  )
  const supplementAt = supplemented ? Math.floor(receivedAt + (planned - receivedAt) * (0.2 + 0.3 * next())) : null

  const stuck = fate < shares.STUCK
  const outcomeAt = stuck || planned > source.now ? null : planned
  const stuckAt = stuck && fate < shares.STUCK / 2 ? Math.floor(receivedAt + 5400) : supplementAt
  const happenedAt = stuckAt !== null && stuckAt <= source.now ? stuckAt : null
  const status: DossierStatus =
    outcomeAt === null
      ? happenedAt === null || !stuck
        ? 'processing'
        : 'supplement_requested'
      : fate < shares.STUCK + shares.WITHDRAWN
        ? 'withdrawn'
        : fate < shares.STUCK + shares.WITHDRAWN + shares.REFUSED
          ? 'refused'
          : 'returned'
  const lateness: Lateness = outcomeAt === null || withoutDue ? 0 : late ? 3 : early ? 1 : 2
  const asked = outcomeAt !== null && status !== 'withdrawn'
  const willing = asked && next() < channel.answers * (late ? shares.LATE_ANSWERS_FACTOR : 1)
  const opens = willing || (asked && next() < shares.OPENED_ONLY)
  const openedAt = opens ? outcomeAt + 120 + Math.floor(random.exponential() * 20 * 3600) : null
  const opened = openedAt !== null && openedAt <= source.now && openedAt < (outcomeAt ?? 0) + 29 * DAY_SECONDS
  const about = {
    block: applicant === 'citizen' ? ('citizen' as const) : ('business' as const),
    shares: sharesAt(flow, outcomeAt ?? receivedAt),
    late,
    refused: status === 'refused',
  }
  const response = willing && opened ? respond(random, source, openedAt, about) : null
  return {
    code: receipt.code,
    flow,
    applicant,
    channel: channel.channel,
    receivedAt,
    dueAt: withoutDue ? null : dueAt,
    supplementAt: happenedAt,
    outcomeAt,
    status,
    lateness,
    openedAt: opened ? openedAt : null,
    response: response !== null && response.receivedAt <= source.now ? response : null,
  }
}

function sharesAt(flow: Flow, outcomeAt: number): Float64Array {
  return flow.changed !== null && localDay(outcomeAt) >= flow.changed.from ? flow.changed.shares : flow.shares
}

function respond(
  random: Random,
  source: SampleSource,
  openedAt: number,
  about: Parameters<typeof drawAnswers>[2],
): SampleResponse {
  const answers = drawAnswers(random, source.instrument, about)
  const itemMs = answers.items.map(() => Math.floor(1200 + 3000 * random.exponential()))
  const startedAt = openedAt + 4
  const sentAt = startedAt + Math.ceil(itemMs.reduce((sum, ms) => sum + ms, 0) / 1000)
  return { ...answers, itemMs, startedAt, sentAt, receivedAt: sentAt + 1 }
}
