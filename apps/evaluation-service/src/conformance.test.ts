import '@bangfu/testkit/postgres';
import { serviceConformance } from '@bangfu/service-kit/testing/conformance';
import { inject } from 'vitest';
import { buildEvaluation } from './app.ts';

serviceConformance(() => inject('postgresUrl'), 'evaluation', buildEvaluation);
