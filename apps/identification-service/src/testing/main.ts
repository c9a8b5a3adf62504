import { serveUntilStopped } from '@bangfu/platform/service';
import { movedClock } from '@bangfu/platform/testing/moved-clock';
import { buildIdentification } from '../app.ts';

await serveUntilStopped('identification', buildIdentification, { clock: movedClock() });
