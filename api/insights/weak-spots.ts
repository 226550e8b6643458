import { findTenant } from '../../db/queries/accounts.ts'
import { allProcedures } from '../../db/queries/dossiers.ts'
import { currentInstrument } from '../../db/queries/instruments.ts'
import { MIN_POINT } from '../core/disclosure/thresholds.ts'
import { findItem, type Instrument, type InstrumentItem } from '../core/instrument/definition.ts'
import { needed } from '../core/stats/needed.ts'
import { previousPeriod, type CalendarPeriod } from '../core/time/period.ts'
import {
  compareCell,
  FALSE_DISCOVERY_RATE,
  findWeakSpots,
  type CellComparison,
  type WeakSpots,
} from '../core/weak-spots/find.ts'
import { treeName } from '../indices/hidden.ts'
import { momentOf } from '../indices/moment.ts'
import { memory } from '../indices/remember.ts'
import { pageScope } from '../indices/scope.ts'
import { sha256, toHex } from '../invitations/token.ts'
import type { Services } from '../services.ts'
import { readCells, type Cell, type Comparison } from './cells.ts'
import { spotSpan } from './spots.ts'

const EXAMPLES = 10
/** As many as a page can have. */
const MOST_SHOWN = 200

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
  const { page, found, procedures, asOf } = await services.db.withTenant(
    tenantId,
    async (trx) => {
      const page = await pageScope(trx, tenantId, unitId)
      const { asOf, reading } = await momentOf(trx, tenantId, page, period, definition)
      const list = await allProcedures(trx, tenantId)
      const span = await spotSpan(trx, tenantId, period, reading)
      const before = compare === 'previous' ? await spotSpan(trx, tenantId, previousPeriod(period), reading) : null
      const states = [span, before].flatMap((one) => (one === null ? [] : [one.states?.all ?? null]))
      const fields = list.map(({ id, field }) => [id, field] as const)
      const basis = [definition.code, definition.version, treeName(page.units), toHex(sha256(fields.join()))]
      // null: the counts have no name yet
      const key = states.includes(null)
        ? null
        : [tenantId, unitId, compare, period.from, period.to, ...basis, ...states].join(' ')
      const known = key === null ? undefined : findings.get(key)
      const find = async () => {
        const cells = await readCells(trx, tenantId, page, definition, {
          span,
          before,
          compare,
          fields: new Map(fields),
        })
        const found = shortened(findWeakSpots(cells, compared))
        return key === null ? found : findings.set(key, found)
      }
      return { page, procedures: new Map(list.map((one) => [one.id, one])), asOf, found: known ?? (await find()) }
    },
    { isolation: 'repeatable read' },
  )
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
      cells: found.few,
      examples: found.examples.map((cell) => ({
        ...view(cell),
        n: cell.valid,
        needed: needed(cell.valid, Math.max(MIN_POINT, cell.minimum ?? 0)),
      })),
    },
    intervalOnly: found.wide.slice(0, query.limit).map(({ cell, estimate }) => ({ ...view(cell), estimate })),
  }
}

/** What of a comparison a page shows: of thousands of cells a few. */
interface Findings extends Pick<WeakSpots<Cell>, 'weak' | 'tested' | 'unmatched'> {
  /** How many cells have too few answers for a figure. */
  few: number
  /** Those of them with the most answers. */
  examples: Cell[]
  wide: WeakSpots<Cell>['intervalOnly']
}
/** Under the name of the counts, the units and the questions on which they rest. */
const findings = memory<Findings>(300)

/** Cells of a province that have not changed are the same ones on its next page. */
const comparisons = new WeakMap<Cell, CellComparison>()

function compared(cell: Cell): CellComparison {
  const known = comparisons.get(cell) ?? compareCell(cell)
  comparisons.set(cell, known)
  return known
}

function shortened({ weak, tested, unmatched, few, intervalOnly }: WeakSpots<Cell>): Findings {
  // so many cells with 10–29 answers over procedures, months and units could be played off against each other
  const wide = intervalOnly.filter(({ cell }) => cell.valid >= MIN_POINT)
  const allFew = [...few, ...intervalOnly.map(({ cell }) => cell).filter((cell) => cell.valid < MIN_POINT)]
  return {
    weak,
    tested,
    unmatched,
    few: allFew.length,
    examples: allFew.toSorted((a, b) => b.valid - a.valid).slice(0, EXAMPLES),
    wide: wide.slice(0, MOST_SHOWN),
  }
}

function itemOf(definition: Instrument, code: string): InstrumentItem {
  const item = findItem(definition, code)
  if (!item) throw new RangeError('tallied item is not in the instrument')
  return item
}

function procedureView(procedure: { id: number; code: string; name: string } | undefined) {
  return { id: procedure?.id ?? 0, code: procedure?.code ?? '', name: procedure?.name ?? '' }
}
