import type { IndexInputRow, IndexScoreRow } from '../../../db/queries/index-runs.ts'
import type { UnitInput } from '../../core/index/run/inputs.ts'
import type { UnitScores } from '../../core/index/run/scores.ts'
import type { Estimate, Suppression } from '../../core/stats/estimate.ts'

type New<T> = Omit<T, 'tenant_id' | 'run_id'>

/** A unit's inputs as they are stored. */
export function inputRow(input: UnitInput): New<IndexInputRow> {
  return {
    unit_id: input.unit,
    name: input.name,
    kind: input.kind,
    parent_id: input.parentId,
    est: [...input.est],
    n: Array.from(input.n),
    kish: Array.from(input.kish),
    covariance: Array.from(input.covariance),
    clusters: input.clusters,
    strata: input.strata,
    dossiers: input.dossiers,
    invited: input.invited,
    answered: input.answered,
    gap: Array.from(input.gap),
    counts: Array.from(input.counts),
    mix_indicator: Array.from(input.mix.indicator),
    mix_group: Array.from(input.mix.group),
    mix_weight: Array.from(input.mix.weight),
    mix_mean: Array.from(input.mix.mean),
  }
}

/** A unit's inputs from what is stored. */
export function inputOf(row: IndexInputRow): UnitInput {
  return {
    unit: row.unit_id,
    name: row.name,
    kind: row.kind,
    parentId: row.parent_id,
    est: row.est,
    n: row.n,
    kish: row.kish,
    covariance: row.covariance,
    clusters: row.clusters,
    strata: row.strata,
    dossiers: row.dossiers,
    invited: row.invited,
    answered: row.answered,
    gap: row.gap,
    counts: row.counts,
    mix: { indicator: row.mix_indicator, group: row.mix_group, weight: row.mix_weight, mean: row.mix_mean },
  }
}

/** A unit's scores as they are stored: one list for each part of an Estimate. */
export function scoresRow({ unit, elements }: UnitScores): New<IndexScoreRow> {
  const each = <T>(part: (estimate: Estimate) => T): T[] => elements.map(({ estimate }) => part(estimate))
  // a zero below nothing is stored as zero
  const numbers = (part: (estimate: Estimate) => number | null) =>
    each((estimate) => {
      const value = part(estimate)
      return value === null ? null : value + 0
    })
  return {
    unit_id: unit,
    est: numbers(({ est }) => est),
    se: numbers(({ se }) => se),
    df: numbers(({ df }) => df),
    lo: numbers(({ lo }) => lo),
    hi: numbers(({ hi }) => hi),
    n: numbers(({ n }) => n),
    n_eff: numbers(({ nEff }) => nEff),
    method: each(({ method }) => method),
    suppressed: each(({ suppressed }) => suppressed),
    present: elements.map(({ present }) => present),
  }
}

/** The Estimate of an element of a unit, by the element's place. */
export function estimateAt(row: New<IndexScoreRow>, at: number): Estimate {
  return {
    est: row.est[at] ?? null,
    se: row.se[at] ?? null,
    df: row.df[at] ?? null,
    lo: row.lo[at] ?? null,
    hi: row.hi[at] ?? null,
    n: row.n[at] ?? null,
    nEff: row.n_eff[at] ?? null,
    method: row.method[at] ?? 'none',
    suppressed: (row.suppressed[at] ?? null) as Suppression | null,
  }
}
