import type { Transaction } from 'kysely'
import { allProcedures } from '../../db/queries/dossiers.ts'
import { criteriaByUnit, overdueByUnit, unitsToFreeze } from '../../db/queries/publications.ts'
import { readTallies, type TallyRow } from '../../db/queries/tallies.ts'
import { findUnit } from '../../db/queries/units.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { Instrument } from '../core/instrument/definition.ts'
import { countedItems, FAMILIES, type Family } from '../core/publication/family.ts'
import type { InputCell, InputUnit, MonthRow, RegisterCounts } from '../core/publication/inputs.ts'
import { publicScopes, type PublicScope } from '../core/publication/scopes.ts'
import type { CalendarPeriod } from '../core/time/period.ts'
import { ENTERED_CRITERIA } from '../indices/criteria.ts'
import { FINISHED } from '../indices/events.ts'
import { monthsOf } from '../indices/scope.ts'

/** What is counted now for a period: everything a run's inputs need from the database. */
export interface Counted {
  units: InputUnit[]
  provinceId: number | null
  scopes: PublicScope[]
  cells: InputCell[]
  register: RegisterCounts[]
  months: Record<string, MonthRow[]>
}

/** Counts all units of a tenant for a period. Must run in a repeatable-read transaction, so that all is of one moment. */
export async function countForRun(
  trx: Transaction<DB>,
  tenantId: number,
  definition: Instrument,
  period: CalendarPeriod,
  overdueAt: Date,
): Promise<Counted> {
  const { units, provinceId } = await freezeUnits(trx, tenantId, period)
  const own = units.filter((unit) => unit.id !== provinceId)
  const listed = new Set(units.filter((unit) => unit.listed).map((unit) => unit.id))
  const scopes = publicScopes(own, provinceId).filter((scope) => listed.has(scope.unit))
  const span = { ...monthsOf(period), unitIds: null }
  const procedures = await allProcedures(trx, tenantId)
  const groupIds = (group: string) => procedures.filter((one) => one.papi_group === group).map((one) => one.id)
  const received = await readTallies(trx, tenantId, { ...span, items: ['@received'], by: ['unit', 'procedure'] })
  const asked = await readTallies(trx, tenantId, { ...span, events: FINISHED, items: ['@ask'], by: ['unit'] })
  const classes = await readTallies(trx, tenantId, {
    ...span,
    events: FINISHED,
    items: ['OVERALL', '@outcome'],
    by: ['unit', 'lateness'],
  })
  const overdue = await overdueByUnit(trx, tenantId, overdueAt)
  const entered = await enteredByUnit(trx, tenantId, period)
  const cells: InputCell[] = []
  for (const family of FAMILIES) {
    const inGroup = family.group === null ? null : new Set(groupIds(family.group))
    const rows = await readTallies(trx, tenantId, {
      ...span,
      events: FINISHED,
      items: countedItems(definition, family),
      procedureIds: inGroup === null ? null : [...inGroup],
      by: ['unit'],
    })
    const taken = received.filter((row) => inGroup?.has(row.procedureId) ?? true)
    for (const scope of scopes) {
      cells.push({
        unit: scope.unit,
        family: family.code,
        source: null,
        withheld: false,
        items: itemCounts(within(rows, scope)),
        handled: within(rows, scope).length > 0 || within(taken, scope).length > 0,
        ...familyExtras(family, scope, { classes, overdue, entered }),
      })
    }
  }
  return {
    units,
    provinceId,
    scopes,
    cells,
    register: scopes.map((scope) => registerOf(scope, received, asked)),
    months: await monthRows(trx, tenantId, period, new Map(procedures.map((one) => [one.id, one.field]))),
  }
}

/** All units, so that the tree is whole; listed are those that existed in the period, and the province above them. */
export async function freezeUnits(trx: Transaction<DB>, tenantId: number, period: CalendarPeriod) {
  const rows = await unitsToFreeze(trx, tenantId)
  const own = new Set(rows.map((row) => row.id))
  const units = rows.map((row): InputUnit => {
    const existed =
      (row.valid_from === null || row.valid_from < period.endExclusive) &&
      (row.valid_to === null || row.valid_to > period.start)
    return { id: row.id, kind: row.kind, parentId: row.parent_id, name: row.name, listed: existed }
  })
  const above = rows.map((row) => row.parent_id).find((id) => id !== null && !own.has(id))
  const found = above ? await findUnit(trx, above) : undefined
  if (found?.kind !== 'province' || rows.some((row) => row.kind === 'province')) return { units, provinceId: null }
  const province: InputUnit = { id: found.id, kind: found.kind, parentId: null, name: found.name ?? '', listed: true }
  return { units: [...units, province].sort((a, b) => a.id - b.id), provinceId: found.id }
}

