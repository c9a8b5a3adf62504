import { serveUntilStopped } from '@bangfu/platform/service';
import { buildEvaluation } from './app.ts';

await serveUntilStopped('evaluation', buildEvaluation);
