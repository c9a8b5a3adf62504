import { serveUntilStopped } from '@bangfu/platform/service';
import { buildIndustry } from './app.ts';

await serveUntilStopped('industry', buildIndustry);
