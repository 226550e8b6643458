import { dayNumber } from './calendar.ts'

/** A weak spot that the sample was made with: this item is answered favourably less often here than anywhere else. */
export interface PlantedCell {
  /** Key of the unit that the item rates: the receiving or the responsible one. */
  readonly unit: string
  readonly procedure: string
  readonly item: string
  /** Points of favourable share (0–1) below the same item and procedure elsewhere; null: it follows from planted lateness. */
  readonly drop: number | null
  /** First day of the weakness; null: from the beginning. */
  readonly since: string | null
}

/** Dossiers of this unit and procedure end late with this share instead of the procedure's own. */
export interface PlantedLateness {
  readonly unit: string
  readonly procedure: string
  readonly late: number
}

/**
 * The unit is the only one with its procedure since the merger in the rows marked `alone`: there a weak spot shows against the
 * unit's past or its other procedures, not against other units of the same procedure.
 */
export const PLANTED: readonly (PlantedCell & { readonly alone: boolean })[] = [
  planted('thai-binh', '9.000005', 'Q_PAPERWORK', 0.25),
  planted('thai-binh', '9.000005', 'Q_WINDOWS', 0.24),
  planted('pho-hien', '2.000815', 'Q_FEES', 0.22),
  planted('khoai-chau', '1.001193', 'Q_INFO', 0.24),
  planted('my-hao', '9.000007', 'B_VISITS', 0.25),
  planted('my-hao', '9.000007', 'B_STAFF', 0.24),
  planted('tien-hai', '9.000006', 'Q_DEADLINE_MET', null),
  planted('tien-hai', '9.000006', 'OVERALL', 0.22),
  planted('centre', '9.000009', 'Q_COMPETENT', 0.22),
  { ...planted('nnmt', '9.000009', 'X_PAPERS', 0.22), alone: true },
  { ...planted('tc', '9.000019', 'B_PAPERWORK', 0.24, '2026-04-01'), alone: true },
]

export const PLANTED_LATENESS: readonly PlantedLateness[] = [{ unit: 'tien-hai', procedure: '9.000006', late: 0.45 }]

/** More dossiers than the procedure's usual share: the places that the truth table speaks of are busy ones. */
export const BUSY: readonly { readonly unit: string; readonly procedure: string; readonly factor: number }[] = [
  { unit: 'thai-binh', procedure: '9.000005', factor: 1.5 },
  { unit: 'khoai-chau', procedure: '1.001193', factor: 1.6 },
  { unit: 'my-hao', procedure: '9.000007', factor: 1.5 },
  { unit: 'tien-hai', procedure: '9.000006', factor: 2.2 },
]

function planted(unit: string, procedure: string, item: string, drop: number | null, since: string | null = null) {
  return { unit, procedure, item, drop, since, alone: false }
}

/** The planted row of a cell, or undefined: every other cell equals its peers of the same item and procedure. */
export function plantedAt(unit: string, procedure: string, item: string): (typeof PLANTED)[number] | undefined {
  return PLANTED.find((cell) => cell.unit === unit && cell.procedure === procedure && cell.item === item)
}

/** True when a planted cell is weak on every day of a span (day numbers, the last one included). */
export function isWeakThroughout(cell: PlantedCell, from: number): boolean {
  return cell.since === null || dayNumber(cell.since) <= from
}
