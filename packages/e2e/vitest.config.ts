import { defineConfig } from 'vitest/config';

/** Tests against the platform as its start command runs it; one file after the other, each with its own. */
export default defineConfig({
  resolve: { conditions: ['SOURCE'] },
  ssr: { resolve: { conditions: ['SOURCE'] } },
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});
