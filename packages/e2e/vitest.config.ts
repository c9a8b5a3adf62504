import { defineConfig } from 'vitest/config';

/** Tests against the platform as its start command runs it; each file with its own, two at a time: they wait more than they compute. */
export default defineConfig({
  resolve: { conditions: ['SOURCE'] },
  ssr: { resolve: { conditions: ['SOURCE'] } },
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts'],
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});
