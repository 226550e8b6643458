import type { Session } from '../backup/session.ts'
import { literal } from './literal.ts'

/** A month (`YYYY-MM`) and instrument, and how many answers that count were asked for. */
export interface AnsweredMonth {
  month: string
  instrument: number
  n: number
}

/** Months and instruments with answers that count, the first month first. */
export function answeredMonths({ sql }: Session, tenantId: number) {
  return sql<AnsweredMonth[]>`
    select to_char(asked_on, 'YYYY-MM') as month, instrument, sum(n)::int as n from (
      select asked_on, instrument_id as instrument, count(*) as n from response
      where tenant_id = ${tenantId} and counted group by 1, 2) days
    group by 1, 2 order by 1, 2`
}

/** Instruments by id, the newest version first. */
export function instrumentsOf({ sql }: Session, ids: readonly number[]) {
  return sql<{ id: number; code: string; version: number; definition: unknown }[]>`
    select id, code, version, definition from instrument where id = any(${ids as number[]}::int[])
    order by version desc, id desc`
}

/** A unit or a procedure that answers are about. */
export interface NamedUnit {
  id: number
  kind: string
  name: string
}
export interface NamedProcedure {
  id: number
  code: string
  field: string
  name: string
}

/** The units of a tenant with their latest names. */
export function namedUnits({ sql }: Session, tenantId: number) {
  return sql<NamedUnit[]>`
    select u.id, u.kind, coalesce((
      select n.name from unit_name n where n.unit_id = u.id order by n.valid_from desc nulls last limit 1), '') as name
    from unit u
    where u.tenant_id = ${tenantId}
      or u.id in (select c.unit_id from unit_code c where c.tenant_id = ${tenantId} and c.system = 'own')`
}

export function namedProcedures({ sql }: Session, tenantId: number) {
  return sql<NamedProcedure[]>`
    select id, code, coalesce(field, '') as field, name from procedure where tenant_id = ${tenantId}`
}

/** Ends a value, and ends what is told of one answer; no value holds either (ASCII's own separators, which COPY leaves as they are). */
export const VALUE_END = '\u001F'
export const ANSWER_END = '\u001E'
/** What tells answers apart that said the same, as `answerRows` gives it: three ids, then what has few values. */
export const ALIKE_PARTS = ['responsible_unit_id', 'procedure_id', 'receiving_unit_id', 'circumstances'] as const
export type AlikePart = (typeof ALIKE_PARTS)[number]
export const CIRCUMSTANCES = [
  'stream',
  'instrument_id',
  'applicant',
  'event',
  'lateness',
  'channel',
  'respondent',
] as const
export type Circumstance = (typeof CIRCUMSTANCES)[number]

/**
 * The answers of a month, for COPY, those that said the same in one row: whether complete, the answers without those to items that
 * stay, and of each answer what else tells it apart. What many people say is so written, sent and read once.
 * @param month `YYYY-MM`
 */
export function answerRows(tenantId: number, month: string, staying: readonly string[]): string {
  // an absent value would be left out, and those after it would stand in its place
  const values = [...ALIKE_PARTS.slice(0, -1), ...CIRCUMSTANCES].map((name) =>
    name === 'channel' ? "coalesce(channel, '')" : name,
  )
  const stay = `array[${staying.map(literal).join(', ')}]::text[]`
  const from = `date ${literal(`${month}-01`)}`
  // A day is compared with days: under row-level security an index is not used for a comparison with a time of day. Without
  // `offset 0` the server would expect as many groups as there are comments, and sort all answers.
  return `
    select complete, said, string_agg(alike, ${literal(ANSWER_END)}) from (
      select complete, case when answers ?| ${stay} then answers - ${stay} else answers end as said,
        concat_ws(${literal(VALUE_END)}, ${values.join(', ')}) as alike
      from response
      where tenant_id = ${tenantId} and counted and asked_on >= ${from} and asked_on < (${from} + interval '1 month')::date
      offset 0) answer
    group by complete, said`
}
