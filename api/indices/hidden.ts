import type { Transaction } from 'kysely'
import { allProcedures } from '../../db/queries/dossiers.ts'
import type { Reading, TallyStates } from '../../db/queries/tally-states.ts'
import { readOverall } from '../../db/queries/tally-spots.ts'
import { readMonth } from '../../db/queries/tally-sums.ts'
import type { DB } from '../../db/schema/tables.ts'
import { MIN_SHOW } from '../core/disclosure/thresholds.ts'
import { isQuality, QUALITY_ITEMS } from '../core/figures/composite.ts'
import { sharedFigures, sharedMonth, type SharedMonth } from '../core/figures/shared.ts'
import { PAPI_GROUPS } from '../core/figures/unit-figures.ts'
import { itemVisibility, type KnownParts, type MonthCount, type Visibility } from '../core/figures/visibility.ts'
import { findItem, itemsOf, type Instrument } from '../core/instrument/definition.ts'
import { periodsCovering, type CalendarPeriod } from '../core/time/period.ts'
import { sha256, toHex } from '../invitations/token.ts'
import { memory, rememberedMonths } from './remember.ts'
import type { PageScope } from './scope.ts'

/** What may be shown of each item; and the units whose dossiers are mostly decided by others. */
export interface ProvinceVisibility {
  /** As units' pages show an item: the overall one, at units that mostly take dossiers in, of all that they took in. */
  of: (item: string) => Visibility
  /** As every answer counts once: at the unit that its item rates. */
  main: (item: string) => Visibility
  takesIn: ReadonlySet<number>
}

/** An item's valid answers in a month as text, with a name for it. */
interface ItemMonth {
  text: string
  name: string
}
interface ProvinceMonth {
  items: ReadonlyMap<string, ItemMonth>
  /** Answers of the overall item by unit: those to others' dossiers less those to its own. */
  balance: ReadonlyMap<number, number>
}
interface Shared {
  whole: ReturnType<typeof sharedFigures>
  byField: ReadonlyMap<string, ReturnType<typeof sharedFigures>>
}
const provinceMonths = memory<ProvinceMonth>(60)
const decisions = memory<Visibility>(120)
const decidedParts = memory<KnownParts>(60)
const sharedMonths = memory<ReadonlyMap<string | null, SharedMonth>>(30)
const sharedSpans = memory<Shared>(6)

/** Names a tree of units. */
export function treeName(units: PageScope['units']): string {
  return toHex(sha256(units.map(({ id, kind, parentId }) => `${id} ${kind} ${parentId}`).join()))
}

/**
 * What may be shown of each item over the tree and the calendar year of a period. The overall item is also decided by
 * field and the eight qualities by PAPI group, because pages break them down so. Months whose counts have not changed are
 * not read again, and an item is decided once for the same counts.
 *
 * @param page without a unit only what is main is decided; `all`: for every unit's page
 * @param moment which counts, and their states in the twelve months of the period's year
 */
export async function visibilityByItem(
  trx: Transaction<DB>,
  tenantId: number,
  page: Pick<PageScope, 'units'> & { unit?: PageScope['unit'] | 'all'; scope?: PageScope['scope'] },
  period: CalendarPeriod,
  definition: Instrument,
  { states, reading }: { states: TallyStates | null; reading: Reading },
): Promise<ProvinceVisibility> {
  const months = periodsCovering(period).flatMap((one) => (one.kind === 'month' ? [one.start] : []))
  const items = itemsOf(definition).flatMap((item) => (item.type === 'single' ? [item.code] : []))
  const named = (what: string, month: string) => {
    const state = states?.months.get(month)
    return state === undefined ? null : `${what} ${tenantId} ${definition.code} ${definition.version} ${month} ${state}`
  }
  const counts = await rememberedMonths(
    provinceMonths,
    months,
    (month) => named('counts', month),
    async (month) => toMonth(await readMonth(trx, tenantId, { month, items, grouped: QUALITY_ITEMS, reading })),
  )
  const takesIn = unitsThatTakeIn(counts)
  const { unit } = page
  const isAsked = unit === 'all' || (unit !== undefined && (!page.scope?.startsWith('unit:') || takesIn.has(unit.id)))
  const shared =
    takesIn.size > 0 && isAsked
      ? await readShared(trx, tenantId, period, reading, (month) => named('shared', month))
      : null
  const tree = treeName(page.units)
  const partsOf = (name: string): KnownParts => {
    const key = `${tenantId} ${name} ${months[0]} ${tree}`
    return decidedParts.get(key) ?? decidedParts.set(key, new Map())
  }
  const main = (item: string): Visibility => {
    const minimum = Math.max(MIN_SHOW, findItem(definition, item)?.minimum ?? 0)
    const own = counts.map((month) => month.items.get(item))
    const key = [item, minimum, months[0], tree, ...own.map((one) => one?.name)].join(' ')
    return (
      decisions.get(key) ??
      decisions.set(
        key,
        itemVisibility(page.units, period, monthCounts(item, months, own), minimum, partsOf(`${item} ${minimum}`)),
      )
    )
  }
  const of = (item: string) => (item === 'OVERALL' && shared ? withShared(main(item), shared, takesIn) : main(item))
  return { of, main, takesIn }
}

