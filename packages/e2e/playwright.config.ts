import { defineConfig } from '@playwright/test';

const executablePath = process.env['BANGFU_CHROMIUM'] ?? '/usr/bin/chromium';

/** What does not depend on what carries the events is gone through once. */
const onKafka = process.env['BANGFU_JOURNEY_KAFKA'] === '1';
const desk = { viewport: { width: 1440, height: 900 } };
/** Changes nothing, so two may walk at once; the others share one county, and each builds on its own records. */
const walks = [
  { name: 'pages', use: desk, testMatch: 'places.journey.ts', workers: 2, fullyParallel: true },
  { name: 'every page', use: desk, testMatch: 'every-page.journey.ts', dependencies: ['pages'] },
];

/** Journeys run against the platform as a user starts it, in Chinese, on a desk and on a phone. */
export default defineConfig({
  testDir: './src',
  testMatch: '*.journey.ts',
  globalSetup: './src/platform.setup.ts',
  outputDir: '../../.artefacts/journeys',
  workers: 2,
  fullyParallel: false,
  timeout: 120_000,
  // Waiting costs nothing where a page is quick; a busy machine needs it.
  expect: { timeout: 30_000 },
  forbidOnly: true,
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
    // As users see it who asked for less motion: nothing moves while it is checked.
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 15_000,
    navigationTimeout: 15_000,
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
        // Pages are reloaded all the time: optimising their code takes longer than it saves.
        '--js-flags=--no-opt,--no-maglev',
      ],
    },
  },
  projects: [
    ...(onKafka ? [] : walks),
    {
      name: 'desk',
      use: desk,
      workers: 1,
      testIgnore: [
        '*.phone.journey.ts',
        'places.journey.ts',
        'every-page.journey.ts',
        ...(onKafka ? ['evaluator.journey.ts', 'line.journey.ts'] : []),
      ],
    },
    {
      name: 'phone',
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
      workers: 1,
      testMatch: '*.phone.journey.ts',
    },
  ],
});
