import { serveUntilStopped } from '@bangfu/service-kit/service';
import { movedClock } from '@bangfu/service-kit/testing/moved-clock';
import { buildTraining } from '../app.ts';

await serveUntilStopped('training', buildTraining, { clock: movedClock() });
