import { defineConfig } from 'vitest/config';

/** For packages whose tests need neither a database nor a broker. */
export default defineConfig({
  resolve: { conditions: ['SOURCE'] },
  ssr: { resolve: { conditions: ['SOURCE'] } },
  // Generous: a property over hundreds of counties must not fail because the machine is busy.
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    passWithNoTests: true,
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});
