import { serveUntilStopped } from '@bangfu/service-kit/service';
import { movedClock } from '@bangfu/service-kit/testing/moved-clock';
import { buildPairing } from '../app.ts';

await serveUntilStopped('pairing', buildPairing, { clock: movedClock() });
