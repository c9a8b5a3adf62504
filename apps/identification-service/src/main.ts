import { serveUntilStopped } from '@bangfu/service-kit/service';
import { buildIdentification } from './app.ts';

await serveUntilStopped('identification', buildIdentification);
