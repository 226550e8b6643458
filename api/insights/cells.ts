import type { Transaction } from 'kysely'
import type { DB } from '../../db/schema/tables.ts'
import { complementary } from '../core/disclosure/complementary.ts'
import { MIN_POINT, MIN_SHOW } from '../core/disclosure/thresholds.ts'
import { favourableOptions } from '../core/instrument/favourable.ts'
import { itemsOf, type Instrument, type InstrumentItem } from '../core/instrument/definition.ts'
import type { WeakSpotCell } from '../core/weak-spots/find.ts'
import { isFew } from '../core/weak-spots/leaves-few.ts'
import { memory } from '../indices/remember.ts'
import type { PageScope } from '../indices/scope.ts'
import { add, zeros, type ProcedureSpots, type Spots } from './add-up.ts'
import { spotsOfProvince, spotsOfUnits, type SpotSpan } from './spots.ts'

export type Comparison = 'previous' | 'province' | 'peers'
export interface Cell extends WeakSpotCell {
  na: number
  options: readonly number[]
  /** The rest is the same procedure elsewhere or, where nobody else has it, the other procedures of its field elsewhere. */
  restBasis: 'procedure' | 'field'
}
/** What is looked at. */
export interface Compared {
  span: SpotSpan
  /** The period before, when that is what it is compared with. */
  before: SpotSpan | null
  compare: Comparison
  /** The fields of all procedures. */
  fields: ReadonlyMap<number, string>
}

/** The unit's cells with what they are compared with; what would complete a hidden cell is hidden too. */
export async function readCells(
  trx: Transaction<DB>,
  tenantId: number,
  page: PageScope,
  definition: Instrument,
  compared: Compared,
): Promise<Cell[]> {
  const spotsIn = (span: SpotSpan): Promise<Spots> =>
    page.unitIds === null
      ? spotsOfProvince(trx, tenantId, page, [...compared.fields.keys()], span)
      : spotsOfUnits(trx, tenantId, page, page.unitIds, span)
  const here = await spotsIn(compared.span)
  const rest = await readRest(trx, tenantId, page, compared, here, spotsIn)
  const items = itemsOf(definition).filter((item) => item.type === 'single')
  const measures = items.map((item) => ({ item, favourable: favourableOptions(item) }))
  const name = `${definition.code} ${definition.version} ${compared.compare}`
  const cells = [...here]
    .sort(([a], [b]) => a - b)
    .map(([id, spots]) =>
      rememberedCells(name, spots, rest.madeFrom(id), () =>
        measures.map((measure) => cellOf(measure, id, spots, rest, compared)),
      ),
    )
  return measures.flatMap((_, at) => hideCompleting(cells.flatMap((ofProcedure) => ofProcedure[at] ?? [])))
}

type ProcedureCells = readonly (Cell | null)[]
interface KnownCells {
  name: string
  other: ProcedureSpots
  cells: ProcedureCells
}
const knownCells = new WeakMap<ProcedureSpots, KnownCells>()

/** The cells that were made before of just these spots of a province, or those made now. */
function rememberedCells(
  name: string,
  spots: ProcedureSpots,
  other: ProcedureSpots | null,
  make: () => ProcedureCells,
): ProcedureCells {
  if (other === null) return make()
  const known = knownCells.get(spots)
  if (known?.name === name && known.other === other) return known.cells
  const cells = make()
  knownCells.set(spots, { name, other, cells })
  return cells
}

interface Sum {
  counts: number[]
  /** Valid answers in parts that no page shows by themselves. */
  unseen: number
  /** Valid answers of the units that are left out: the province's sum beside this one would tell them. */
  leftOut: number
}
/** The same item elsewhere: in the unit's previous period, or in all other units. */
interface Rest {
  atProcedure: (item: string, procedureId: number) => Sum
  inField: (item: string, procedureId: number) => Sum
  /** Of a province: the only spots of which a procedure's rest is made. */
  madeFrom: (procedureId: number) => ProcedureSpots | null
}
const notKept = () => null

