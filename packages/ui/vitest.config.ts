import { defineConfig } from 'vitest/config';

/** Components are tested in jsdom; workspace packages are read from their sources. */
export default defineConfig({
  resolve: { conditions: ['SOURCE'] },
  ssr: { resolve: { conditions: ['SOURCE'] } },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test-setup.ts'],
    testTimeout: 30_000,
    maxWorkers: 2,
  },
});
