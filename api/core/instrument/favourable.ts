import type { InstrumentItem } from './definition.ts'

/** Places (from 0) of the options that count as a good answer. Empty for a text item. */
export function favourableOptions(item: InstrumentItem): number[] {
  return item.options.flatMap((option, place) => (option.favourable === true ? [place] : []))
}

/** Points by option place (TT 01/2018: 2, 1, 0), or null for an item that carries none. */
export function pointsOf(item: InstrumentItem): number[] | null {
  const points = item.options.map((option) => option.points)
  return points.length > 0 && points.every((one) => one !== undefined) ? points : null
}

/** The value an item has in a composite, by option place: its points where it has them, else 1 when favourable, 0 when not. */
export function valuesOf(item: InstrumentItem): number[] {
  return pointsOf(item) ?? item.options.map((option) => (option.favourable === true ? 1 : 0))
}
