import { defineConfig } from '@playwright/test';
import journeys from './playwright.config.ts';

/** Makes the README's pictures anew: `pnpm pictures`. */
export default defineConfig({
  ...journeys,
  testMatch: '*.images.ts',
  projects: [{ name: 'desk', use: { viewport: { width: 1440, height: 900 } } }],
});
