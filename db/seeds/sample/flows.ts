import { MERGER_DAY, dayNumber } from './calendar.ts'
import type { SampleInstrument, SampleItem } from './items.ts'
import { SAMPLE_PROCEDURES, type SampleProcedure } from './procedures.ts'
import { cumulative } from './random.ts'
import { answerRate, ASKED, lateAmongAnswers, REFUSED, REFUSED_DROP, WITHDRAWN, STUCK } from './shares.ts'
import { BUSY, plantedAt, PLANTED_LATENESS } from './truth.ts'
import { SAMPLE_UNITS } from './units.ts'

/** Dossiers of one procedure that one unit receives and one unit decides: everything that answers depend on. */
export interface Flow {
  /** Places in `SAMPLE_UNITS` and `SAMPLE_PROCEDURES`. */
  readonly responsible: number
  readonly receiving: number
  readonly procedure: number
  readonly late: number
  /** Favourable share of item i of timely dossiers at 2i, of late ones at 2i + 1. */
  readonly shares: Float64Array
  /** The same from a day on, where a weakness begins later. */
  readonly changed: { readonly from: number; readonly shares: Float64Array } | null
}

/** All flows of a time, with running sums of their weights. */
export interface Era {
  readonly flows: readonly Flow[]
  readonly sums: Float64Array
}

/** Relative size of communes, and of the two provinces before the merger. */
const COMMUNES = { 'pho-hien': 22, 'thai-binh': 24, 'my-hao': 19, 'khoai-chau': 18, 'tien-hai': 17 }
const DEPARTMENT_PART = 0.45
const HUNG_YEN_PART = 0.53
/** Since the merger, citizens may hand in a department's dossier at the centre or at any commune. */
const CENTRE_PART = 0.6

/** The flows before and after the merger. */
export function buildEras(instrument: SampleInstrument): { before: Era; after: Era } {
  return { before: era(instrument, false), after: era(instrument, true) }
}

/** The flows received on a day. */
export function eraOf(eras: { before: Era; after: Era }, day: number): Era {
  return day < MERGER_DAY ? eras.before : eras.after
}

/** Responses that one dossier brings on average. */
export function responsesPerDossier({ flows, sums }: Era): number {
  let sum = 0
  flows.forEach((flow, i) => {
    sum += ((sums[i] ?? 0) - (sums[i - 1] ?? 0)) * answerRate(flow.late)
  })
  return (ASKED * sum) / (sums.at(-1) ?? 1)
}

function era(instrument: SampleInstrument, merged: boolean): Era {
  const flows: Flow[] = []
  const weights: number[] = []
  const add = (weight: number, responsible: string, receiving: string, procedure: SampleProcedure) => {
    flows.push(flow(instrument, responsible, receiving, procedure))
    weights.push(weight)
  }
  const communes = Object.entries(COMMUNES).map(([key, weight]) => ({ key, weight }))
  const ofDepartments = SAMPLE_PROCEDURES.filter((one) => one.department !== null)
  const ofCommunes = SAMPLE_PROCEDURES.filter((one) => one.department === null && (merged || !one.sinceMerger))
  const departmentUnit = DEPARTMENT_PART / total(ofDepartments)
  const communeUnit = (1 - DEPARTMENT_PART) / total(ofCommunes) / total(communes)

  for (const procedure of ofDepartments) {
    const key = procedure.department ?? ''
    const weight = procedure.weight * departmentUnit * busy(key, procedure)
    if (!merged) {
      add(weight * HUNG_YEN_PART, key, 'centre', procedure)
      add(weight * (1 - HUNG_YEN_PART), `tb-${key}`, 'tb-centre', procedure)
    } else if (procedure.applicants.citizen === 0) add(weight, key, 'centre', procedure)
    else {
      add(weight * CENTRE_PART, key, 'centre', procedure)
      for (const commune of communes) {
        add((weight * (1 - CENTRE_PART) * commune.weight) / total(communes), key, commune.key, procedure)
      }
    }
  }
  for (const commune of communes) {
    const key = merged ? commune.key : (SAMPLE_UNITS.find((unit) => unit.successor === commune.key)?.key ?? '')
    for (const procedure of ofCommunes) {
      add(procedure.weight * communeUnit * commune.weight * busy(key, procedure), key, key, procedure)
    }
  }
  return { flows, sums: cumulative(weights) }
}

function busy(unit: string, procedure: SampleProcedure): number {
  return BUSY.find((one) => one.unit === unit && one.procedure === procedure.code)?.factor ?? 1
}

function total(parts: readonly { readonly weight: number }[]): number {
  return parts.reduce((sum, part) => sum + part.weight, 0)
}

function flow(instrument: SampleInstrument, responsible: string, receiving: string, procedure: SampleProcedure): Flow {
  const late =
    PLANTED_LATENESS.find((one) => one.unit === responsible && one.procedure === procedure.code)?.late ?? procedure.late
  const place = (key: string) => SAMPLE_UNITS.findIndex((unit) => unit.key === key)
  const drops = instrument.items.map((item) => {
    const planted = plantedAt(item.rates === 'receiving' ? receiving : responsible, procedure.code, item.code)
    return { drop: planted?.drop ?? 0, since: planted?.since ?? null }
  })
  const shares = (started: (since: string | null) => boolean) =>
    Float64Array.from(
      instrument.items.flatMap((item, i) => {
        const { drop, since } = drops[i] ?? { drop: 0, since: null }
        return itemShares(item, procedure.late, late, started(since) ? drop : 0)
      }),
    )
  const later = drops.find((one) => one.since !== null)?.since ?? null
  return {
    responsible: place(responsible),
    receiving: place(receiving),
    procedure: SAMPLE_PROCEDURES.indexOf(procedure),
    late,
    shares: shares((since) => since === null),
    changed: later === null ? null : { from: dayNumber(later), shares: shares(() => true) },
  }
}

/**
 * Shares of timely and of late dossiers. Where lateness is planted, both are moved so that all who answer together keep the
 * procedure's usual share: lateness alone makes no weak spot, except in the items that report it.
 */
function itemShares({ shares }: SampleItem, usualLate: number, late: number, drop: number): [number, number] {
  const mean = (part: number) => shares.timely + (shares.late - shares.timely) * lateAmongAnswers(part)
  const shift = (shares.tellsLateness ? 0 : mean(usualLate) - mean(late)) - drop
  const moved = [shares.timely + shift, shares.late + shift] as [number, number]
  if (moved.some((share) => share <= 0 || share >= 1)) throw new RangeError('a share of the sample leaves 0 … 1')
  return moved
}

/** Favourable share that an item is expected to have among the valid answers of a flow. */
export function expectedShare(instrument: SampleInstrument, flow: Flow, item: number, day: number): number {
  const shares = flow.changed !== null && day >= flow.changed.from ? flow.changed.shares : flow.shares
  const part = lateAmongAnswers(flow.late)
  const refused = item === instrument.overall ? (REFUSED_DROP * REFUSED) / (1 - WITHDRAWN - STUCK) : 0
  return (shares[2 * item] ?? 0) * (1 - part) + (shares[2 * item + 1] ?? 0) * part - refused
}
