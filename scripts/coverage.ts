import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { grid, mustHold, spoilt, SURVEYS } from '../tests/core/index/coverage/grid.ts'
import { coverage, judged } from '../tests/core/index/coverage/simulation.ts'

/** `node scripts/run.mjs scripts/coverage.ts`: simulates the whole grid and writes docs/coverage.md. */
const run = (arrivals: typeof grid) =>
  arrivals.map((arrival) => {
    process.stderr.write(`  … ${arrival.n} people on ${arrival.days} days\n`)
    return { arrival, counts: coverage(arrival, SURVEYS, arrival.seed) }
  })
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const table = (results: ReturnType<typeof run>, key: 'covered' | 'width', show: (value: number) => string) =>
  [
    row(['', ...results.map(({ arrival: { n, days } }) => `${n} people, ${days} days`)]),
    row(['---', ...results.map(() => '---:')]),
    ...judged.map((code) => row([code, ...results.map(({ counts }) => show(counts.get(code)?.[key] ?? NaN))])),
  ].join('\n')
const results = run(grid)
const percent = (part: number) => (100 * part).toFixed(1)
const held = results
  .flatMap(({ arrival, counts }) => (mustHold(arrival) ? [...counts.values()] : []))
  .map(({ covered }) => covered)

const text = `# How often 95 % intervals hold the truth

Made by \`node scripts/run.mjs scripts/coverage.ts\` (${SURVEYS.toLocaleString('en')} simulated surveys in each column, seeded; the same
digits on every machine). Every survey goes through the code that province figures go through: answers, linearisation by
unit and day, goalposts, aggregation, interval. Per cent of surveys whose interval held the true value; a figure is sure to
about ± 1.

People answer by an inclination made of the day they came (correlation 0.1 between two people of one day, 0.2 in the last
column, 0 where everyone comes alone), of themselves (0.3 between two answers of one person) and of chance; days differ in
size by half. "mixed" is the mean of three shares and a mean on 1–10, "geometric" the geometric mean of three shares, "eight
rotated shares" a sum of shares that five in eight people are asked, "total" the mean of all groups.

${table(results, 'covered', percent)}

With at least 100 answers on at least 20 days every figure lies between ${percent(Math.min(...held))} and ${percent(Math.max(...held))}. Below that
pages warn (\`intervalWarnings\`): with 30 answers on 10 days a bounded mean near its end is too sure of itself.

Mean width of the same intervals, shares from 0 to 1 as scores on 1–10:

${table(results, 'width', (width) => width.toFixed(2))}

## Where it falls short

Days that go wrong as a whole: every third person answers as the day went, whatever it was, so that two people of one day give
the very same answer one time in ten for that reason alone. A share of 0.9 then lives on two such days in twenty, and a sample
that met one or none cannot know. More days cure it, not more answers.

${table(run(spoilt), 'covered', percent)}
`
writeFileSync(resolve(import.meta.dirname, '../docs/coverage.md'), text)
