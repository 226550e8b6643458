import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { Benchmark, BenchmarkOptions, Measurement } from '../support/benchmark.ts'
import type { CliTaken } from './support/cli-load.ts'
import { runCliAlone } from './support/cli-run.ts'
import { benchDatabase, type BenchDatabase } from './support/database.ts'
import { copyAgain, emptyTables } from './support/dossier-copy.ts'
import { unitList, writeDossierCsv } from './support/dossier-list.ts'

const SMALL = 10_000

/**
 * Lists in through the command line, each beside COPY of the same rows in the same run: a small list and one of `--rows`
 * (100,000), so that memory can be compared too. Rows out: `exports`.
 */
export const benchmark: Benchmark = async (options) => {
  const rows = options.number('rows', 100_000)
  const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-transfer-'))
  // the server runs as another user where this is root
  chmodSync(folder, 0o777)
  const database = await benchDatabase()
  const sql = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined })
  try {
    return await importLists({ options, database, sql, folder }, [SMALL, rows])
  } finally {
    await sql.end()
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Run {
  readonly options: BenchmarkOptions
  readonly database: BenchDatabase
  readonly sql: postgres.Sql
  readonly folder: string
}

async function importLists(run: Run, sizes: readonly number[]): Promise<Measurement[]> {
  const units = join(run.folder, 'units.csv')
  writeFileSync(units, unitList())
  await runCliAlone(run.database, 'import', 'units', units, '--json')
  const measured: Measurement[] = []
  const smallest = new Map<string, number>()
  for (const size of sizes) {
    const { progress } = run.options
    progress(`a list of ${size}`)
    const list = join(run.folder, `list-${size}.csv`)
    await writeDossierCsv(list, size)
    await emptyTables(run.sql)
    progress('import')
    const first = await importOne(run, list, { created: size })
    progress(`${first.seconds.toFixed(0)} s; import again`)
    const again = await importOne(run, list, { unchanged: size })
    const taken = { import: first, 'import again, unchanged': again }
    progress(`${again.seconds.toFixed(0)} s; COPY`)
    const baseline = { name: 'COPY of the same rows', value: size / (await copyAgain(run.sql, run.folder)) }
    for (const [name, { seconds, peakMb }] of Object.entries(taken)) {
      const note = `${seconds.toFixed(1)} s, start of the program included`
      measured.push({ name: `${name}, ${size} rows`, unit: 'rows/s', value: size / seconds, baseline, note })
      measured.push(peak(`${name}, ${size} rows`, peakMb, smallest.get(name)))
      smallest.set(name, smallest.get(name) ?? peakMb)
    }
  }
  return measured
}

/** Peak memory of the whole process, beside that of the same work with few rows. */
function peak(name: string, value: number, small: number | undefined): Measurement {
  const beside = small === undefined ? {} : { baseline: { name: `${SMALL} rows`, value: small } }
  return { name: `peak memory, ${name}`, unit: 'MB', value, ...beside }
}

async function importOne(run: Run, list: string, expected: Record<string, number>): Promise<CliTaken> {
  const taken = await runCliAlone(run.database, 'import', 'dossiers', list, '--json')
  const done = JSON.parse(taken.out) as Record<string, number>
  for (const [name, count] of Object.entries(expected))
    if (done[name] !== count) throw new Error(`${name}: ${done[name]} of ${count}`)
  return taken
}
