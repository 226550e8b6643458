import { quantile, type Benchmark, type BenchmarkOptions, type Measurement } from '../support/benchmark.ts'
import { startNodeServer } from '../support/node-server.ts'
import { startWorkerd } from '../support/workerd.ts'
import { buildWorld, type World } from '../support/world.ts'
import { openAsks } from './support/asks.ts'
import { benchDatabase } from './support/database.ts'
import type { HttpLoad, LoadResult } from './support/http-load.ts'
import { pgbench } from './support/pgbench.ts'
import { processorSeconds } from './support/processor-time.ts'
import type { SqlLoad } from './support/sql-load.ts'
import { inChild } from './support/worker.ts'

const CONCURRENCY = [4, 16, 64] as const
const STEADY = { perSecond: 200, seconds: 20, connections: 32 }
const WORKERD_CONNECTIONS = 16
/** A round that runs out of asks ends early and is still right. */
const PER_SECOND_MAX = 5000

/**
 * First answers through HTTP, counted when 201 came back, that is after a commit that is on disk: beside the same statement
 * sent by bare postgres.js at the same concurrency, and beside one plain insert. Rounds of each take turns, so that whatever
 * else the machine does meets all of them.
 */
export const benchmark: Benchmark = async (options) => {
  const seconds = options.number('seconds', 3)
  const rounds = options.number('rounds', 3)
  const database = await benchDatabase()
  const world = await buildWorld(database)
  const server = await startNodeServer(database)
  try {
    await plainTable(world)
    options.progress('making asks')
    const perRound = seconds * PER_SECOND_MAX
    const secrets = await openAsks(world, perRound * (CONCURRENCY.length * rounds * 2 + 2) + 12_000)
    const take = (count: number) => secrets.splice(0, count)
    const load = (url: string, connections: number, steady?: { perSecond: number; seconds: number }) =>
      inChild<HttpLoad, LoadResult>('http-load.ts', {
        port: Number(new URL(url).port),
        door: 'responses',
        tokens: take(steady ? steady.perSecond * steady.seconds : perRound),
        connections,
        seconds: steady?.seconds ?? seconds,
        perSecond: steady?.perSecond ?? null,
      })
    const http = (connections: number) => load(server.url, connections)
    const used = () => ({ node: processorSeconds([server.pid]) ?? NaN, postgres: database.processorSeconds() ?? NaN })
    const bare = (kind: SqlLoad['kind'], connections: number) =>
      inChild<SqlLoad, LoadResult>('sql-load.ts', {
        url: database.url,
        tokens: kind === 'insert' ? secrets.slice(-perRound) : take(perRound),
        connections,
        seconds,
        kind,
      })
    options.progress('warming up')
    await http(16)
    const measured: Measurement[] = []
    for (const connections of CONCURRENCY) {
      options.progress(`${connections} connections`)
      const spent = { answers: 0, node: 0, postgres: 0, load: 0 }
      const rates = await takeTurns(rounds, {
        http: async () => {
          const before = used()
          const result = await http(connections)
          const after = used()
          spent.answers += result.created
          spent.node += after.node - before.node
          spent.postgres += after.postgres - before.postgres
          spent.load += result.processorSeconds
          return rateOf(result)
        },
        same: async () => rateOf(await bare('answers', connections)),
        insert: async () => rateOf(await bare('insert', connections)),
        pgbench: () => pgbench(database.ownerUrl, PLAIN_INSERT, connections, seconds),
      })
      const name = `first answers, ${connections} connections`
      const ofEach = (seconds: number) => `${((1000 * seconds) / spent.answers).toFixed(2)} ms`
      const note = `processor time of each: Node ${ofEach(spent.node)}, PostgreSQL ${ofEach(spent.postgres)}, load ${ofEach(spent.load)}, counting included`
      const beside = (baseline: string, value: number | null) =>
        value === null
          ? []
          : [
              {
                name,
                unit: '/s',
                value: rates.http ?? 0,
                baseline: { name: baseline, value },
                note,
              } satisfies Measurement,
            ]
      measured.push(
        ...beside('the same statement by bare postgres.js, one by one', rates.same),
        ...beside('one plain insert by bare postgres.js', rates.insert),
        ...beside('one plain insert by pgbench', rates.pgbench),
      )
    }
    options.progress(`steady ${STEADY.perSecond}/s`)
    const { latenciesMs } = checked(await load(server.url, STEADY.connections, STEADY))
    const note = `steady ${STEADY.perSecond}/s for ${STEADY.seconds} s, from when each was due`
    for (const [name, part] of Object.entries({ p50: 0.5, p99: 0.99 }))
      measured.push({ name: `reply time ${name}`, unit: 'ms', value: quantile(latenciesMs, part), note })
    measured.push(await onWorkerd(options, database, (url) => load(url, WORKERD_CONNECTIONS)))
    return measured
  } finally {
    await server.stop()
    await world.stop()
    await database.drop()
  }
}

/** For the record: the same door on workerd as `wrangler dev` runs it, which no baseline fits. */
async function onWorkerd(
  options: BenchmarkOptions,
  database: { readonly url: string },
  answer: (url: string) => Promise<LoadResult>,
): Promise<Measurement> {
  options.progress('workerd')
  const workerd = await startWorkerd({ url: database.url })
  try {
    await answer(workerd.url)
    const { created, others, seconds, latenciesMs } = await answer(workerd.url)
    return {
      name: `first answers on workerd, ${WORKERD_CONNECTIONS} connections`,
      unit: '/s',
      value: created / seconds,
      note: `p50 ${quantile(latenciesMs, 0.5).toFixed(0)} ms, ${others} refused`,
    }
  } finally {
    await workerd.stop()
  }
}

/** Runs each once a round, in turns. @returns the mean rate of each; null for one that cannot be measured here */
async function takeTurns<Name extends string>(
  rounds: number,
  runs: Record<Name, () => Promise<number | null>>,
): Promise<Record<Name, number | null>> {
  const names = Object.keys(runs) as Name[]
  const rates = new Map<Name, number[]>(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) {
      const rate = await runs[name]()
      if (rate !== null) rates.get(name)?.push(rate)
    }
  const mean = (values: number[]) =>
    values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
  return Object.fromEntries(names.map((name) => [name, mean(rates.get(name) ?? [])])) as Record<Name, number | null>
}

/** A row of the size of an answer, with a key and nothing else. */
async function plainTable({ sql }: World): Promise<void> {
  await sql`
    create table bench_response (id uuid primary key, unit_id int not null, answers jsonb not null, item_ms jsonb not null,
      hash bytea not null, at timestamptz not null)`
  await sql`grant insert on bench_response to lang_nghe_app`
}
const PLAIN_INSERT = `
  insert into bench_response (id, unit_id, answers, item_ms, hash, at)
  values (gen_random_uuid(), 1, '{"OVERALL":"4"}', '{"OVERALL":2100}', sha256('x'), now());`

function rateOf(result: LoadResult): number {
  return checked(result).created / result.seconds
}

function checked(result: LoadResult): LoadResult {
  if (result.others > 0)
    throw new Error(`${result.others} of ${result.others + result.created} answers were not stored`)
  return result
}
