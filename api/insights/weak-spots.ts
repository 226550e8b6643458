import type { Transaction } from 'kysely'
import { findTenant } from '../../db/queries/accounts.ts'
import { allProcedures } from '../../db/queries/dossiers.ts'
import { currentInstrument } from '../../db/queries/instruments.ts'
import { tallyStates, type Reading } from '../../db/queries/tally-states.ts'
import { readKinds, readSpots, type KindRow, type SpotRow } from '../../db/queries/tally-sums.ts'
import type { DB } from '../../db/schema/tables.ts'
import { complementary } from '../core/disclosure/complementary.ts'
import { MIN_POINT, MIN_SHOW } from '../core/disclosure/thresholds.ts'
import { needed } from '../core/stats/needed.ts'
import { findItem, itemsOf, type Instrument, type InstrumentItem } from '../core/instrument/definition.ts'
import { favourableOptions } from '../core/instrument/favourable.ts'
import { previousPeriod, type CalendarPeriod } from '../core/time/period.ts'
import { FALSE_DISCOVERY_RATE, findWeakSpots, type WeakSpotCell } from '../core/weak-spots/find.ts'
import { innerPeriods, isFew, leavesFew } from '../core/weak-spots/leaves-few.ts'
import { treeName } from '../indices/hidden.ts'
import { memory, rememberedParts, type Memory } from '../indices/remember.ts'
import { momentOf } from '../indices/moment.ts'
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
  const { page, cells, procedures, asOf } = await services.db.withTenant(
    tenantId,
    async (trx) => {
      const page = await pageScope(trx, tenantId, unitId)
      const { asOf, reading } = await momentOf(trx, tenantId, page, period, definition)
      const procedures = new Map((await allProcedures(trx, tenantId)).map((procedure) => [procedure.id, procedure]))
      return {
        page,
        procedures,
        asOf,
        cells: await readCells(trx, tenantId, page, definition, {
          period,
          compare,
          reading,
          procedureIds: [...procedures.keys()],
          fieldOf: (id) => procedures.get(id)?.field ?? '',
        }),
      }
    },
    { isolation: 'repeatable read' },
  )
  const found = findWeakSpots(cells)
  // so many cells with 10–29 answers over procedures, months and units could be played off against each other
  const wide = found.intervalOnly.filter(({ cell }) => cell.valid >= MIN_POINT)
  const few = [...found.few, ...found.intervalOnly.map(({ cell }) => cell).filter((cell) => cell.valid < MIN_POINT)]
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
    asOf: asOf.toISOString(),
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
      cells: few.length,
      examples: few
        .toSorted((a, b) => b.valid - a.valid)
        .slice(0, EXAMPLES)
        .map((cell) => ({
          ...view(cell),
          n: cell.valid,
          needed: needed(cell.valid, Math.max(MIN_POINT, cell.minimum ?? 0)),
        })),
    },
    intervalOnly: wide.slice(0, query.limit).map(({ cell, estimate }) => ({ ...view(cell), estimate })),
  }
}

/** The unit's cells with what they are compared with; what would complete a hidden cell is hidden too. */
async function readCells(
  trx: Transaction<DB>,
  tenantId: number,
  page: PageScope,
  definition: Instrument,
  span: Span,
): Promise<Cell[]> {
  const items = itemsOf(definition)
    .filter((item) => item.type === 'single')
    .map((item) => item.code)
  const here = (await readOwn(trx, tenantId, page, span, items)).sort((a, b) => a.procedureId - b.procedureId)
  const { byProcedure, byField } = await readRest(trx, tenantId, page, span, items)
  const cells = here.map((row): Cell => {
    const item = itemOf(definition, row.item)
    const favourable = favourableOptions(item)
    const same = byProcedure.get(cellKey(row))
    const similar = byField.get(`${row.item}:${span.fieldOf(row.procedureId)}`)
    const restBasis =
      total(same?.counts ?? []) >= MIN_POINT || span.compare === 'previous'
        ? ('procedure' as const)
        : ('field' as const)
    const rest = usable(restBasis === 'procedure' ? same : similar)
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
      ...(row.leavesFew ? { hidden: true } : {}),
      ...(item.minimum === undefined ? {} : { minimum: item.minimum }),
    }
  })
  const byItem = Map.groupBy(cells, (cell) => cell.item)
  return items.flatMap((item) => hideCompleting(byItem.get(item) ?? []))
}

/** A unit's own cell over a period. */
interface OwnCell extends SpotRow {
  /** What other pages show of it leaves too few of its answers. */
  leavesFew: boolean
}

function toCells(rows: SpotRow[], period: CalendarPeriod): OwnCell[] {
  const inner = innerPeriods(period)
  return [...Map.groupBy(rows, cellKey).values()].map((months) => ({
    ...sumRows(months),
    leavesFew: leavesFew(inner, new Map(months.map((one) => [one.month, total(one.counts)]))),
  }))
}

/** The unit's own cells. */
async function readOwn(
  trx: Transaction<DB>,
  tenantId: number,
  page: PageScope,
  { period, procedureIds, reading }: Span,
  items: string[],
): Promise<OwnCell[]> {
  const query = { ...monthsOf(period), unitIds: page.unitIds, items, mainOnly: true, reading, by: ['month'] as const }
  if (page.unitIds !== null) return toCells(await readSpots(trx, tenantId, query), period)
  return byProcedure(
    trx,
    tenantId,
    provinceCells,
    { name: items.join(), period, procedureIds, reading },
    async (only) => toCells(await readSpots(trx, tenantId, { ...query, procedureIds: only }), period),
  )
}

