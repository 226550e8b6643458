import type { Transaction } from 'kysely'
import { findTenant } from '../../db/queries/accounts.ts'
import { allProcedures } from '../../db/queries/dossiers.ts'
import { currentInstrument } from '../../db/queries/instruments.ts'
import { readTallies, type TallyRow } from '../../db/queries/tallies.ts'
import type { DB } from '../../db/schema/tables.ts'
import { complementary } from '../core/disclosure/complementary.ts'
import { MIN_POINT, MIN_SHOW } from '../core/disclosure/thresholds.ts'
import { needed } from '../core/stats/needed.ts'
import { findItem, itemsOf, type Instrument, type InstrumentItem } from '../core/instrument/definition.ts'
import { favourableOptions } from '../core/instrument/favourable.ts'
import { previousPeriod, type CalendarPeriod } from '../core/time/period.ts'
import { FALSE_DISCOVERY_RATE, findWeakSpots, type WeakSpotCell } from '../core/weak-spots/find.ts'
import { FINISHED } from '../indices/events.ts'
import { monthsOf, pageScope, type PageScope } from '../indices/scope.ts'
import type { Services } from '../services.ts'

export type Comparison = 'previous' | 'province' | 'peers'
interface Cell extends WeakSpotCell {
  na: number
  options: number[]
  /** The rest is the same procedure elsewhere or, where nobody else has it, the other procedures of its field elsewhere. */
  restBasis: 'procedure' | 'field'
}
const EXAMPLES = 10

/** Where a unit falls short: items × procedures compared with the same in the rest, weakest first. */
export async function unitWeakSpots(
  services: Services,
  tenantId: number,
  unitId: number,
  query: { period: CalendarPeriod; compare: Comparison; offset: number; limit: number },
) {
  const { period, compare } = query
  const tenant = await findTenant(services.db.shared, tenantId)
  const instrument = await currentInstrument(services.db.shared, 'dossier-rating')
  const definition = instrument?.definition as Instrument
  const { page, cells, procedures } = await services.db.withTenant(
    tenantId,
    async (trx) => {
      const page = await pageScope(trx, tenantId, unitId)
      const procedures = new Map((await allProcedures(trx, tenantId)).map((procedure) => [procedure.id, procedure]))
      return {
        page,
        procedures,
        cells: await readCells(trx, tenantId, page, definition, {
          period,
          compare,
          fieldOf: (id) => procedures.get(id)?.field ?? '',
        }),
      }
    },
    { isolation: 'repeatable read' },
  )
  const found = findWeakSpots(cells)
  const view = (cell: Cell) => ({
    item: cell.item,
    short: itemOf(definition, cell.item).short,
    procedure: procedureView(procedures.get(cell.procedureId)),
  })
  const shown = found.weak.slice(query.offset, query.offset + query.limit)
  return {
    unit: { id: page.unit.id, name: page.unit.name ?? '' },
    sample: tenant?.sample ?? false,
    period: { kind: period.kind, from: period.from, to: period.to },
    compare,
    tested: found.tested,
    q: FALSE_DISCOVERY_RATE,
    total: found.weak.length,
    unmatched: found.unmatched,
    items: shown.map(({ cell, ...spot }) => ({
      ...view(cell),
      rates: itemOf(definition, cell.item).rates,
      estimate: spot.estimate,
      rest: spot.rest,
      restBasis: cell.restBasis,
      shortfall: spot.shortfall,
      p: spot.p,
      q: spot.q,
      counts: {
        favourable: cell.favourable,
        valid: cell.valid,
        na: cell.na,
        restFavourable: cell.restFavourable,
        restValid: cell.restValid,
        options: itemOf(definition, cell.item).options.map((option, k) => ({
          text: option.text,
          n: cell.options[k] ?? 0,
        })),
      },
    })),
    nextOffset: query.offset + query.limit < found.weak.length ? query.offset + query.limit : null,
    few: {
      cells: found.few.length,
      examples: found.few
        .slice()
        .sort((a, b) => b.valid - a.valid)
        .slice(0, EXAMPLES)
        .map((cell) => ({
          ...view(cell),
          n: cell.valid,
          needed: needed(cell.valid, Math.max(MIN_SHOW, cell.minimum ?? 0)),
        })),
    },
    intervalOnly: found.intervalOnly.slice(0, query.limit).map(({ cell, estimate }) => ({ ...view(cell), estimate })),
  }
}

