import { serveUntilStopped } from '@bangfu/platform/service';
import { buildPairing } from './app.ts';

await serveUntilStopped('pairing', buildPairing);
