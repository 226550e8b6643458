import { sensitivity, type Sensitivity } from '../../core/index/explore/sensitivity.ts'
import type { IndexDefinition } from '../../core/index/definition.ts'
import type { Bounds } from '../../core/index/normalise.ts'
import type { Peer } from '../../core/index/run/standing.ts'
import type { Services } from '../../services.ts'
import { memory } from '../remember.ts'
import { indexRunView } from '../runs/door.ts'
import { openScores, type ScoresQuery } from './open.ts'
import { peerTable } from './peers.ts'

/** Fixed, so that the same run gives the same spans. */
const SEED = 20261128
const DRAWS = 500
const SPREAD = 0.25
const made = memory<Sensitivity>(24)

/**
 * How firm a unit's place among its kind is against choices that could have been made otherwise: weights, normalisation, parts
 * left out. Made of values that are shown; a place is told as a span and never as one number.
 * @throws AppError not_found, no_run, inputs_damaged as `openScores`
 */
export function scoreSensitivity(services: Services, tenantId: number, unitId: number, query: ScoresQuery) {
  return services.db.withTenant(tenantId, async (trx) => {
    const opened = await openScores(trx, tenantId, unitId, query)
    const { run, input, definition, goalposts } = opened
    const { peers } = await peerTable(trx, tenantId, opened)
    const key = `${tenantId} ${run.id} ${input.kind}`
    const found = made.get(key) ?? made.set(key, spansOf(peers, definition, goalposts))
    const own = found.units.find(({ unit }) => unit === String(unitId))
    return {
      unit: { id: input.unit, name: input.name, kind: input.kind },
      run: indexRunView(run),
      of: found.units.filter(({ place }) => place !== null).length,
      draws: DRAWS,
      spread: SPREAD,
      weights: own?.weights ?? null,
      normalisation: own?.normalisation ?? null,
      dropped: own?.dropped ?? null,
      all: own?.all ?? null,
      variants: found.variants,
    }
  })
}

function spansOf(
  peers: readonly Peer[],
  definition: IndexDefinition,
  goalposts: ReadonlyMap<string, Bounds>,
): Sensitivity {
  const columns = new Map(
    definition.indicators.map(({ code }, i) => [code, Float64Array.from(peers, ({ shownRaw }) => shownRaw[i] ?? NaN)]),
  )
  const units = peers.map(({ unit }) => String(unit))
  return sensitivity(definition, { units, columns }, { seed: SEED, draws: DRAWS, spread: SPREAD, history: goalposts })
}
