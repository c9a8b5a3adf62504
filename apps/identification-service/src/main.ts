import { serveUntilStopped } from '@bangfu/platform/service';
import { buildIdentification } from './app.ts';

await serveUntilStopped('identification', buildIdentification);
