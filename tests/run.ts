import { startVitest } from 'vitest/node'
import { runChecks } from '../scripts/checks.ts'
import { oldestPostgres } from './support/oldest-postgres.ts'
import { buildWeb } from '../scripts/web.ts'

/**
 * `npm test`: every check, then every test; words on the command line choose test files and skip the checks.
 * The last line is the verdict, and the exit code says the same.
 */
const filters = process.argv.slice(2)
const counts = filters.length === 0 ? await runChecks() : { passed: 0, failed: 0 }
let skipped = 0
if (filters.length === 0) {
  const built = await buildWeb()
  counts[built ? 'passed' : 'failed'] += 1
  process.stdout.write(`${built ? 'ok    ' : 'FAILED'} build of the web pages\n`)
}

if (oldestPostgres() === null)
  process.stdout.write(
    `PostgreSQL 15 was not tested: there is no package of it for ${process.platform}-${process.arch} here.\n`,
  )

const vitest = await startVitest('test', filters, { config: 'tests/vitest.config.ts', watch: false, run: true })
for (const file of vitest.state.getTestModules()) {
  const tests = [...file.children.allTests()]
  counts.passed += tests.filter((test) => test.result().state === 'passed').length
  const failed = tests.filter((test) => test.result().state === 'failed').length
  // A file that broke before or beside its tests (an import, a hook) has failed even if no test of it did.
  counts.failed += failed === 0 && file.state() === 'failed' ? 1 : failed
  skipped += tests.filter((test) => ['skipped', 'pending'].includes(test.result().state)).length
}
counts.failed += vitest.state.getUnhandledErrors().length
const found = vitest.state.getTestModules().length > 0
await vitest.close()

if (!found) {
  process.stdout.write('No test file was found.\n')
  counts.failed += 1
}
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
process.exit(counts.failed === 0 ? 0 : 1)
