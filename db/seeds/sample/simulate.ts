import { parseInstrument } from '../../../api/core/instrument/validate.ts'
import dossierRating from '../instruments/dossier-rating/1.json' with { type: 'json' }
import { instant, dayNumber, localDay } from './calendar.ts'
import { sampleDossiers } from './dossiers.ts'
import { sampleInstrument, type SampleItem } from './items.ts'
import { SAMPLE_PROCEDURES } from './procedures.ts'
import { plantedAt, type PlantedCell } from './truth.ts'
import { SAMPLE_UNITS } from './units.ts'

/** Dossiers of the default data set's body. */
export const DEFAULT_DOSSIERS = 60_000
export const DEFAULT_SEED = 20_250_701

/** Answers to one item about one procedure of the unit that the item rates, counted as the tally's main rows count them. */
export interface SampleCell {
  /** Keys of the sample: unit key, procedure code. */
  readonly unit: string
  readonly procedure: string
  readonly item: string
  favourable: number
  /** Answers that chose an option. */
  valid: number
  na: number
  /** By place of the option. */
  readonly options: number[]
  /** The weak spot planted here, or null: the cell then equals its peers of the same item and procedure. */
  readonly planted: PlantedCell | null
}

/**
 * The sample without a database: the same dossiers and answers that `loadSample` stores, counted per unit × procedure × item.
 * @param scale dossiers as a multiple of the default data set's
 * @param period first and last month (`YYYY-MM`) of the outcomes that count; default: the year 2026
 */
export function simulateCells(
  seed: number,
  scale = 1,
  period: { from: string; to: string } = { from: '2026-01', to: '2026-12' },
): SampleCell[] {
  const instrument = sampleInstrument(parseInstrument(dossierRating))
  const first = dayNumber(`${period.from}-01`)
  const end = monthAfter(period.to)
  const cells = new Map<number, SampleCell>()
  const source = {
    instrument,
    seed,
    dossiers: Math.round(DEFAULT_DOSSIERS * scale),
    now: instant(dayNumber('2026-10-01'), 0),
  }
  for (const { flow, outcomeAt, response } of sampleDossiers(source)) {
    if (outcomeAt === null || response === null) continue
    const day = localDay(outcomeAt)
    if (day < first || day >= end) continue
    response.items.forEach((place, i) => {
      const item = instrument.items[place]
      if (!item) return
      const unit = item.rates === 'receiving' ? flow.receiving : flow.responsible
      const key = (unit * SAMPLE_PROCEDURES.length + flow.procedure) * instrument.items.length + place
      let cell = cells.get(key)
      if (!cell) cells.set(key, (cell = emptyCell(unit, flow.procedure, item)))
      count(cell, item, response.options[i] ?? -1)
    })
  }
  return [...cells.values()]
}

function emptyCell(unitPlace: number, procedurePlace: number, item: SampleItem): SampleCell {
  const unit = SAMPLE_UNITS[unitPlace]?.key ?? ''
  const procedure = SAMPLE_PROCEDURES[procedurePlace]?.code ?? ''
  const planted = plantedAt(unit, procedure, item.code) ?? null
  const options = item.optionCodes.map(() => 0)
  return { unit, procedure, item: item.code, favourable: 0, valid: 0, na: 0, options, planted }
}

function count(cell: SampleCell, item: SampleItem, option: number): void {
  if (option < 0) {
    cell.na += 1
    return
  }
  cell.valid += 1
  cell.options[option] = (cell.options[option] ?? 0) + 1
  if (item.favourable.includes(option)) cell.favourable += 1
}

function monthAfter(month: string): number {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return Date.UTC(year, number, 1) / 86_400_000
}
