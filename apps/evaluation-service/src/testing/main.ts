import { serveUntilStopped } from '@bangfu/platform/service';
import { movedClock } from '@bangfu/platform/testing/moved-clock';
import { buildEvaluation } from '../app.ts';

await serveUntilStopped('evaluation', buildEvaluation, { clock: movedClock() });
