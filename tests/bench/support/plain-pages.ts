import type postgres from 'postgres'
import { SPANS, type Page } from './page-visits.ts'

/**
 * The counts behind a page by the plainest SQL over the rows of answers, without disclosure, intervals or anything else that a
 * page does with them: options by item for a summary; by item and procedure, here and in the rest, for weak spots.
 */
export async function plainCounts(
  sql: postgres.Sql,
  tenantId: number,
  { kind, span, about }: Page,
  unitId: number,
): Promise<number> {
  const { from, to } = SPANS[span]
  const [start, end] = [`${from}-01`, nextMonth(to)]
  const months = span === 'quarter' ? '3 months' : '12 months'
  const here = about === 'province' ? sql`` : sql`and r.responsible_unit_id = ${unitId}`
  const started = performance.now()
  if (kind === 'summary')
    await sql`
      select m.key, m.value, count(*) from response r cross join lateral jsonb_each_text(r.marks) m
      where r.tenant_id = ${tenantId} and r.asked_on >= ${start}::date and r.asked_on < ${end}::date ${here}
      group by 1, 2`
  else if (kind.endsWith('previous'))
    await sql`
      select r.asked_on >= ${start}::date as now, r.procedure_id, m.key, m.value, count(*)
      from response r cross join lateral jsonb_each_text(r.marks) m
      where r.tenant_id = ${tenantId} and r.asked_on >= ${start}::date - ${months}::interval and r.asked_on < ${end}::date ${here}
      group by 1, 2, 3, 4`
  else
    await sql`
      select r.responsible_unit_id = ${unitId} as here, r.procedure_id, m.key, m.value, count(*)
      from response r cross join lateral jsonb_each_text(r.marks) m
      where r.tenant_id = ${tenantId} and r.asked_on >= ${start}::date and r.asked_on < ${end}::date
      group by 1, 2, 3, 4`
  return performance.now() - started
}

function nextMonth(month: string): string {
  const [year = 0, at = 0] = month.split('-').map(Number)
  return at === 12 ? `${year + 1}-01-01` : `${year}-${String(at + 1).padStart(2, '0')}-01`
}
