import { serveUntilStopped } from '@bangfu/service-kit/service';
import { buildIndustry } from './app.ts';

await serveUntilStopped('industry', buildIndustry);
