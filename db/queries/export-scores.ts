import { arrayLiteral, literal, shownText } from './literal.ts'

/** Which scores: of one run, or of every run whose period lies between two months (first days); null: no bound. */
export interface ScoreChoice {
  runId: number | null
  fromMonth: string | null
  toMonth: string | null
}

/** Columns of an Estimate, as every score has them. */
const ESTIMATE = 's.est, s.se, s.df, s.lo, s.hi, s.n, s.n_eff, s.method, s.suppressed'

/**
 * Figures of runs that the public has seen, in the columns of `SCORES`. What was withdrawn because it told too much is not
 * told here either, nor what a later run carried on from it.
 */
export function publicationRows(tenantId: number, choice: ScoreChoice): string {
  return `
    select 'publication' as nguon, r.id as lan, r.state as trang_thai, ${months('r')},
      (r.published_at at time zone 'Asia/Ho_Chi_Minh')::date as ngay, '' as bo_chi_so, '' as an_ban,
      s.unit_id as don_vi, ${shownText('u.name')} as ten_don_vi, u.kind as loai_don_vi, s.figure as chi_tieu,
      s.scale_min as thang_min, s.scale_max as thang_max, ${ESTIMATE}, s.grade as xep_loai, s.source_run_id as lan_goc,
      r.definition_sha256 as sha256
    from publication_score s
    join publication_unit u on u.tenant_id = s.tenant_id and u.run_id = s.run_id and u.unit_id = s.unit_id
    join publication_run r on r.tenant_id = s.tenant_id and r.id = s.run_id
    where s.tenant_id = ${tenantId} and r.published_at is not null and r.withdraw_reason is distinct from 'privacy'
      and not exists (select from publication_run w
        where w.tenant_id = s.tenant_id and w.id = s.source_run_id and w.withdraw_reason = 'privacy')
      ${chosen('r', choice)}
    order by r.id, s.unit_id, s.figure collate "C"`
}

/** Runs of indices, with the text of the edition that each was made by. */
export function indexRuns(tenantId: number, choice: ScoreChoice): string {
  return `select r.id, r.definition from index_run r where r.tenant_id = ${tenantId} ${chosen('r', choice)} order by r.id`
}

/** An element of an edition: its code and, where it is known, the scale of its scores. */
export interface ScoredElement {
  code: string
  min: number | null
  max: number | null
}

/** Scores of one run of an index, in the columns of `SCORES`. @param elements in the order of the run's scores */
export function indexRows(tenantId: number, runId: number, elements: readonly ScoredElement[]): string {
  const parts = ['est', 'se', 'df', 'lo', 'hi', 'n', 'n_eff', 'method', 'suppressed']
  const each = <Key extends keyof ScoredElement>(type: string, key: Key) =>
    arrayLiteral(
      type,
      elements.map((element) => element[key]),
    )
  return `
    select 'index' as nguon, r.id as lan, '' as trang_thai, ${months('r')},
      (r.made_at at time zone 'Asia/Ho_Chi_Minh')::date as ngay, r.index_id as bo_chi_so, r.edition as an_ban,
      i.unit_id as don_vi, ${shownText('i.name')} as ten_don_vi, i.kind as loai_don_vi, s.code as chi_tieu,
      s.scale_min as thang_min, s.scale_max as thang_max, ${ESTIMATE}, null as xep_loai, null as lan_goc,
      r.definition_sha256 as sha256
    from index_score x
    join index_run r on r.tenant_id = x.tenant_id and r.id = x.run_id
    join index_input i on i.tenant_id = x.tenant_id and i.run_id = x.run_id and i.unit_id = x.unit_id
    cross join lateral unnest(${each('text', 'code')}, ${each('double precision', 'min')}, ${each('double precision', 'max')},
      ${parts.map((part) => `x.${part}`).join(', ')}) with ordinality as s (code, scale_min, scale_max, ${parts.join(', ')}, place)
    where x.tenant_id = ${tenantId} and x.run_id = ${runId}
    order by x.unit_id, s.place`
}

function months(run: string): string {
  const month = (column: string) => `to_char(${run}.${column}, 'YYYY-MM')`
  return `${month('from_month')} as tu_thang, ${month('to_month')} as den_thang`
}

function chosen(run: string, { runId, fromMonth, toMonth }: ScoreChoice): string {
  return [
    ...(runId === null ? [] : [`and ${run}.id = ${runId}`]),
    ...(fromMonth === null ? [] : [`and ${run}.from_month >= ${literal(fromMonth)}`]),
    ...(toMonth === null ? [] : [`and ${run}.to_month <= ${literal(toMonth)}`]),
  ].join(' ')
}
