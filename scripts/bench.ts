import { existsSync, globSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Benchmark, Measurement } from '../tests/support/benchmark.ts'

const folder = resolve(import.meta.dirname, '../tests/bench')
const words = process.argv.slice(2)
const json = words.includes('--json')
const wanted = words.filter((word) => !word.startsWith('-'))

const names = existsSync(folder)
  ? globSync('*.bench.ts', { cwd: folder }).map((file) => basename(file, '.bench.ts'))
  : []
const unknown = wanted.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`No benchmark ${unknown.join(', ')}. There are: ${names.join(', ') || 'none'}.\n`)
  process.exit(2)
}

const results: (Measurement & { name: string; ratio: number })[] = []
for (const name of names.toSorted().filter((each) => wanted.length === 0 || wanted.includes(each))) {
  const { benchmark } = (await import(resolve(folder, `${name}.bench.ts`))) as { benchmark: Benchmark }
  const measured = await benchmark()
  const result = { name, ...measured, ratio: measured.value / measured.baseline.value }
  results.push(result)
  if (!json) {
    const { value, unit, baseline, ratio } = result
    process.stdout.write(
      `${name}: ${value.toPrecision(4)} ${unit}; ${baseline.name}: ${baseline.value.toPrecision(4)} ${unit}; ratio ${ratio.toFixed(2)}\n`,
    )
  }
}
if (json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`)