const provinceCells = memory<OwnCell[]>(3000)
const provinceKinds = memory<KindRow[]>(3000)
/** More procedures than this are read as quickly with all others. */
const FEW_PROCEDURES = 40

/** Rows of all units for a span. Those of a procedure are kept while its counts are the same. */
async function byProcedure<Row extends { procedureId: number }>(
  trx: Transaction<DB>,
  tenantId: number,
  kept: Memory<Row[]>,
  {
    name,
    period,
    procedureIds,
    reading,
  }: { name: string; period: CalendarPeriod; procedureIds: number[]; reading: Reading },
  read: (procedureIds: number[] | null) => Promise<Row[]>,
): Promise<Row[]> {
  const states = await tallyStates(trx, tenantId, monthsOf(period), reading)
  const keyOf = (id: number) =>
    states === null ? null : `${tenantId} ${id} ${period.from} ${period.to} ${states.procedureOf(id)} ${name}`
  const found = await rememberedParts(
    kept,
    procedureIds.map((part) => ({ part, key: keyOf(part) })),
    async (missing) => {
      const rows = await read(missing.length > FEW_PROCEDURES ? null : missing)
      const byId = Map.groupBy(rows, (row) => row.procedureId)
      return missing.map((id) => byId.get(id) ?? [])
    },
  )
  return found.flat()
}

/** What is looked at, and the procedures there are. */
interface Span {
  period: CalendarPeriod
  compare: Comparison
  reading: Reading
  procedureIds: number[]
  fieldOf: (procedureId: number) => string
}
interface Sum {
  counts: number[]
  /** Valid answers in parts that no page shows by themselves. */
  unseen: number
  /** Valid answers of the units that are left out: the province's sum beside this one would tell them. */
  leftOut: number
}
type Sums = ReadonlyMap<string, Sum>
interface Part {
  item: string
  procedureId: number
  kind: string
  counts: readonly number[]
  unseen: number
}

/** The same items elsewhere, by procedure and by field: the unit's previous period, or all other units. */
async function readRest(
  trx: Transaction<DB>,
  tenantId: number,
  page: PageScope,
  { period, compare, procedureIds, reading, fieldOf }: Span,
  items: string[],
): Promise<{ byProcedure: Sums; byField: Sums }> {
  const kindOf = new Map(page.units.map((unit) => [unit.id, unit.kind]))
  const isPart = (part: Part) => compare !== 'peers' || part.kind === page.unit.kind
  const fieldKey = (part: Part) => `${part.item}:${fieldOf(part.procedureId)}`
  const everywhere = (span: CalendarPeriod): Promise<Part[]> =>
    byProcedure(
      trx,
      tenantId,
      provinceKinds,
      { name: `${treeName(page.units)} ${items.join()}`, period: span, procedureIds, reading },
      (only) => readKinds(trx, tenantId, { ...monthsOf(span), items, limit: MIN_POINT, procedureIds: only, reading }),
    )
  const unitsIn = async (span: CalendarPeriod, sign: 1 | -1): Promise<Part[]> => {
    const query = { ...monthsOf(span), unitIds: page.unitIds, items, mainOnly: true, reading, by: ['unit'] as const }
    return (await readSpots(trx, tenantId, query)).map((row) => ({
      item: row.item,
      procedureId: row.procedureId,
      kind: kindOf.get(row.unitId) ?? '',
      counts: row.counts.map((count) => sign * count),
      unseen: total(row.counts) < MIN_POINT ? sign * total(row.counts) : 0,
    }))
  }
  if (compare !== 'previous' && page.unitIds === null) return { byProcedure: new Map(), byField: new Map() }
  const before = previousPeriod(period)
  const parts =
    compare === 'previous'
      ? await (page.unitIds === null ? everywhere(before) : unitsIn(before, 1))
      : // all units without the page's own, taken off exactly
        [...(await everywhere(period)), ...(await unitsIn(period, -1))]
  return {
    byProcedure: sumBy(parts, cellKey, isPart),
    byField: compare === 'previous' ? new Map() : sumBy(parts, fieldKey, isPart),
  }
}

function sumBy(parts: readonly Part[], key: (part: Part) => string, isPart: (part: Part) => boolean): Sums {
  const sums = new Map<string, Sum>()
  for (const part of parts) {
    const at = key(part)
    const sum = sums.get(at) ?? { counts: part.counts.map(() => 0), unseen: 0, leftOut: 0 }
    sums.set(at, sum)
    if (!isPart(part)) {
      sum.leftOut += total(part.counts)
      continue
    }
    part.counts.forEach((count, k) => (sum.counts[k] = (sum.counts[k] ?? 0) + count))
    sum.unseen += part.unseen
  }
  return sums
}

/** What to compare with; nothing where the cells that other pages show would leave too few of its answers. */
function usable(rest: Sum | undefined): number[] {
  return rest && !isFew(rest.unseen) && !isFew(rest.leftOut) ? rest.counts : []
}

function cellKey(row: { item: string; procedureId: number }): string {
  return `${row.item}:${row.procedureId}`
}

function sumRows(rows: SpotRow[]): SpotRow {
  const [first] = rows
  if (!first) throw new RangeError('a sum requires a row')
  const counts = first.counts.map((_, k) => rows.reduce((sum, row) => sum + (row.counts[k] ?? 0), 0))
  return { ...first, counts, na: rows.reduce((sum, row) => sum + row.na, 0) }
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
