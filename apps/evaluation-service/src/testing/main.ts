import { serveUntilStopped } from '@bangfu/service-kit/service';
import { movedClock } from '@bangfu/service-kit/testing/moved-clock';
import { buildEvaluation } from '../app.ts';

await serveUntilStopped('evaluation', buildEvaluation, { clock: movedClock() });
