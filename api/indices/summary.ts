import type { Transaction } from 'kysely'
import { findTenant } from '../../db/queries/accounts.ts'
import { countOverdue } from '../../db/queries/dossiers.ts'
import { currentInstrument } from '../../db/queries/instruments.ts'
import { readSums, type SumRow } from '../../db/queries/tally-sums.ts'
import { readTotals, readUnitTotals } from '../../db/queries/tally-totals.ts'
import { lineageOf, unitNames } from '../../db/queries/units.ts'
import type { DB } from '../../db/schema/tables.ts'
import { countsOf, sumByItem, validOf } from '../core/figures/counts.ts'
import { PAPI_GROUPS, unitFigures, type PapiGroup } from '../core/figures/unit-figures.ts'
import { compositeRows, widenedItems } from '../core/figures/rated.ts'
import type { Visibility } from '../core/figures/visibility.ts'
import { lateSplit } from '../core/index/qd766.ts'
import type { Published } from '../core/disclosure/publish.ts'
import { publishShare } from '../core/disclosure/publishShare.ts'
import { findItem, itemsOf, type Instrument } from '../core/instrument/definition.ts'
import { favourableOptions } from '../core/instrument/favourable.ts'
import { suppress } from '../core/stats/estimate.ts'
import { wilson } from '../core/stats/wilson.ts'
import type { CalendarPeriod } from '../core/time/period.ts'
import type { Services } from '../services.ts'
import { enteredCriteria } from './criteria.ts'
import { MERGER_DAY } from './events.ts'
import { momentOf, type Moment } from './moment.ts'
import { descendants, endOf, monthsOf, pageScope, type PageScope } from './scope.ts'

/** Everything the page of a unit shows for a period, of one moment. Every number that answers make is an Estimate under the display rule. */
export async function unitSummary(services: Services, tenantId: number, unitId: number, period: CalendarPeriod) {
  const tenant = await findTenant(services.db.shared, tenantId)
  const instrument = await currentInstrument(services.db.shared, 'dossier-rating')
  const definition = instrument?.definition as Instrument
  return services.db.withTenant(
    tenantId,
    async (trx) => {
      const page = await pageScope(trx, tenantId, unitId)
      const moment = await momentOf(trx, tenantId, page, period, definition)
      const { of: visibility, takesIn } = await moment.visibility()
      const all = await ownRows(trx, tenantId, page, period, moment)
      const everything = all.filter((row) => row.item !== '@received')
      // a unit is told of the dossiers it decides; one that only takes them in, of those
      const isOwn = (row: Row) => row.main || takesIn.has(unitId)
      const rows = everything.filter(isOwn)
      const received = all.filter((row) => row.item === '@received' && isOwn(row))
      const pendingLate = await countOverdue(trx, tenantId, page.unitIds, endOf(period, services.now()))
      const finished = [0, 1, 2, 3].map((lateness) =>
        totalOf(rows.filter((row) => row.item === '@outcome' && row.lateness === lateness)),
      )
      const items = sumByItem(rows)
      const stages = countsOf(items, '@ask').counts
      const widened = page.mainOnly ? new Set<string>() : widenedItems(everything)
      const rated = compositeRows(definition, everything, widened)
      const hiddenCodes = (part?: PapiGroup) =>
        new Set(
          itemsOf(definition)
            .map((item) => item.code)
            .filter(
              (code) => !widened.has(code) && visibility(code).reason(page.scope, period, part) === 'complementary',
            ),
        )
      const answered = stages[2] ?? 0
      const notLate = countsOf(sumByItem(rows.filter((row) => row.item === 'OVERALL' && row.lateness !== 3)), 'OVERALL')
      // with item 5.4 of QĐ 766 the options of the overall item would tell of few late dossiers
      const withheld = lateSplit(validOf(countsOf(items, 'OVERALL')), validOf(notLate)).counts ? 'OVERALL' : null
      return {
        unit: await unitView(trx, page.unit),
        sample: tenant?.sample ?? false,
        period: { kind: period.kind, from: period.from, to: period.to },
        asOf: moment.asOf.toISOString(),
        breaks:
          period.start < MERGER_DAY && MERGER_DAY < period.endExclusive
            ? [{ on: MERGER_DAY, code: 'merger' as const }]
            : [],
        counts: {
          dossiers: totalOf(received),
          finished: finished.reduce((sum, one) => sum + one, 0),
          invited: stages[0] ?? 0,
          opened: stages[1] ?? 0,
          answered,
          late: finished[3] ?? 0,
          early: finished[1] ?? 0,
          onTime: finished[2] ?? 0,
          pendingLate,
        },
        responseRate: wilson(Math.min(answered, stages[0] ?? 0), stages[0] ?? 0),
        figures: unitFigures({
          definition,
          items: new Map([...items, ...sumByItem(rated)]),
          byGroup: byGroup(rated, [...rows, ...received]),
          finished,
          pendingLate,
          overallNotLate: notLate.counts,
          entered: await enteredCriteria(trx, tenantId, unitId, period),
          hidden: hiddenCodes(),
          ratedElsewhere: widened,
          hiddenByGroup: new Map(PAPI_GROUPS.map((group) => [group, hiddenCodes(group)])),
          mergerBreak: period.start < MERGER_DAY && MERGER_DAY < period.endExclusive,
        }),
        items: itemRows(definition, rows, page, period, visibility, withheld),
        fields: fieldRows(definition, rows, received, page, period, visibility('OVERALL')),
        children: await childRows(trx, tenantId, definition, page, period, visibility('OVERALL'), takesIn, moment),
      }
    },
    { isolation: 'repeatable read' },
  )
}

