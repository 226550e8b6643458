import type { Transaction } from 'kysely'
import {
  giveRoom,
  readAnswerLines,
  readRegisterClasses,
  type RegisterClass,
} from '../../../db/queries/index-answers.ts'
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
 * Reads months of one year, at least one. Must run in a repeatable-read transaction, so that all is of one moment. While the database looks
 * for one month the one before is packed.
 */
export async function collect(trx: Transaction<DB>, tenantId: number, months: readonly string[]): Promise<Collected> {
  const builder = new AnswerBookBuilder()
  const spans = months.flatMap((month) => calendarPeriod(month, month) ?? [])
  await giveRoom(trx)
  const read = (span: CalendarPeriod | undefined) => (span === undefined ? null : readAnswerLines(trx, tenantId, span))
  let next = read(spans[0])
  for (const [k, span] of spans.entries()) {
    const lines = (await next) ?? []
    next = read(spans[k + 1])
    builder.add(span.from, lines)
  }
  const [first, last] = [spans[0], spans.at(-1)]
  if (first === undefined || last === undefined) throw new RangeError('collect requires a month')
  const days = { start: first.start, endExclusive: last.endExclusive }
  const classes = await readRegisterClasses(trx, tenantId, days)
  const stages = await readSums(trx, tenantId, {
    fromMonth: first.start,
    toMonth: last.start,
    unitIds: null,
    items: ['@outcome', '@ask', 'OVERALL'],
    by: ['unit', 'month', 'lateness'],
  })
  return { book: builder.build(), register: Map.groupBy(classes, ({ month }) => month), stages }
}
