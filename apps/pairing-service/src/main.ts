import { serveUntilStopped } from '@bangfu/service-kit/service';
import { buildPairing } from './app.ts';

await serveUntilStopped('pairing', buildPairing);
