import type { Cell } from '../../db/queries/tallies.ts'
import type { UnitMeaning } from '../../db/queries/units.ts'

/**
 * What the batches of one import have looked up and noted already, so that a list of a million rows asks for each unit and
 * procedure once, and notes each cell once. Good within one transaction that holds the tenant: nobody else changes its units
 * or dossiers then.
 */
export interface Memory {
  /** What a unit code means, by code. */
  units: Map<string, UnitMeaning[]>
  /** Procedure id by code. */
  procedures: Map<string, number>
  /** Cells that are to be counted anew. */
  cells: Set<string>
}

/** A tenant has some thousand units and procedures; a list full of invented codes must not fill the memory. */
const ENTRIES_MAX = 20_000

export function newMemory(): Memory {
  return { units: new Map(), procedures: new Map(), cells: new Set() }
}

/** Forgets what has grown beyond any province; it is looked up, or noted, again. */
export function trim({ units, procedures, cells }: Memory): void {
  for (const part of [units, procedures, cells]) if (part.size > ENTRIES_MAX) part.clear()
}

/** The cells that this transaction has not noted before. */
export function firstNoted({ cells: noted }: Memory, cells: readonly Cell[]): Cell[] {
  return cells.filter(({ unitId, month, procedureId }) => {
    const key = `${unitId}:${month}:${procedureId}`
    if (noted.has(key)) return false
    noted.add(key)
    return true
  })
}
