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
 * The row with a first day has no peers (nobody else handles investment): it shows against the unit's own previous quarter. All
 * others show against other units, `nnmt` against other procedures of its field, since nobody else has that procedure.
 */
export const PLANTED: readonly PlantedCell[] = [
  planted('thai-binh', '9.000005', 'Q_PAPERWORK', 0.25),
  planted('thai-binh', '9.000005', 'Q_WINDOWS', 0.24),
  planted('pho-hien', '2.000815', 'Q_FEES', 0.22),
  planted('khoai-chau', '1.001193', 'Q_INFO', 0.24),
  planted('my-hao', '9.000007', 'B_VISITS', 0.25),
  planted('my-hao', '9.000007', 'B_STAFF', 0.24),
  planted('tien-hai', '9.000006', 'Q_DEADLINE_MET', null),
  planted('tien-hai', '9.000006', 'OVERALL', 0.22),
  planted('centre', '9.000009', 'Q_COMPETENT', 0.22),
  planted('nnmt', '9.000009', 'X_PAPERS', 0.22),
  planted('tc', '9.000019', 'B_PAPERWORK', 0.24, '2026-04-01'),
]

export const PLANTED_LATENESS: readonly PlantedLateness[] = [{ unit: 'tien-hai', procedure: '9.000006', late: 0.45 }]

/** More dossiers than the procedure's usual share: the places that the truth table speaks of are busy ones. */
export const BUSY: readonly { readonly unit: string; readonly procedure: string; readonly factor: number }[] = [
  { unit: 'thai-binh', procedure: '9.000005', factor: 1.8 },
  { unit: 'khoai-chau', procedure: '1.001193', factor: 2 },
  { unit: 'my-hao', procedure: '9.000007', factor: 1.6 },
  { unit: 'tien-hai', procedure: '9.000006', factor: 2.4 },
  { unit: 'tc', procedure: '9.000019', factor: 1.6 },
]

function planted(
  unit: string,
  procedure: string,
  item: string,
  drop: number | null,
  since: string | null = null,
): PlantedCell {
  return { unit, procedure, item, drop, since }
}

/** The planted row of a cell, or undefined: every other cell equals its peers of the same item and procedure. */
export function plantedAt(unit: string, procedure: string, item: string): PlantedCell | undefined {
  return PLANTED.find((cell) => cell.unit === unit && cell.procedure === procedure && cell.item === item)
}
