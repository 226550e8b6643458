import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { quantile, type Benchmark, type BenchmarkOptions, type Measurement } from '../support/benchmark.ts'
import { runCliAlone } from './support/cli-run.ts'
import { benchDatabase } from './support/database.ts'
import { fillProvince } from './support/province.ts'

const SMALL = 10_000
const TIMES = 3
/** What the export reads of a row, as it lies in the table. */
const READ = [
  'asked_on',
  'stream',
  'instrument_id',
  'applicant',
  'responsible_unit_id',
  'procedure_id',
  'event',
  'lateness',
  'channel',
  'receiving_unit_id',
  'respondent',
  'complete',
  'answers',
]

/**
 * `export responses` of a small province and of one with `--rows` (100,000) answers, beside COPY of what it reads of the same
 * rows, which the server writes into a file of its own; in turns, medians of three.
 */
export const benchmark: Benchmark = async (options) => {
  const small = await exportOf(SMALL, options)
  const large = await exportOf(options.number('rows', 100_000), options)
  return [small, large].flatMap(({ rows, seconds, copySeconds, cpuSeconds, serverSeconds, peakMb }): Measurement[] => [
    {
      name: `export of ${rows} answers`,
      unit: 'rows/s',
      value: rows / seconds,
      baseline: { name: 'COPY TO of the same rows', value: rows / copySeconds },
      note: `${seconds.toFixed(1)} s, start of the program included; processor time ${cpuSeconds.toFixed(1)} s here, ${serverSeconds.toFixed(1)} s of the database`,
    },
    {
      name: `peak memory, export of ${rows} answers`,
      unit: 'MB',
      value: peakMb,
      ...(rows === small.rows ? {} : { baseline: { name: `${small.rows} answers`, value: small.peakMb } }),
    },
  ])
}

async function exportOf(rows: number, { progress }: BenchmarkOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-exports-'))
  // the server runs as another user where this is root
  chmodSync(folder, 0o777)
  const database = await benchDatabase(async (ownerUrl) => {
    await fillProvince(ownerUrl, rows, progress, { tallies: false })
  })
  const sql = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined })
  try {
    const [exports, copies, processor, server, peaks]: number[][] = [[], [], [], [], []]
    for (let turn = 0; turn < TIMES; turn += 1) {
      progress(`export of ${rows}, turn ${turn + 1} of ${TIMES}`)
      const started = performance.now()
      await sql.unsafe(`copy (select ${READ.join(', ')} from response) to '${join(folder, `copy-${turn}`)}'`)
      copies?.push((performance.now() - started) / 1000)
      const before = database.processorSeconds() ?? NaN
      const taken = await runCliAlone(database, 'export', 'responses', join(folder, `${turn}.csv`), '--json')
      const done = JSON.parse(taken.out) as { rows: number; left: number }
      if (done.rows + done.left !== rows) throw new Error(`${done.rows} of ${rows} left`)
      exports?.push(taken.seconds)
      processor?.push(taken.cpuSeconds)
      server?.push((database.processorSeconds() ?? NaN) - before)
      peaks?.push(taken.peakMb)
    }
    const median = (all: number[] = []) =>
      quantile(
        all.toSorted((a, b) => a - b),
        0.5,
      )
    return {
      rows,
      seconds: median(exports),
      copySeconds: median(copies),
      cpuSeconds: median(processor),
      serverSeconds: median(server),
      peakMb: median(peaks),
    }
  } finally {
    await sql.end()
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  }
}
