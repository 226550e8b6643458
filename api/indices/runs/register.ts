import { registerFigures, type RegisterFigure } from '../../core/index/run/register.ts'
import type { PublicScope } from '../../core/publication/scopes.ts'
import type { Collected } from './collect.ts'

/** What the register says of a scope: how many dossiers, who was asked, and figures that editions take. */
export interface ScopeRegister {
  readonly dossiers: number
  readonly invited: number
  readonly answered: number
  readonly figures: ReadonlyMap<string, RegisterFigure>
}

/**
 * The register of a period by scope. A total counts every dossier once, at the unit that decides; a unit that decides none
 * tells of those that it took in.
 * @param overdue unfinished dossiers past their due date, by unit
 * @param entered criteria of TT 01/2018 entered for the period, by unit
 */
export function periodRegister(
  stages: Collected['stages'],
  months: readonly string[],
  overdue: ReadonlyMap<number, number>,
  entered: ReadonlyMap<number, Readonly<Record<string, number>>>,
): (scope: PublicScope, hideOverall: boolean) => ScopeRegister {
  const inside = new Set(months.map((month) => `${month}-01`))
  const byUnit = Map.groupBy(
    stages.filter((row) => inside.has(row.month)),
    (row) => row.unitId,
  )
  return ({ unit, scope, members }, hideOverall) => {
    const ids = members ?? [...byUnit.keys()]
    const all = ids.flatMap((id) => byUnit.get(id) ?? [])
    const main = all.filter((row) => row.main)
    const rows = Map.groupBy(scope.startsWith('unit:') && main.length === 0 ? all : main, (row) => row.item)
    const counts = (item: string, lateness?: (late: number) => boolean): number[] => {
      const sum = Array.from({ length: 9 }, () => 0)
      for (const row of rows.get(item) ?? []) {
        if (lateness?.(row.lateness) === false) continue
        row.counts.forEach((count, k) => (sum[k] = (sum[k] ?? 0) + count))
      }
      return sum
    }
    const finished = [0, 1, 2, 3].map((late) => counts('@outcome', (one) => one === late)[0] ?? 0)
    const [invited = 0, , answered = 0] = counts('@ask')
    return {
      dossiers: finished.reduce((sum, n) => sum + n, 0),
      invited,
      answered: Math.min(invited, answered),
      figures: registerFigures(
        {
          finished,
          pendingLate: (members ?? [...overdue.keys()]).reduce((sum, id) => sum + (overdue.get(id) ?? 0), 0),
          overall: counts('OVERALL'),
          overallNotLate: counts('OVERALL', (late) => late !== 3),
          entered: entered.get(unit) ?? {},
        },
        hideOverall,
      ),
    }
  }
}
