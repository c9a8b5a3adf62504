import { defineConfig } from '@playwright/test';

const executablePath = process.env['BANGFU_CHROMIUM'] ?? '/usr/bin/chromium';

/** What does not depend on what carries the events is gone through once. */
const sameAnywhere = process.env['BANGFU_JOURNEY_KAFKA'] === '1' ? ['places.journey.ts', 'evaluator.journey.ts'] : [];

/** Journeys run against the platform as a user starts it, in Chinese, on a desk and on a phone. */
export default defineConfig({
  testDir: './src',
  testMatch: '*.journey.ts',
  globalSetup: './src/platform.setup.ts',
  outputDir: '../../.artefacts/journeys',
  // The journeys share one county; each builds on its own records.
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  // Waiting costs nothing where a page is quick; a busy machine needs it.
  expect: { timeout: 30_000 },
  forbidOnly: true,
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
    actionTimeout: 15_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    {
      name: 'desk',
      use: { viewport: { width: 1440, height: 900 } },
      testIgnore: ['*.phone.journey.ts', ...sameAnywhere],
    },
    {
      name: 'phone',
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
      testMatch: '*.phone.journey.ts',
    },
  ],
});
