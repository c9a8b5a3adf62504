import { call } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import { CadreImportReport, importCadres } from '@bangfu/contracts/pairing/cadres';
import { getPlan, makePlan } from '@bangfu/contracts/pairing/plans';
import '@bangfu/testkit/postgres';
import { serviceConformance } from '@bangfu/platform/testing/conformance';
import type { JobScenes } from '@bangfu/platform/testing/job-faults';
import { grant } from '@bangfu/platform/testing/test-service';
import { expect, inject } from 'vitest';
import { buildPairing } from './app.ts';
import { COUNTY, feedHouseholds, feedRegions } from './testing/register.ts';

const JOBS: JobScenes = {
  'pairing-plan': async (world) => {
    const office = world.as('office', grant('county-office'));
    await feedRegions(world.urls.app);
    await feedHouseholds(world.urls.app, 4);
    const body = Buffer.from('单位,姓名,职级\n水利局,水一,县级领导\n');
    await callJob(office, importCadres, CadreImportReport, { query: { name: '名单.csv', commit: 'true' }, body });
    let last = '';
    const order = async () => {
      const { id, jobId } = await call(office, makePlan, { body: { region: COUNTY } });
      last = id;
      return jobId;
    };
    return {
      order,
      again: async (how) => {
        const { state, version } = await call(office, getPlan, { params: { planId: last } });
        expect(state).toBe(how === 'cancelled' ? 'discarded' : 'failed');
        const again = await order();
        expect(version).toBeGreaterThan(1);
        return again;
      },
    };
  },
  'cadre-list': async (world) => {
    const office = world.as('office', grant('county-office'));
    const body = Buffer.from('单位,姓名,职级\n水利局,水二,县级领导\n');
    const order = async () => (await call(office, importCadres, { query: { name: '名单.csv' }, body })).jobId;
    return { order, again: order };
  },
};

serviceConformance(() => inject('postgresUrl'), 'pairing', buildPairing, JOBS);
