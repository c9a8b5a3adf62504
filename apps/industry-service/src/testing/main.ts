import { serveUntilStopped } from '@bangfu/platform/service';
import { movedClock } from '@bangfu/platform/testing/moved-clock';
import { buildIndustry } from '../app.ts';

await serveUntilStopped('industry', buildIndustry, { clock: movedClock() });
