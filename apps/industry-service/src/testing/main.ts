import { serveUntilStopped } from '@bangfu/service-kit/service';
import { movedClock } from '@bangfu/service-kit/testing/moved-clock';
import { buildIndustry } from '../app.ts';

await serveUntilStopped('industry', buildIndustry, { clock: movedClock() });
