import type { Transaction } from 'kysely'
import { criteriaByUnit, overdueByUnit } from '../../../db/queries/publications.ts'
import type { DB } from '../../../db/schema/tables.ts'
import type { RunColumn } from '../../core/index/run/columns.ts'
import { isAlone, scopeAnswers } from '../../core/index/run/scope-answers.ts'
import { OTHER_FIELDS, type UnitBasis } from '../../core/index/run/unit-inputs.ts'
import type { Instrument } from '../../core/instrument/definition.ts'
import { ownUnits } from '../../core/publication/scores.ts'
import { publicScopes } from '../../core/publication/scopes.ts'
import type { CalendarPeriod } from '../../core/time/period.ts'
import { freezeUnits } from '../../publications/freeze.ts'
import { canonicalHash } from '../../publications/inputs.ts'
import { endOf, monthsOf } from '../scope.ts'
import { monthsIn, type Collected } from './collect.ts'
import { hiddenColumns } from './hidden-columns.ts'
import { periodRegister } from './register.ts'

/** What is known of all units in a period, whatever the edition. */
export interface PeriodBasis {
  readonly units: readonly UnitBasis[]
  /** Units that are shown with units below them. */
  readonly totals: ReadonlySet<number>
  readonly unitsSha256: string
  /** Fields of procedures, and last the rest. */
  readonly groups: readonly string[]
  readonly answers: number
}

/** What only the database knows of a period. */
export type PeriodReading = Awaited<ReturnType<typeof readPeriod>>

/** Reads what a period's runs need beside the answers. */
export async function readPeriod(
  trx: Transaction<DB>,
  tenantId: number,
  { period, instrument, now }: { period: CalendarPeriod; instrument: Instrument; now: Date },
) {
  const frozen = await freezeUnits(trx, tenantId, period)
  const own = ownUnits(frozen)
  return {
    period,
    frozen,
    own,
    visible: await hiddenColumns(trx, tenantId, { units: [...own] }, period, instrument),
    overdue: await overdueByUnit(trx, tenantId, endOf(period, now)),
    criteria: await enteredCriteria(trx, tenantId, period),
  }
}

/** Puts together what a period's runs rest on. */
export function periodBasis(
  { period, frozen, own, visible, overdue, criteria }: PeriodReading,
  collected: Collected,
  columns: readonly RunColumn[],
): PeriodBasis {
  const months = monthsIn([period])
  const listed = new Map(frozen.units.filter((unit) => unit.listed).map((unit) => [unit.id, unit]))
  const scopes = publicScopes(own, frozen.provinceId).filter(({ unit }) => listed.has(unit))
  const register = months.flatMap((month) => collected.register.get(month) ?? [])
  const ids = own.map(({ id }) => id)
  const isShown = (unit: number, column: number) => {
    const found = columns[column]
    return found !== undefined && visible.isShown(unit, found)
  }
  // a month is too short to tell of dossiers that two units share
  const widen = period.kind === 'month' ? null : isShown
  const said = scopeAnswers(collected.book, months, columns, register, ids, scopes, widen)
  const registered = periodRegister(collected.stages, months, overdue, criteria)
  return {
    units: said.scopes.flatMap(({ scope, ...answers }): UnitBasis[] => {
      const unit = listed.get(scope.unit)
      if (unit === undefined) return []
      const { id, name, kind, parentId } = unit
      const { figures, ...counts } = registered(scope, visible.hidesOverall(scope))
      const named = { unit: id, name, kind, parentId, ...counts }
      return [{ ...answers, unit: named, hidden: visible.hidden(scope, columns), register: figures }]
    }),
    totals: new Set(scopes.filter((scope) => !isAlone(scope)).map(({ unit }) => unit)),
    unitsSha256: canonicalHash(frozen.units),
    groups: [...said.fields, OTHER_FIELDS],
    answers: said.answers,
  }
}

/** Criteria of TT 01/2018 entered for a period, by unit. */
async function enteredCriteria(trx: Transaction<DB>, tenantId: number, period: CalendarPeriod) {
  const rows = await criteriaByUnit(trx, tenantId, monthsOf(period))
  return new Map(
    [...Map.groupBy(rows, (row) => row.unit_id)].map(([unit, list]) => [
      unit,
      Object.fromEntries(list.map((row) => [row.criterion, row.points])),
    ]),
  )
}
