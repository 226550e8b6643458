import { checks, runChecks } from './checks.ts'

const { failed } = await runChecks([
  ...checks,
  { name: 'import rules', command: ['vitest', 'run', '--config', 'tests/vitest.config.ts', 'tests/house'] },
])
process.exitCode = failed === 0 ? 0 : 1