type Row = SumRow

/** The page's counts. A province's are summed when they are counted. */
function ownRows(
  trx: Transaction<DB>,
  tenantId: number,
  { unitIds, mainOnly }: PageScope,
  period: CalendarPeriod,
  { reading }: Moment,
): Promise<Row[]> {
  if (unitIds === null && reading === 'counted') return readTotals(trx, tenantId, monthsOf(period))
  const by = ['field', 'group', 'lateness'] as const
  return readSums(trx, tenantId, { ...monthsOf(period), unitIds, mainOnly, reading, by })
}

const favourableOverall = (definition: Instrument) => {
  const item = findItem(definition, 'OVERALL')
  return item ? favourableOptions(item) : []
}

/** What the unit itself is rated on: items that rate it, with counts where they may be shown. */
function itemRows(
  definition: Instrument,
  rows: Row[],
  page: PageScope,
  period: CalendarPeriod,
  visibility: (item: string) => Visibility,
  withheld: string | null,
) {
  const rated = sumByItem(rows.filter((row) => row.main || row.item === 'OVERALL'))
  return itemsOf(definition).flatMap((item) => {
    const counts = countsOf(rated, item.code)
    if (item.type !== 'single' || (validOf(counts) === 0 && counts.na === 0)) return []
    const favourable = favourableOptions(item).reduce((sum, option) => sum + (counts.counts[option] ?? 0), 0)
    const shown = hide(
      publishShare(favourable, validOf(counts), item.minimum === undefined ? {} : { minimum: item.minimum }),
      visibility(item.code).reason(page.scope, period),
    )
    return [
      {
        item: item.code,
        short: item.short,
        rates: item.rates,
        estimate: shown.estimate,
        needed: shown.needed,
        counts:
          shown.stage === 'full' && item.code !== withheld
            ? { options: counts.counts.slice(0, item.options.length), na: counts.na }
            : null,
        options: item.options.map((option) => option.text),
      },
    ]
  })
}

function fieldRows(
  definition: Instrument,
  rows: Row[],
  received: Row[],
  page: PageScope,
  period: CalendarPeriod,
  visibility: Visibility,
) {
  const favourable = favourableOverall(definition)
  const fields = Map.groupBy([...rows.filter((row) => row.item === 'OVERALL'), ...received], (row) => row.field)
  return [...fields]
    .map(([field, list]) => {
      const overall = countsOf(sumByItem(list), 'OVERALL')
      const published = publishShare(
        favourable.reduce((sum, k) => sum + (overall.counts[k] ?? 0), 0),
        validOf(overall),
      )
      const shown = hide(published, visibility.reason(page.scope, period, field))
      return {
        field,
        dossiers: totalOf(list.filter((row) => row.item === '@received')),
        satisfaction: shown.estimate,
        // more answers would not show it either: months are not split by field
        needed: period.kind === 'month' ? null : shown.needed,
      }
    })
    .sort((a, b) => a.field.localeCompare(b.field, 'vi'))
}

