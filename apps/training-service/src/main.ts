import { serveUntilStopped } from '@bangfu/service-kit/service';
import { buildTraining } from './app.ts';

await serveUntilStopped('training', buildTraining);