function toMonth(rows: { item: string; main: boolean; text: string }[]): ProvinceMonth {
  const balance = new Map<number, number>()
  for (const { item, main, text } of rows) {
    if (item !== 'OVERALL') continue
    for (const [unitId, n] of parse(text)) balance.set(unitId, (balance.get(unitId) ?? 0) + (main ? -n : n))
  }
  const items = rows.flatMap(({ item, main, text }) =>
    main ? [[item, { text, name: toHex(sha256(text)) }] as const] : [],
  )
  return { items: new Map(items), balance }
}

function parse(text: string): [unitId: number, n: number, part: string][] {
  return JSON.parse(text) as [number, number, string][]
}

/**
 * Units whose dossiers are mostly decided by others: their pages tell of all dossiers that they took in, every other unit's
 * page of those that it decides.
 */
function unitsThatTakeIn(months: readonly ProvinceMonth[]): Set<number> {
  const sums = new Map<number, number>()
  for (const { balance } of months) for (const [unitId, n] of balance) sums.set(unitId, (sums.get(unitId) ?? 0) + n)
  return new Set([...sums].filter(([, n]) => n > 0).map(([id]) => id))
}

/** The part of an item's answers that they go into: a field, a PAPI group, or none. */
function monthCounts(item: string, months: readonly string[], own: readonly (ItemMonth | undefined)[]): MonthCount[] {
  const hasParts = item === 'OVERALL' || isQuality(item)
  const byPart = new Map<string, MonthCount[]>()
  own.forEach((one, at) => {
    if (one === undefined) return
    for (const [unitId, n, given] of parse(one.text)) {
      const part = item === 'OVERALL' ? given : (PAPI_GROUPS.find((group) => group === given) ?? 'none')
      const list = byPart.get(given) ?? []
      byPart.set(given, list)
      list.push({ unitId, month: months[at] ?? '', n, ...(hasParts ? { part } : {}) })
    }
  })
  // among figures that protect alike the first is hidden, so their order must not be the database's
  return [...byPart].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, list]) => list)
}

/** The overall item by procedure of all units, in the months that decide about a period: its own, or a month's quarter. */
async function readShared(
  trx: Transaction<DB>,
  tenantId: number,
  period: CalendarPeriod,
  reading: Reading,
  keyOf: (month: string) => string | null,
): Promise<Shared> {
  const span = periodsCovering(period).find(
    (one) => one.kind === (period.kind === 'year' ? 'year' : 'quarter') && contains(one, period),
  )
  const months = periodsCovering(period).flatMap((one) =>
    one.kind === 'month' && span && contains(span, one) ? [one.start] : [],
  )
  const procedures = await allProcedures(trx, tenantId)
  const fields = toHex(sha256(procedures.map(({ id, field }) => `${id} ${field}`).join()))
  const named = (month: string) => {
    const key = keyOf(month)
    return key === null ? null : `${key} ${fields}`
  }
  const keys = months.map(named)
  const key = keys.includes(null) ? null : keys.join()
  const known = key === null ? undefined : sharedSpans.get(key)
  if (known) return known
  const fieldOf = new Map(procedures.map(({ id, field }) => [id, field]))
  const counts = await rememberedMonths(sharedMonths, months, named, async (month) => {
    const rows = await readOverall(trx, tenantId, month, reading)
    const byField = Map.groupBy(rows, (row) => fieldOf.get(row.procedureId) ?? '')
    return new Map([
      [null, sharedMonth(rows)],
      ...[...byField].map(([field, list]) => [field, sharedMonth(list)] as const),
    ])
  })
  const figuresOf = (field: string | null) =>
    sharedFigures(
      new Map(
        months.flatMap((month, at) => {
          const of = counts[at]?.get(field)
          return of === undefined ? [] : [[month, of] as const]
        }),
      ),
    )
  const names = new Set(counts.flatMap((month) => [...month.keys()]))
  const shared: Shared = {
    whole: figuresOf(null),
    byField: new Map([...names].flatMap((field) => (field === null ? [] : [[field, figuresOf(field)] as const]))),
  }
  return key === null ? shared : sharedSpans.set(key, shared)
}

function contains(outer: CalendarPeriod, inner: CalendarPeriod): boolean {
  return outer.start <= inner.start && inner.endExclusive <= outer.endExclusive
}

/** Units that take dossiers in for others show the overall item of all of them. */
function withShared(own: Visibility, shared: Shared, takesIn: ReadonlySet<number>): Visibility {
  return {
    parts: own.parts,
    reason: (scope, period, part) => {
      const unitId = scope.startsWith('unit:') ? Number(scope.slice('unit:'.length)) : null
      if (unitId === null || !takesIn.has(unitId)) return own.reason(scope, period, part)
      const hidden = part === undefined ? shared.whole : shared.byField.get(part)
      return hidden?.(unitId, period) ? 'complementary' : null
    },
  }
}