/** Rows of a scope: a total counts every answer once, a unit alone all that its dossiers got. */
function within(rows: readonly TallyRow[], { scope, members }: PublicScope): TallyRow[] {
  const inside = members === null ? null : new Set(members)
  const alone = scope.startsWith('unit:')
  return rows.filter((row) => (inside?.has(row.unitId) ?? true) && (alone || row.main))
}

function itemCounts(rows: readonly TallyRow[]): Record<string, number[]> {
  const sums: Record<string, number[]> = {}
  for (const row of rows) {
    const sum = (sums[row.item] ??= Array.from({ length: 10 }, () => 0))
    ;[...row.counts, row.na].forEach((count, k) => (sum[k] = (sum[k] ?? 0) + count))
  }
  return sums
}

function familyExtras(
  family: Family,
  scope: PublicScope,
  all: {
    classes: readonly TallyRow[]
    overdue: ReadonlyMap<number, number>
    entered: ReadonlyMap<number, Record<string, number>>
  },
): Pick<InputCell, 'finished' | 'pendingLate' | 'overallNotLate' | 'entered'> {
  const classes = within(all.classes, scope)
  const outcomes = (lateness: number) =>
    classes
      .filter((row) => row.item === '@outcome' && row.lateness === lateness)
      .reduce((sum, row) => sum + (row.counts[0] ?? 0), 0)
  const notLate = classes.filter((row) => row.item === 'OVERALL' && row.lateness !== 3)
  const members = scope.members ?? [...all.overdue.keys()]
  const overall = family.code === 'overall'
  return {
    finished: overall || family.code === 'tt01' ? [0, 1, 2, 3].map(outcomes) : [],
    pendingLate: overall ? members.reduce((sum, unit) => sum + (all.overdue.get(unit) ?? 0), 0) : 0,
    overallNotLate: overall ? (itemCounts(notLate).OVERALL ?? []).slice(0, 9) : [],
    entered: family.code === 'tt01' ? (all.entered.get(scope.unit) ?? null) : null,
  }
}

async function enteredByUnit(trx: Transaction<DB>, tenantId: number, period: CalendarPeriod) {
  const rows = await criteriaByUnit(trx, tenantId, monthsOf(period))
  const byUnit = Map.groupBy(rows, (row) => row.unit_id)
  return new Map(
    [...byUnit].flatMap(([unit, list]) => {
      const points = Object.fromEntries(list.map((row) => [row.criterion, row.points]))
      return ENTERED_CRITERIA.every((criterion) => criterion in points) ? [[unit, points] as const] : []
    }),
  )
}

function registerOf(scope: PublicScope, received: readonly TallyRow[], asked: readonly TallyRow[]): RegisterCounts {
  const stages = itemCounts(within(asked, scope))['@ask'] ?? []
  return {
    unit: scope.unit,
    dossiers: within(received, scope).reduce((sum, row) => sum + (row.counts[0] ?? 0), 0),
    invited: stages[0] ?? 0,
    opened: stages[1] ?? 0,
    answered: stages[2] ?? 0,
  }
}

/** Valid answers of every published item over the calendar year, the overall one by field too: as the office decides what it hides. */
async function monthRows(
  trx: Transaction<DB>,
  tenantId: number,
  period: CalendarPeriod,
  fieldOf: ReadonlyMap<number, string>,
): Promise<Record<string, MonthRow[]>> {
  const year = period.from.slice(0, 4)
  const query = {
    fromMonth: `${year}-01-01`,
    toMonth: `${year}-12-01`,
    unitIds: null,
    mainOnly: true,
    events: FINISHED,
  }
  const items = [...new Set(FAMILIES.flatMap((family) => family.items))]
  const others = items.filter((item) => item !== 'OVERALL')
  const plain = await readTallies(trx, tenantId, { ...query, items: others, by: ['unit', 'month'] })
  const overall = await readTallies(trx, tenantId, {
    ...query,
    items: ['OVERALL'],
    by: ['unit', 'month', 'procedure'],
  })
  const validOf = (row: TallyRow) => row.counts.reduce((sum, count) => sum + count, 0)
  const byField = Map.groupBy(overall, (row) =>
    JSON.stringify([row.unitId, row.month, fieldOf.get(row.procedureId) ?? '']),
  )
  const fields = [...byField].map(([key, rows]): MonthRow => {
    const [unit, month, field] = JSON.parse(key) as [number, string, string]
    return [unit, month, rows.reduce((sum, row) => sum + validOf(row), 0), field]
  })
  const byItem = Map.groupBy(plain, (row) => row.item)
  const sorted = (rows: MonthRow[]) => rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  return Object.fromEntries([
    ['OVERALL', sorted(fields)],
    ...[...byItem].map(([item, rows]) => [item, sorted(rows.map((row) => [row.unitId, row.month, validOf(row)]))]),
  ]) as Record<string, MonthRow[]>
}
