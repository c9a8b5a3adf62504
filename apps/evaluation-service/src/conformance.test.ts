import { call } from '@bangfu/contracts/core/client';
import { freezeFrame, getEvaluation } from '@bangfu/contracts/evaluation/evaluations';
import '@bangfu/testkit/postgres';
import { serviceConformance } from '@bangfu/service-kit/testing/conformance';
import type { JobScenes } from '@bangfu/service-kit/testing/job-faults';
import { grant } from '@bangfu/service-kit/testing/test-service';
import { expect, inject } from 'vitest';
import { buildEvaluation } from './app.ts';
import { bringHouseholds } from './testing/register.ts';
import { approvedPlan, REGISTER } from './testing/small-county.ts';

const JOBS: JobScenes = {
  'freeze-frame': async (world) => {
    world.setNow(new Date('2026-06-30T02:00:00Z'));
    const office = world.as('office', grant('county-office'));
    const leader = world.as('leader', grant('county-leader'));
    await bringHouseholds(
      world.urls.app,
      REGISTER.map((household, i) => ({ ...household, monitored: [0, 1, 2, 4].includes(i % 10) })),
    );
    let last = '';
    const freeze = async (version: number) => {
      const { frameJobId } = await call(office, freezeFrame, { params: { evaluationId: last }, body: { version } });
      return frameJobId ?? '';
    };
    return {
      order: async () => {
        const { id, version } = await approvedPlan(office, leader);
        last = id;
        return freeze(version);
      },
      again: async () => {
        const { state, frame, version } = await call(office, getEvaluation, { params: { evaluationId: last } });
        expect({ state, frame }).toEqual({ state: 'draft', frame: null });
        return freeze(version);
      },
    };
  },
};

serviceConformance(() => inject('postgresUrl'), 'evaluation', buildEvaluation, JOBS);
