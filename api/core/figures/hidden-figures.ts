import { periodsCovering, type CalendarPeriod } from '../time/period.ts'
import type { Visibility } from './visibility.ts'
import type { Scope } from './unit-tree.ts'

/**
 * What must be hidden of one item although it has answers enough: a bit for each scope and period of a calendar year, in the
 * order of `periodsCovering`, packed six to a sign of text; of parts a bit for each scope, quarter and the year.
 */
export interface HiddenItem {
  readonly wholes: string
  readonly parts: Readonly<Record<string, string>>
}

const BITS = 6
const ZERO = '0'.charCodeAt(0)

/** Writes down what was decided of an item. @param year any period of it */
export function writeHidden(decided: Visibility, scopes: readonly Scope[], year: CalendarPeriod): HiddenItem {
  const periods = periodsCovering(year)
  const withParts = periods.filter(({ kind }) => kind !== 'month')
  const bits = (over: readonly CalendarPeriod[], part?: string) => {
    const signs = new Uint8Array(Math.ceil((scopes.length * over.length) / BITS)).fill(ZERO)
    let at = 0
    for (const scope of scopes)
      for (const period of over) {
        if (decided.reason(scope, period, part) === 'complementary') signs[Math.floor(at / BITS)]! += 1 << (at % BITS)
        at += 1
      }
    return Array.from(signs, (sign) => String.fromCharCode(sign)).join('')
  }
  return {
    wholes: bits(periods),
    parts: Object.fromEntries(decided.parts.map((part) => [part, bits(withParts, part)])),
  }
}

/**
 * What was written down, read again. Too few answers is for the display rule to find: it is told here of nothing but a figure
 * outside the year or the units.
 *
 * @param scopeAt the place of each scope when it was written
 */
export function readHidden(hidden: HiddenItem, scopeAt: ReadonlyMap<Scope, number>, year: CalendarPeriod): Visibility {
  const periods = periodsCovering(year)
  const placeOf = (list: readonly CalendarPeriod[]) => new Map(list.map(({ from, to }, at) => [from + to, at]))
  const ofWholes = placeOf(periods)
  const ofParts = placeOf(periods.filter(({ kind }) => kind !== 'month'))
  return {
    parts: Object.keys(hidden.parts),
    reason: (scope, period, part) => {
      const scopeIndex = scopeAt.get(scope)
      const here = ofWholes.get(period.from + period.to)
      const text = part === undefined ? hidden.wholes : hidden.parts[part]
      if (scopeIndex === undefined || here === undefined || text === undefined) return 'too_few'
      // months have no parts
      if (part !== undefined && period.kind === 'month') return 'complementary'
      const places = part === undefined ? ofWholes : ofParts
      const at = scopeIndex * places.size + (places.get(period.from + period.to) ?? 0)
      return ((text.charCodeAt(Math.floor(at / BITS)) - ZERO) >> (at % BITS)) & 1 ? 'complementary' : null
    },
  }
}
