import { defineConfig } from 'vitest/config';

/** Tests of infra stand beside its files, not below src; what needs a server starts its own. */
export default defineConfig({
  resolve: { conditions: ['SOURCE'] },
  ssr: { resolve: { conditions: ['SOURCE'] } },
  test: { environment: 'node', include: ['**/*.test.ts'], maxWorkers: 2 },
});
