import { call, type Connection } from '@bangfu/contracts/core/client';
import { checkQuality } from '@bangfu/contracts/identification/households';
import { getImport, uploadRoster } from '@bangfu/contracts/identification/imports';
import '@bangfu/testkit/postgres';
import { serviceConformance } from '@bangfu/platform/testing/conformance';
import type { JobScenes } from '@bangfu/platform/testing/job-faults';
import { grant, type TestService } from '@bangfu/platform/testing/test-service';
import { expect, inject } from 'vitest';
import { buildIdentification } from './app.ts';
import { bringRegions, rosterText } from './testing/rosters.ts';

let bringing: Promise<unknown> | undefined;
/** The office of a county whose divisions are there, once for all kinds. */
async function officeOf(world: TestService): Promise<Connection> {
  const office = world.as('office', grant('county-office'));
  bringing ??= bringRegions(office);
  await bringing;
  return office;
}

const JOBS: JobScenes = {
  'roster-import': async (world) => {
    const office = await officeOf(world);
    let last = '';
    let files = 0;
    const order = async () => {
      files += 1;
      const text = rosterText([{ number: `2113821010${String(files).padStart(4, '0')}`, person: files, name: '甲一' }]);
      const { id, jobId } = await call(office, uploadRoster, {
        query: { name: '名单.csv', commit: 'true' },
        body: Buffer.from(text),
      });
      last = id;
      return jobId ?? '';
    };
    return {
      order,
      again: async () => {
        expect((await call(office, getImport, { params: { importId: last } })).state).toBe('failed');
        return order();
      },
    };
  },
  'quality-check': async (world) => {
    const office = await officeOf(world);
    const order = async () => (await call(office, checkQuality, { body: {} })).jobId;
    return { order, again: order };
  },
};

serviceConformance(() => inject('postgresUrl'), 'identification', buildIdentification, JOBS);
