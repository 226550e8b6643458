import { availableParallelism } from 'node:os'
import type { ScoringData } from '../../api/core/index/score.ts'
import { scoreIndex } from '../../api/core/index/score.ts'
import { seeded } from '../core/stats/seeded.ts'
import type { Benchmark, BenchmarkOptions, Measurement } from '../support/benchmark.ts'
import type { BootstrapTook, BootstrapWork } from './support/bootstrap-work.ts'
import { madeIndex } from './support/made-index.ts'
import { nightlyRun } from './support/nightly-run.ts'
import { plainScores, type PlainRow } from './support/plain-scores.ts'
import { inChild } from './support/worker.ts'

const SCORING = { units: 3400, indicators: 150, rounds: 9 }
const BOOTSTRAP = { respondents: 12_000, units: 500, indicators: 60 }

/**
 * The three figures of the index engine: scoring, bootstrap, a province's night; each beside the plainest correct way of doing
 * the same, or as much of it as the plain way can. `--responses N --replicates N --rounds N --nights N`; `--only 1`, `2` or `3` takes one of them.
 */
export const benchmark: Benchmark = async (options) => {
  const only = options.number('only', 0)
  return [
    ...(only === 0 || only === 1 ? [scoring(options)] : []),
    ...(only === 0 || only === 2 ? await bootstrap(options) : []),
    ...(only === 0 || only === 3 ? await nightlyRun(options) : []),
  ]
}

/** Five levels: root, 3, 6, 30 nodes and 150 indicators; one value in twenty is missing. */
function scoring(options: BenchmarkOptions): Measurement {
  options.progress('scoring')
  const { units, indicators } = SCORING
  const definition = madeIndex(indicators, [3, 2, 5])
  const random = seeded(3)
  const rows = Array.from({ length: units }, (): PlainRow =>
    Object.fromEntries(definition.indicators.map(({ code }) => [code, random() < 0.05 ? null : random()])),
  )
  const data: ScoringData = {
    units: rows.map((_, u) => `u${u}`),
    columns: new Map(
      definition.indicators.map(({ code }) => [code, Float64Array.from(rows, (row) => row[code] ?? NaN)]),
    ),
  }
  const rounds = options.number('rounds', SCORING.rounds)
  const ours = quickestMs(rounds, () => scoreIndex(definition, data))
  const plain = quickestMs(rounds, () => plainScores(definition, rows))
  const scored = scoreIndex(definition, data)
  const wrong = plainScores(definition, rows).filter(
    (total, u) => Math.abs((total ?? NaN) - (scored.at(u, 'T') ?? NaN)) > 1e-9,
  )
  if (wrong.length > 0) throw new Error(`${wrong.length} totals differ from those of the plain way`)
  return {
    name: `scoring ${units} units × ${indicators} indicators × 5 levels, one core`,
    unit: 'ms',
    value: ours,
    baseline: { name: 'the same with objects and d3-array', value: plain },
    note: `quickest of ${rounds} after two to warm up`,
  }
}

async function bootstrap(options: BenchmarkOptions): Promise<Measurement[]> {
  options.progress('bootstrap')
  const replicates = options.number('replicates', 1000)
  const threads = Math.min(2, availableParallelism())
  const work: BootstrapWork = { ...BOOTSTRAP, replicates, threads, plainReplicates: 0 }
  const run = (change: Partial<BootstrapWork>) =>
    inChild<BootstrapWork, BootstrapTook>('bootstrap-work.ts', { ...work, ...change })
  const took: BootstrapTook[] = []
  for (let round = 0; round < 3; round += 1) took.push(await run({}))
  const plainReplicates = 20
  const plain = await run({ plainReplicates })
  const name = `bootstrap ${replicates} × ${BOOTSTRAP.respondents} respondents, ${BOOTSTRAP.units} units × ${BOOTSTRAP.indicators} indicators`
  return [
    {
      name: `${name}, ${threads} threads`,
      unit: 'ms',
      value: Math.min(...took.map(({ ms }) => ms)),
      baseline: {
        name: 'lists drawn anew and d3-array, one thread',
        value: (plain.plainMs * replicates) / plainReplicates,
      },
      note: `quickest of 3 with reading the answers and the intervals, at least ${least(took.map(({ processorMs }) => processorMs))} ms of processor time over all threads; the plain way from ${plainReplicates} replicates, without intervals`,
    },
    { name: `${name}, peak memory`, unit: 'MB', value: Math.max(...took.map(({ peakMb }) => peakMb)) },
  ]
}

/** The quickest of some rounds: on a machine that others use, the one that they disturbed least. */
function quickestMs(rounds: number, work: () => unknown): number {
  work()
  work()
  const took = Array.from({ length: rounds }, () => {
    const startedMs = performance.now()
    work()
    return performance.now() - startedMs
  })
  return Math.min(...took)
}

function least(list: readonly number[]): string {
  return Math.min(...list).toFixed(0)
}
