import { serveUntilStopped } from '@bangfu/service-kit/service';
import { movedClock } from '@bangfu/service-kit/testing/moved-clock';
import { buildIdentification } from '../app.ts';

await serveUntilStopped('identification', buildIdentification, { clock: movedClock() });
