import { serveUntilStopped } from '@bangfu/platform/service';
import { movedClock } from '@bangfu/platform/testing/moved-clock';
import { buildPairing } from '../app.ts';

await serveUntilStopped('pairing', buildPairing, { clock: movedClock() });
