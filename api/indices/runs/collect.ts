import type { Transaction } from 'kysely'
import { readAnswerLines, readRegisterClasses, type RegisterClass } from '../../../db/queries/index-answers.ts'
import { readSums, type SumRow } from '../../../db/queries/tally-sums.ts'
import type { DB } from '../../../db/schema/tables.ts'
import { AnswerBookBuilder, type AnswerBook } from '../../core/index/run/answer-book.ts'
import { calendarPeriod, type CalendarPeriod } from '../../core/time/period.ts'

/** What the database holds of some months of one year: answers, the register, and whom we asked. */
export interface Collected {
  readonly book: AnswerBook
  /** Finished dossiers by class of the register, by month `YYYY-MM`. */
  readonly register: ReadonlyMap<string, readonly RegisterClass[]>
  /** Finished dossiers (`@outcome`), asks (`@ask`) and overall answers by unit, month and lateness. */
  readonly stages: readonly SumRow[]
}

/** The months of periods, each once, in order. */
export function monthsIn(periods: readonly CalendarPeriod[]): string[] {
  const months = new Set<string>()
  for (const { from, to } of periods) {
    const [year = '', first = ''] = from.split('-')
    const last = Number(to.slice(5))
    for (let month = Number(first); month <= last; month += 1) months.add(`${year}-${String(month).padStart(2, '0')}`)
  }
  return [...months].sort()
}

/**
 * Reads months of one year. Must run in a repeatable-read transaction, so that all is of one moment. While the database looks
 * for one month the one before is packed.
 */
export async function collect(trx: Transaction<DB>, tenantId: number, months: readonly string[]): Promise<Collected> {
  const builder = new AnswerBookBuilder()
  const register = new Map<string, RegisterClass[]>()
  const read = (month: string | undefined) => {
    const span = month === undefined ? null : calendarPeriod(month, month)
    return span === null
      ? null
      : Promise.all([readAnswerLines(trx, tenantId, span), readRegisterClasses(trx, tenantId, span)])
  }
  let next = read(months[0])
  for (const [k, month] of months.entries()) {
    const [lines, classes] = (await next) ?? [[], []]
    next = read(months[k + 1])
    builder.add(month, lines)
    register.set(month, classes)
  }
  const stages = await readSums(trx, tenantId, {
    fromMonth: `${months[0]}-01`,
    toMonth: `${months.at(-1)}-01`,
    unitIds: null,
    items: ['@outcome', '@ask', 'OVERALL'],
    by: ['unit', 'month', 'lateness'],
  })
  return { book: builder.build(), register, stages }
}
