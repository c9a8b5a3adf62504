import { serveUntilStopped } from '@bangfu/service-kit/service';
import { buildEvaluation } from './app.ts';

await serveUntilStopped('evaluation', buildEvaluation);
