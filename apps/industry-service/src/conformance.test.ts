import '@bangfu/testkit/postgres';
import { serviceConformance } from '@bangfu/service-kit/testing/conformance';
import { inject } from 'vitest';
import { buildIndustry } from './app.ts';

serviceConformance(() => inject('postgresUrl'), 'industry', buildIndustry);
