import { defineConfig } from 'vitest/config'
import { oldestPostgres } from './support/oldest-postgres.ts'

/** The oldest PostgreSQL that is supported: migrations, queries, the HTTP contract, backup and restore. */
const onOldest = [
  'tests/db/{migrations,row-level-security,schema,sample}.test.ts',
  'tests/db/queries/**/*.test.ts',
  'tests/backup/{backup,owner}.test.ts',
  'tests/contract/node.test.ts',
  'tests/oldest-postgres.test.ts',
]
/** Rules without I/O, and checks of the source itself: no database is started for these alone. */
const pure = ['tests/core/**/*.test.ts', 'tests/house/**/*.test.ts']

export default defineConfig({
  root: `${import.meta.dirname}/..`,
  test: {
    // Two workers on two cores, with PostgreSQL and a browser beside them.
    maxWorkers: 2,
    setupFiles: 'tests/support/same-cases.ts',
    // Limits are for what hangs. A machine that does other work too was seen ten times slower, and that is no failure.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    projects: [
      { extends: true, test: { name: 'pure', include: pure } },
      {
        extends: true,
        test: {
          name: 'platform',
          include: ['tests/**/*.test.ts'],
          exclude: [...pure, 'tests/oldest-postgres.test.ts'],
          globalSetup: 'tests/support/global-setup.ts',
        },
      },
      ...(oldestPostgres() === null
        ? []
        : [
            {
              extends: true as const,
              test: { name: 'postgres-15', include: onOldest, globalSetup: 'tests/support/global-setup.ts' },
            },
          ]),
    ],
  },
})
