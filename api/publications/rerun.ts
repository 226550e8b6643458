import { readScores } from '../../db/queries/publications.ts'
import { canonicalText } from '../core/instrument/canonical.ts'
import { FIGURES_VERSION } from '../core/publication/inputs.ts'
import { runScores } from '../core/publication/scores.ts'
import type { Services } from '../services.ts'
import { frozenDefinition, frozenInputs } from './inputs.ts'
import { existing } from './move.ts'
import { scoreRow } from './rows.ts'

/** Whether a run's figures come out of its frozen inputs again, to the last digit, with everything that is told of them. */
export interface RerunReport {
  id: number
  same: boolean
  figures: number
  inputsSha256: string
  /** The code that made the stored figures, and the code that computed them now. */
  version: { stored: string; current: string }
  differences: { unit: number; figure: string }[]
  differencesOmitted: number
}
const MAX_DIFFERENCES = 100

/**
 * Computes a run's figures anew from what it froze, and compares; today's dossiers and answers play no part.
 * @throws AppError not_found; inputs_damaged when inputs or definition are not what was hashed
 */
export async function rerun(services: Services, tenantId: number, id: number): Promise<RerunReport> {
  return services.db.withTenant(
    tenantId,
    async (trx) => {
      const run = await existing(trx, tenantId, id)
      const inputs = await frozenInputs(trx, tenantId, id)
      const scores = runScores(inputs, await frozenDefinition(trx, inputs.instrument))
      const stored = await readScores(trx, tenantId, [id])
      const key = (unit: number, figure: string) => `${unit} ${figure}`
      const made = new Map(scores.map((score) => [key(score.unit, score.code), score]))
      const changed = stored.flatMap((row) => {
        const score = made.get(key(row.unit_id, row.figure))
        made.delete(key(row.unit_id, row.figure))
        const again = score && { ...scoreRow(score), tenant_id: row.tenant_id, run_id: row.run_id }
        const same = again !== undefined && canonicalText(again) === canonicalText(row)
        return same ? [] : [{ unit: row.unit_id, figure: row.figure }]
      })
      const added = [...made.values()].map((score) => ({ unit: score.unit, figure: score.code }))
      const differences = [...changed, ...added]
      return {
        id,
        same: differences.length === 0,
        figures: stored.length,
        inputsSha256: run.inputs_sha256,
        version: { stored: run.figures_version, current: FIGURES_VERSION },
        differences: differences.slice(0, MAX_DIFFERENCES),
        differencesOmitted: Math.max(0, differences.length - MAX_DIFFERENCES),
      }
    },
    { isolation: 'repeatable read' },
  )
}
