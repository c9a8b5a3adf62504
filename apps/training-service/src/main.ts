import { serveUntilStopped } from '@bangfu/platform/service';
import { buildTraining } from './app.ts';

await serveUntilStopped('training', buildTraining);
