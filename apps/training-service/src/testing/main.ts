import { serveUntilStopped } from '@bangfu/platform/service';
import { movedClock } from '@bangfu/platform/testing/moved-clock';
import { buildTraining } from '../app.ts';

await serveUntilStopped('training', buildTraining, { clock: movedClock() });