/** The unit's cells with what they are compared with; what would complete a hidden cell is hidden too. */
async function readCells(
  trx: Transaction<DB>,
  tenantId: number,
  page: PageScope,
  definition: Instrument,
  span: { period: CalendarPeriod; compare: Comparison; fieldOf: (procedureId: number) => string },
): Promise<Cell[]> {
  const items = itemsOf(definition)
    .filter((item) => item.type === 'single')
    .map((item) => item.code)
  const common = { items, events: FINISHED, mainOnly: true, by: ['procedure'] as const }
  const here = await readTallies(trx, tenantId, { ...common, ...monthsOf(span.period), unitIds: page.unitIds })
  const there = await readRest(trx, tenantId, page, span.period, span.compare, common, here)
  const byProcedure = new Map(there.map((row) => [`${row.item}:${row.procedureId}`, { counts: row.counts }]))
  const byField = sumBy(there, (row) => `${row.item}:${span.fieldOf(row.procedureId)}`)
  const cells = here.map((row): Cell => {
    const item = itemOf(definition, row.item)
    const favourable = favourableOptions(item)
    const same = byProcedure.get(`${row.item}:${row.procedureId}`)
    const similar = byField.get(`${row.item}:${span.fieldOf(row.procedureId)}`)
    const restBasis =
      total(same?.counts ?? []) >= MIN_POINT || span.compare === 'previous'
        ? ('procedure' as const)
        : ('field' as const)
    const rest = (restBasis === 'procedure' ? same : similar)?.counts ?? []
    return {
      item: row.item,
      procedureId: row.procedureId,
      favourable: chosen(row.counts, favourable),
      valid: total(row.counts),
      restFavourable: chosen(rest, favourable),
      restValid: total(rest),
      restBasis,
      na: row.na,
      options: row.counts.slice(0, item.options.length),
      ...(item.minimum === undefined ? {} : { minimum: item.minimum }),
    }
  })
  return items.flatMap((item) => hideCompleting(cells.filter((cell) => cell.item === item)))
}

/** The same items elsewhere, by procedure: the unit's previous period, or other units with the unit itself taken out. */
async function readRest(
  trx: Transaction<DB>,
  tenantId: number,
  page: PageScope,
  period: CalendarPeriod,
  compare: Comparison,
  common: { items: string[]; events: string[]; mainOnly: boolean; by: readonly ['procedure'] },
  here: TallyRow[],
): Promise<TallyRow[]> {
  if (compare === 'previous') {
    return readTallies(trx, tenantId, { ...common, ...monthsOf(previousPeriod(period)), unitIds: page.unitIds })
  }
  if (compare === 'peers') {
    const own = new Set(page.unitIds ?? [page.unit.id])
    const peers = page.units.filter((unit) => unit.kind === page.unit.kind && !own.has(unit.id)).map((unit) => unit.id)
    return readTallies(trx, tenantId, { ...common, ...monthsOf(period), unitIds: peers })
  }
  const everywhere = await readTallies(trx, tenantId, { ...common, ...monthsOf(period), unitIds: null })
  const mine = new Map(here.map((row) => [`${row.item}:${row.procedureId}`, row]))
  return everywhere.map((row) => {
    const own = mine.get(`${row.item}:${row.procedureId}`)
    return own
      ? { ...row, counts: row.counts.map((count, k) => count - (own.counts[k] ?? 0)), na: row.na - own.na }
      : row
  })
}

function sumBy(rows: TallyRow[], key: (row: TallyRow) => string): Map<string, { counts: number[] }> {
  const sums = new Map<string, { counts: number[] }>()
  for (const row of rows) {
    const sum = sums.get(key(row))
    if (sum) row.counts.forEach((count, k) => (sum.counts[k] = (sum.counts[k] ?? 0) + count))
    else sums.set(key(row), { counts: [...row.counts] })
  }
  return sums
}

/** The unit's total of an item is on its page, so the cells shown must not leave a remainder that is too small. */
function hideCompleting(cells: Cell[]): Cell[] {
  if (cells.length === 0) return cells
  const id = (cell: Cell) => String(cell.procedureId)
  const sum = cells.reduce((all, cell) => all + cell.valid, 0)
  const hidden = complementary(
    [{ id: 'total', n: sum }, ...cells.map((cell) => ({ id: id(cell), n: cell.valid }))],
    [{ total: 'total', parts: cells.map(id) }],
    MIN_SHOW,
  )
  return cells.map((cell) => (hidden.get(id(cell)) === 'complementary' ? { ...cell, hidden: true } : cell))
}

function itemOf(definition: Instrument, code: string): InstrumentItem {
  const item = findItem(definition, code)
  if (!item) throw new RangeError('tallied item is not in the instrument')
  return item
}

function procedureView(procedure: { id: number; code: string; name: string } | undefined) {
  return { id: procedure?.id ?? 0, code: procedure?.code ?? '', name: procedure?.name ?? '' }
}

function chosen(counts: readonly number[], options: readonly number[]): number {
  return options.reduce((sum, option) => sum + (counts[option] ?? 0), 0)
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}