function cellOf(
  { item, favourable }: { item: InstrumentItem; favourable: readonly number[] },
  procedureId: number,
  spots: ProcedureSpots,
  rest: Rest,
  { compare }: Compared,
): Cell | null {
  const own = spots.get(item.code)
  if (own === undefined) return null
  const same = rest.atProcedure(item.code, procedureId)
  const restBasis = total(same.counts) >= MIN_POINT || compare === 'previous' ? 'procedure' : 'field'
  const other = usable(restBasis === 'procedure' ? same : rest.inField(item.code, procedureId))
  return {
    item: item.code,
    procedureId,
    favourable: chosen(own.counts, favourable),
    valid: total(own.counts),
    restFavourable: chosen(other, favourable),
    restValid: total(other),
    restBasis,
    na: own.na,
    options: own.counts.slice(0, item.options.length),
    ...(own.leavesFew ? { hidden: true } : {}),
    ...(item.minimum === undefined ? {} : { minimum: item.minimum }),
  }
}

async function readRest(
  trx: Transaction<DB>,
  tenantId: number,
  page: PageScope,
  { span, before, compare, fields }: Compared,
  here: Spots,
  spotsIn: (span: SpotSpan) => Promise<Spots>,
): Promise<Rest> {
  const isPart = (kind: string) => compare !== 'peers' || kind === page.unit.kind
  if (before !== null) {
    const earlier = await spotsIn(before)
    const atProcedure = (item: string, id: number) => sumOf(item, [[earlier, [id], 1]], isPart)
    const madeFrom = (id: number) => (page.unitIds === null ? (earlier.get(id) ?? null) : null)
    return { atProcedure, inField: atProcedure, madeFrom }
  }
  if (page.unitIds === null) {
    const nothing = () => sumOf('', [], isPart)
    return { atProcedure: nothing, inField: nothing, madeFrom: notKept }
  }
  const fieldOf = (id: number) => fields.get(id) ?? ''
  const ownFields = new Set([...here.keys()].map(fieldOf))
  const ids = [...fields.keys()].filter((id) => ownFields.has(fieldOf(id)))
  const everywhere = await spotsOfProvince(trx, tenantId, page, ids, span)
  const byField = Map.groupBy(ids, fieldOf)
  // all units without the page's own, taken off exactly
  const elsewhere = (item: string, list: readonly number[]) =>
    sumOf(
      item,
      [
        [everywhere, list, 1],
        [here, list, -1],
      ],
      isPart,
    )
  const inFields = new Map<string, Sum>()
  return {
    atProcedure: (item, id) => elsewhere(item, [id]),
    madeFrom: notKept,
    inField: (item, id) => {
      const key = `${item} ${fieldOf(id)}`
      const known = inFields.get(key) ?? elsewhere(item, byField.get(fieldOf(id)) ?? [])
      inFields.set(key, known)
      return known
    },
  }
}

function sumOf(
  item: string,
  lists: readonly (readonly [spots: Spots, procedureIds: readonly number[], sign: 1 | -1])[],
  isPart: (kind: string) => boolean,
): Sum {
  const sum: Sum = { counts: zeros(), unseen: 0, leftOut: 0 }
  for (const [spots, procedureIds, sign] of lists)
    for (const id of procedureIds)
      for (const { kind, counts, unseen } of spots.get(id)?.get(item)?.kinds ?? []) {
        if (!isPart(kind)) {
          sum.leftOut += sign * total(counts)
          continue
        }
        add(sum.counts, counts, sign)
        sum.unseen += sign * unseen
      }
  return sum
}

/** What to compare with; nothing where the cells that other pages show would leave too few of its answers. */
function usable({ counts, unseen, leftOut }: Sum): readonly number[] {
  return isFew(unseen) || isFew(leftOut) ? [] : counts
}

const completing = memory<ReadonlySet<number>>(200)

/** The unit's total of an item is on its page, so the cells shown must not leave a remainder that is too small. */
function hideCompleting(cells: Cell[]): Cell[] {
  if (cells.length === 0) return cells
  const valid = cells.map((cell) => cell.valid)
  const key = valid.join()
  const hidden = completing.get(key) ?? completing.set(key, thatComplete(valid))
  return cells.map((cell, at) => (hidden.has(at) ? { ...cell, hidden: true } : cell))
}

/** Places of the parts that must be hidden beside their sum. */
function thatComplete(valid: readonly number[]): Set<number> {
  const parts = valid.map((n, at) => ({ id: String(at), n }))
  const hidden = complementary(
    [{ id: 'total', n: total(valid) }, ...parts],
    [{ total: 'total', parts: parts.map(({ id }) => id) }],
    MIN_SHOW,
  )
  return new Set(parts.flatMap(({ id }, at) => (hidden.get(id) === 'complementary' ? [at] : [])))
}

function chosen(counts: readonly number[], options: readonly number[]): number {
  return options.reduce((sum, option) => sum + (counts[option] ?? 0), 0)
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}