/** The units right below as their own pages show them: each with all that its dossiers got, one with units below it with their total. */
async function childRows(
  trx: Transaction<DB>,
  tenantId: number,
  definition: Instrument,
  page: PageScope,
  period: CalendarPeriod,
  visibility: Visibility,
  takesIn: ReadonlySet<number>,
  moment: Moment,
) {
  // a national province stands above units that have no parent among them
  const isOwn = page.units.some((unit) => unit.id === page.unit.id)
  const children = page.units.filter((unit) =>
    isOwn ? unit.parentId === page.unit.id : !page.units.some((one) => one.id === unit.parentId),
  )
  const ids = children.map((unit) => unit.id)
  if (ids.length === 0 || page.scope.startsWith('unit:')) return []
  const trees = new Map(ids.map((id) => [id, [id, ...descendants(page.units, id)]]))
  const rows = await childCounts(
    trx,
    tenantId,
    page.unitIds === null ? null : [...trees.values()].flat(),
    period,
    moment,
  )
  const byUnit = Map.groupBy(rows, (row) => row.unitId)
  const names = await unitNames(trx, ids)
  const favourable = favourableOverall(definition)
  return children
    .flatMap((unit) => {
      const tree = trees.get(unit.id) ?? []
      const hasChildren = tree.length > 1
      const list = tree
        .flatMap((id) => byUnit.get(id) ?? [])
        .filter((row) => row.main || (!hasChildren && takesIn.has(unit.id)))
      if (list.length === 0) return []
      const finished = sumByItem(list)
      const overall = countsOf(finished, 'OVERALL')
      const published = publishShare(
        favourable.reduce((sum, k) => sum + (overall.counts[k] ?? 0), 0),
        validOf(overall),
      )
      const shown = hide(published, visibility.reason(hasChildren ? `tree:${unit.id}` : `unit:${unit.id}`, period))
      return [
        {
          unit: { id: unit.id, name: names.get(unit.id) ?? '', kind: unit.kind },
          dossiers: totalOf(list.filter((row) => row.item === '@received')),
          answered: countsOf(finished, '@ask').counts[2] ?? 0,
          satisfaction: shown.estimate,
          needed: shown.needed,
        },
      ]
    })
    .sort((a, b) => a.unit.name.localeCompare(b.unit.name, 'vi'))
}

function childCounts(
  trx: Transaction<DB>,
  tenantId: number,
  unitIds: number[] | null,
  period: CalendarPeriod,
  { reading }: Moment,
): Promise<Row[]> {
  if (unitIds === null && reading === 'counted') return readUnitTotals(trx, tenantId, monthsOf(period))
  const query = { items: ['OVERALL', '@received', '@ask'], reading, by: ['unit'] as const }
  return readSums(trx, tenantId, { ...monthsOf(period), unitIds, ...query })
}

async function unitView(trx: Transaction<DB>, unit: PageScope['unit']) {
  const { predecessors, successors } = await lineageOf(trx, unit.id)
  const names = await unitNames(trx, [
    ...predecessors,
    ...successors,
    ...(unit.parent_id === null ? [] : [unit.parent_id]),
  ])
  const named = (id: number) => ({ id, name: names.get(id) ?? '' })
  return {
    id: unit.id,
    name: unit.name ?? '',
    kind: unit.kind,
    validFrom: unit.valid_from,
    validTo: unit.valid_to,
    parent: unit.parent_id === null ? null : named(unit.parent_id),
    predecessors: predecessors.map(named),
    successors: successors.map(named),
  }
}

/** Only what the tree needs hidden is hidden here; too few answers is the display rule's own business. */
function hide(published: Published, reason: 'too_few' | 'complementary' | null): Published {
  if (reason !== 'complementary' || published.stage === 'hidden') return published
  return { estimate: suppress(published.estimate, 'complementary'), stage: 'hidden', needed: null }
}

/** Counts by PAPI group; a group is there when the unit handles a procedure of it, answered or not. */
function byGroup(rated: Row[], handled: Row[]): ReadonlyMap<PapiGroup, ReturnType<typeof sumByItem>> {
  return new Map(
    PAPI_GROUPS.flatMap((group) => {
      const inGroup = (row: Row) => row.papiGroup === group
      return handled.some(inGroup) ? [[group, sumByItem(rated.filter(inGroup))] as const] : []
    }),
  )
}

function totalOf(rows: Row[]): number {
  return rows.reduce((sum, row) => sum + (row.counts[0] ?? 0), 0)
}
