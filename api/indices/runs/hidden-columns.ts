import type { Transaction } from 'kysely'
import { yearStates } from '../../../db/queries/tally-states.ts'
import type { DB } from '../../../db/schema/tables.ts'
import type { Visibility } from '../../core/figures/visibility.ts'
import type { RunColumn } from '../../core/index/run/columns.ts'
import type { Instrument } from '../../core/instrument/definition.ts'
import type { PublicScope } from '../../core/publication/scopes.ts'
import type { CalendarPeriod } from '../../core/time/period.ts'
import { visibilityByItem } from '../hidden.ts'
import type { PageScope } from '../scope.ts'

/**
 * Which columns of which scope the tree of units or the calendar needs hidden: decided as for every other page of the office, so
 * that no page shows what another one hides.
 */
export async function hiddenColumns(
  trx: Transaction<DB>,
  tenantId: number,
  page: Pick<PageScope, 'units'>,
  period: CalendarPeriod,
  definition: Instrument,
): Promise<{
  hidden: (scope: PublicScope, columns: readonly RunColumn[]) => boolean[]
  /** Whether what was said of a unit itself in a column is shown. */
  isShown: (unit: number, column: RunColumn) => boolean
  hidesOverall: (scope: PublicScope) => boolean
}> {
  const states = await yearStates(trx, tenantId, period.from.slice(0, 4), 'live')
  const { main: decide, takesIn } = await visibilityByItem(trx, tenantId, page, period, definition, {
    states,
    reading: 'live',
  })
  const decided = new Map<string, Visibility>()
  const main = (item: string): Visibility => {
    const known = decided.get(item) ?? decide(item)
    decided.set(item, known)
    return known
  }
  // its page tells of the dossiers that it took in, and the difference would be a few of other units' answers
  const isShared = (item: string, { unit, scope }: PublicScope) =>
    item === 'OVERALL' && takesIn.has(unit) && scope === `unit:${unit}`
  const hides = (item: string, scope: PublicScope, part?: string) =>
    isShared(item, scope) || main(item).reason(scope.scope, period, part) === 'complementary'
  return {
    hidden: (scope, columns) =>
      columns.map(({ source, procedures }) => hides(source.item, scope, procedures ?? undefined)),
    isShown: (unit, { source, procedures }) =>
      main(source.item).reason(`unit:${unit}`, period, procedures ?? undefined) === null,
    hidesOverall: (scope) => hides('OVERALL', scope),
  }
}
