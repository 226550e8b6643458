import { existsSync, globSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { basename, resolve } from 'node:path'
import { findBinaries } from '../db/embedded/binaries.ts'
import { buildWeb, webIsCurrent } from './web.ts'
import { ratioOf, type Benchmark, type BenchmarkOptions, type Measurement } from '../tests/support/benchmark.ts'

/** `npm run bench -- [name…] [--json] [--option value…]`: runs benchmarks, each beside its baseline of the same run. */
const folder = resolve(import.meta.dirname, '../tests/bench')
const words = process.argv.slice(2)
const json = words.includes('--json')
const given = new Map<string, string>()
const wanted: string[] = []
for (let at = 0; at < words.length; at += 1) {
  const word = words[at] ?? ''
  if (word === '--json') continue
  if (word.startsWith('--')) {
    const [name = '', inline] = word.slice(2).split('=')
    if (inline === undefined) at += 1
    given.set(name, inline ?? words[at] ?? '')
  } else wanted.push(word)
}

const names = existsSync(folder)
  ? globSync('*.bench.ts', { cwd: folder })
      .map((file) => basename(file, '.bench.ts'))
      .toSorted()
  : []
const unknown = wanted.filter((name) => !names.includes(name))
if (unknown.length > 0) stop(`No benchmark ${unknown.join(', ')}. There are: ${names.join(', ') || 'none'}.`)
// the front doors under test hand the pages out
if (!webIsCurrent() && !(await buildWeb())) stop('The web pages could not be built.')

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 1e9),
  node: process.version,
  postgres: findBinaries().version,
}
const options: BenchmarkOptions = {
  number: (name, otherwise) => {
    const number = Number(given.get(name) ?? otherwise)
    return Number.isInteger(number) ? number : stop(`--${name} needs a whole number.`)
  },
  text: (name) => given.get(name) ?? null,
  progress: (line) => void process.stderr.write(`  … ${line}\n`),
}
if (!json) {
  const { cpu, cores, memoryGb, node, postgres } = machine
  process.stdout.write(`${cpu}, ${cores} cores, ${memoryGb} GB; Node ${node}, PostgreSQL ${postgres}\n`)
}
const results: (Measurement & { benchmark: string; ratio: number | null })[] = []
for (const name of names.filter((each) => wanted.length === 0 || wanted.includes(each))) {
  const { benchmark } = (await import(resolve(folder, `${name}.bench.ts`))) as { benchmark: Benchmark }
  if (!json) process.stdout.write(`\n${name}\n`)
  for (const measured of await benchmark(options)) {
    results.push({ benchmark: name, ...measured, ratio: ratioOf(measured) })
    if (!json) process.stdout.write(`  ${line(measured)}\n`)
  }
}
if (json) process.stdout.write(`${JSON.stringify({ machine, results }, null, 2)}\n`)

function line(measured: Measurement): string {
  const { name, value, unit, baseline, note } = measured
  const ratio = ratioOf(measured)
  const beside =
    baseline && ratio !== null ? `; ${baseline.name}: ${digits(baseline.value)} ${unit}; ratio ${ratio.toFixed(2)}` : ''
  return `${name}: ${digits(value)} ${unit}${beside}${note ? ` (${note})` : ''}`
}

function digits(value: number): string {
  return value >= 1000 ? String(Math.round(value)) : value.toPrecision(3)
}

function stop(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}
