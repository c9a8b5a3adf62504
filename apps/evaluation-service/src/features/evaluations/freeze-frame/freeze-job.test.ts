import { call, type Connection } from '@bangfu/contracts/core/client';
import { createEvaluation, freezeFrame, getEvaluation } from '@bangfu/contracts/evaluation/evaluations';
import { everyService } from '@bangfu/contracts/core/every-service';
import { JobCancelled, type JobRun } from '@bangfu/service-kit/jobs/job';
import { grant, type TestService, testService, until } from '@bangfu/service-kit/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildEvaluation } from '../../../app.ts';
import { type Evaluation, withClient } from '../../../db/client.ts';
import { bringHouseholds } from '../../../testing/register.ts';
import { frozenEvaluation, PLAN, REGISTER, sqlAs } from '../../../testing/small-county.ts';
import { type FreezeJobInput, runFreezeJob } from './freeze-job.ts';

let world: TestService;
let service: Evaluation;
let office: Connection;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'evaluation', (kit) => {
    service = withClient(kit);
    return buildEvaluation(kit);
  });
  world.setNow(new Date('2026-06-30T02:00:00Z'));
  office = world.as('office', grant('county-office'));
  // Watched are one who has exited and two who never were poor in each village; the poor one stays among the poor.
  await bringHouseholds(
    world.urls.app,
    REGISTER.map((household, i) => ({ ...household, monitored: [0, 1, 2, 4].includes(i % 10) })),
  );
});
afterAll(async () => {
  await service.prisma.$disconnect();
  await world.stop();
});

const framesOf = async (id: string) =>
  (await sqlAs(world.urls.migrator, `SELECT 1 FROM frame_row WHERE evaluation_id = '${id}'`)).rowCount;

describe('freezing a frame', () => {
  it('given monitored households, when the frame is frozen, then they are a stratum of their own', async () => {
    const { id, version } = await call(office, createEvaluation, { body: PLAN });
    await call(office, freezeFrame, { params: { evaluationId: id }, body: { version } });
    const { frame } = await frozenEvaluation(office, id);
    expect(Object.entries(frame?.totals ?? {}).map(([stratum, { households }]) => [stratum, households])).toEqual([
      ['registered-poor', 8],
      ['exited', 12],
      ['monitored', 12],
      ['general', 8],
    ]);
  });

  it.each(['frame', 'hash', 'keep'])(
    'given a cancel before the part %s, then the plan is a draft as it was',
    async (at) => {
      const { id } = await call(office, createEvaluation, { body: PLAN });
      await service.prisma.evaluation.update({ where: { id }, data: { state: 'freezing' } });
      const grants = [grant('county-office')];
      const caller = { id: 'test-office', name: 'office', countyCode: '211382000000', grants, usable: grants };
      const run: JobRun<FreezeJobInput> = {
        id,
        input: { evaluationId: id },
        caller: { ...caller, address: '', requestId: '' },
        stage: async (name) => {
          if (name === at) throw new JobCancelled();
        },
        advance: async () => undefined,
      };
      await expect(runFreezeJob(service, run)).rejects.toThrow(JobCancelled);
      const params = { evaluationId: id };
      expect(await call(office, getEvaluation, { params })).toMatchObject({ state: 'draft', frame: null });
      expect(await framesOf(id)).toBe(0);
    },
  );

  it('given a cancel by whoever ordered it, when the worker comes to it, then plan and job say so', async () => {
    const { id, version } = await call(office, createEvaluation, { body: PLAN });
    const params = { evaluationId: id };
    const { frameJobId } = await call(office, freezeFrame, { params, body: { version } });
    const jobId = frameJobId ?? '';
    const { cancelJob, getJob } = everyService('evaluation');
    await call(office, cancelJob, { params: { jobId } });
    await until('the plan is a draft', async () => (await call(office, getEvaluation, { params })).state === 'draft');
    await until(
      'the job is ended',
      async () => (await call(office, getJob, { params: { jobId } })).state === 'cancelled',
    );
  });
});
