import { quantile, type Benchmark, type Measurement } from '../support/benchmark.ts'
import { firms, FRAME_DESIGN, openWorldCampaign } from '../support/campaign.ts'
import { startNodeServer } from '../support/node-server.ts'
import { buildWorld } from '../support/world.ts'
import { benchDatabase } from './support/database.ts'
import type { HttpLoad, LoadResult } from './support/http-load.ts'
import { processorSeconds } from './support/processor-time.ts'
import type { SqlLoad } from './support/sql-load.ts'
import { inChild } from './support/worker.ts'

const STEADY = { perSecond: 200, seconds: 20, connections: 32 }
const CONNECTIONS = 16
/** A round that runs out of cases ends early and is still right. */
const PER_SECOND_MAX = 1000

/**
 * Whole answers to the business survey (every question, complete) through HTTP, counted when 201 came back, that is after a commit
 * that is on disk: at a steady 200 a second, and as fast as 16 connections go beside the same statement sent by bare postgres.js.
 * Rounds of each take turns, so that whatever else the machine does meets both. Processor time for one answer is told beside, because
 * it says about the same on a busy machine.
 */
export const benchmark: Benchmark = async (options) => {
  const seconds = options.number('seconds', 2)
  const rounds = options.number('rounds', 3)
  const perRound = seconds * PER_SECOND_MAX
  const count = STEADY.perSecond * STEADY.seconds + perRound * (2 * rounds + 1)
  const database = await benchDatabase()
  const world = await buildWorld(database)
  const server = await startNodeServer(database)
  try {
    options.progress(`drawing ${count} firms`)
    const allocation = { kind: 'proportional' as const, total: count, minimum: 2 }
    const { cases } = await openWorldCampaign(world, {
      input: { design: { ...FRAME_DESIGN, allocation, reserve: 0 } },
      lines: firms(count),
    })
    await world.sql`vacuum analyze survey_case, campaign_frame`
    await world.sql`checkpoint`
    // cases of a stratum lie side by side; respondents come from all of them
    const tokens = cases.map(({ token }) => token).sort()
    const take = (n: number) => tokens.splice(0, n)
    const http = (load: Pick<HttpLoad, 'connections' | 'seconds' | 'perSecond'>) =>
      inChild<HttpLoad, LoadResult>('http-load.ts', {
        port: Number(new URL(server.url).port),
        door: 'survey-answers',
        tokens: take(load.perSecond === null ? perRound : load.perSecond * load.seconds),
        ...load,
      })
    const bare = () =>
      inChild<SqlLoad, LoadResult>('sql-load.ts', {
        url: database.url,
        tokens: take(perRound),
        connections: CONNECTIONS,
        seconds,
        kind: 'surveys',
        tenantId: world.tenant.id,
      })
    options.progress('warming up')
    checked(await http({ connections: CONNECTIONS, seconds, perSecond: null }))
    const rates: { http: number[]; bare: number[] } = { http: [], bare: [] }
    for (let round = 0; round < rounds; round += 1) {
      options.progress(`round ${round + 1} of ${rounds}`)
      rates.http.push(rateOf(await http({ connections: CONNECTIONS, seconds, perSecond: null })))
      rates.bare.push(rateOf(await bare()))
    }
    options.progress(`steady ${STEADY.perSecond}/s`)
    const note = `steady ${STEADY.perSecond}/s for ${STEADY.seconds} s, from when each was due`
    const used = () => ({ door: processorSeconds([server.pid]), postgres: database.processorSeconds() })
    const before = used()
    const steady = checked(await http(STEADY))
    const after = used()
    const ofEach = (name: string, whose: 'door' | 'postgres'): Measurement[] => {
      const [from, to] = [before[whose], after[whose]]
      if (from === null || to === null) return []
      return [
        { name: `processor time of ${name}, each answer`, unit: 'ms', value: (1000 * (to - from)) / steady.created },
      ]
    }
    return [
      {
        name: `whole answers, ${CONNECTIONS} connections`,
        unit: '/s',
        value: mean(rates.http),
        baseline: { name: 'the same statement by bare postgres.js, one by one', value: mean(rates.bare) },
      },
      { name: 'answers stored at a steady rate', unit: '/s', value: rateOf(steady), note },
      ...Object.entries({ p50: 0.5, p99: 0.99 }).map(([name, part]): Measurement => ({
        name: `reply time ${name}`,
        unit: 'ms',
        value: quantile(steady.latenciesMs, part),
        note,
      })),
      ...ofEach('the front door', 'door'),
      ...ofEach('PostgreSQL', 'postgres'),
    ]
  } finally {
    await server.stop()
    await world.stop()
    await database.drop()
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const rateOf = (result: LoadResult) => checked(result).created / result.seconds

function checked(result: LoadResult): LoadResult {
  if (result.others > 0)
    throw new Error(`${result.others} of ${result.others + result.created} answers were not stored`)
  return result
}
