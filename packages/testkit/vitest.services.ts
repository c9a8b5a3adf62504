import { defineConfig } from 'vitest/config';

/** For packages whose tests need PostgreSQL: one server for the run, a database for each test file. */
export default defineConfig({
  resolve: { conditions: ['SOURCE'] },
  // The global setup is loaded in vitest's own environment, the tests in ssr.
  environments: {
    ssr: { resolve: { conditions: ['SOURCE'] } },
    __vitest__: { resolve: { conditions: ['SOURCE'] } },
  },
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts'],
    passWithNoTests: true,
    globalSetup: [new URL('./src/postgres.setup.ts', import.meta.url).pathname],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
