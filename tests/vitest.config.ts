import { defineConfig } from 'vitest/config'

/** Rules without I/O, and checks of the source itself: no database is started for these alone. */
const pure = ['tests/core/**/*.test.ts', 'tests/house/**/*.test.ts']

export default defineConfig({
  root: `${import.meta.dirname}/..`,
  test: {
    // Two workers on two cores, with PostgreSQL and a browser beside them.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'pure', include: pure } },
      {
        extends: true,
        test: {
          name: 'platform',
          include: ['tests/**/*.test.ts'],
          exclude: pure,
          globalSetup: 'tests/support/global-setup.ts',
        },
      },
    ],
  },
})
