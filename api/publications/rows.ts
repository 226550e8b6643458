import type { RunRow, ScoreRow } from '../../db/queries/publications.ts'
import type { Score } from '../core/publication/scores.ts'
import type { Estimate } from '../core/stats/estimate.ts'
import { calendarPeriod } from '../core/time/period.ts'

/** A figure as it is stored. */
export function scoreRow(score: Score): Omit<ScoreRow, 'tenant_id' | 'run_id'> {
  const { est, se, df, lo, hi, n, nEff, method, suppressed } = score.estimate
  return {
    unit_id: score.unit,
    figure: score.code,
    scale_min: score.scale.min,
    scale_max: score.scale.max,
    est,
    se,
    df,
    lo,
    hi,
    n,
    n_eff: nEff,
    method,
    suppressed,
    needed: score.needed,
    grade: score.grade,
    notes: [...score.notes],
    steps: score.steps.map(({ code, values }) => ({ code, values })),
    source_run_id: score.source,
  }
}

/** The Estimate of a stored figure. */
export function estimateOf(row: ScoreRow): Estimate {
  const { est, se, df, lo, hi, n, n_eff: nEff, method, suppressed } = row
  return { est, se, df, lo, hi, n, nEff, method, suppressed }
}

/** The calendar period of a stored run. @throws RangeError when its months are none */
export function periodOfRun(run: Pick<RunRow, 'from_month' | 'to_month'>) {
  const period = calendarPeriod(run.from_month.slice(0, 7), run.to_month.slice(0, 7))
  if (period === null) throw new RangeError('a run covers a calendar period')
  return { kind: period.kind, from: period.from, to: period.to }
}
