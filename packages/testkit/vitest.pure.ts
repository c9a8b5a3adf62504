import { defineConfig } from 'vitest/config';

/** For packages whose tests need neither a database nor a broker. */
export default defineConfig({
  resolve: { conditions: ['SOURCE'] },
  ssr: { resolve: { conditions: ['SOURCE'] } },
  test: { environment: 'node', include: ['src/**/*.test.{ts,tsx}'], passWithNoTests: true },
});
