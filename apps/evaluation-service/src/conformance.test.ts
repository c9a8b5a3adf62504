import { call } from '@bangfu/contracts/core/client';
import { freezeFrame, getEvaluation } from '@bangfu/contracts/evaluation/evaluations';
import { uploadReturns } from '@bangfu/contracts/evaluation/returns';
import '@bangfu/testkit/postgres';
import { serviceConformance } from '@bangfu/platform/testing/conformance';
import type { JobScenes } from '@bangfu/platform/testing/job-faults';
import { grant } from '@bangfu/platform/testing/test-service';
import { expect, inject } from 'vitest';
import { buildEvaluation } from './app.ts';
import { bringHouseholds } from './testing/register.ts';
import { writeSheet } from './testing/field-work.ts';
import {
  planned,
  COUNTY,
  drawnEvaluation,
  interviewed,
  REGISTER,
  SEED_DAY,
  signed,
  surveySheet,
  threeOffices,
} from './testing/small-county.ts';

const FRAME_DAY = new Date('2026-06-30T02:00:00Z');

const JOBS: JobScenes = {
  'freeze-frame': async (world) => {
    world.setNow(FRAME_DAY);
    const office = world.as('office', grant('county-office'));
    await bringHouseholds(
      world.urls.app,
      REGISTER.map((household, i) => ({ ...household, monitored: [0, 1, 2, 4].includes(i % 10) })),
    );
    let last = '';
    const freeze = async (version: number) => {
      world.setNow(FRAME_DAY);
      const { frameJobId } = await call(office, freezeFrame, { params: { evaluationId: last }, body: { version } });
      return frameJobId ?? '';
    };
    return {
      order: async () => {
        world.setNow(FRAME_DAY);
        const { id, version } = await planned(office);
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
  returns: async (world) => {
    const offices = threeOffices(world);
    await bringHouseholds(world.urls.app, REGISTER);
    const { id } = await drawnEvaluation(world, offices);
    const evaluator = world.as('evaluator', {
      role: 'evaluator',
      scope: { kind: 'evaluation', id, regions: [COUNTY], services: ['evaluation'] },
      until: '2026-12-31T00:00:00Z',
    });
    const { headers, rows } = await surveySheet(evaluator, id);
    let files = 0;
    // The same file twice is refused: another return in each.
    const order = async () => {
      world.setNow(SEED_DAY);
      files += 1;
      const sheet = await writeSheet(headers, [{ ...interviewed(rows[0] ?? {}), 调查员: `评估员${files}` }]);
      const sent = { params: { evaluationId: id }, query: { name: '问卷.signed.zip' }, body: signed(id, sheet) };
      return (await call(offices.receiving, uploadReturns, sent)).jobId;
    };
    return { order, again: order };
  },
};

serviceConformance(() => inject('postgresUrl'), 'evaluation', buildEvaluation, JOBS);
