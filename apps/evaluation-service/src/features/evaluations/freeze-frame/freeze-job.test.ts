import { call, type Connection } from '@bangfu/contracts/core/client';
import {
  approveThresholds,
  createEvaluation,
  freezeFrame,
  getEvaluation,
  reviseEvaluation,
} from '@bangfu/contracts/evaluation/evaluations';
import { everyService } from '@bangfu/contracts/core/every-service';
import { JobCancelled, type JobRun } from '@bangfu/platform/jobs/job';
import type { ServiceKit } from '@bangfu/platform/service';
import { grant, type TestService, testService, until } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildEvaluation } from '../../../app.ts';
import { bringHouseholds } from '../../../testing/register.ts';
import { approvedPlan, frozenEvaluation, PLAN, REGISTER, refusal, sqlAs } from '../../../testing/small-county.ts';
import { type FreezeJobInput, runFreezeJob, settleFreeze } from './freeze-job.ts';

let world: TestService;
let service: ServiceKit;
let office: Connection;
let leader: Connection;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'evaluation', (kit) => {
    service = kit;
    return buildEvaluation(kit);
  });
  world.setNow(new Date('2026-06-30T02:00:00Z'));
  office = world.as('office', grant('county-office'));
  leader = world.as('leader', grant('county-leader'));
  // Watched are one who has exited and two who never were poor in each village; the poor one stays among the poor.
  await bringHouseholds(
    world.urls.app,
    REGISTER.map((household, i) => ({ ...household, monitored: [0, 1, 2, 4].includes(i % 10) })),
  );
});
afterAll(() => world.stop());

const framesOf = async (id: string) =>
  (await sqlAs(world.urls.migrator, `SELECT 1 FROM frame_row WHERE evaluation_id = '${id}'`)).rowCount;

describe('freezing a frame', () => {
  it('given monitored households, when the frame is frozen, then they are a stratum of their own', async () => {
    const { id, version } = await approvedPlan(office, leader);
    await call(office, freezeFrame, { params: { evaluationId: id }, body: { version } });
    const { frame } = await frozenEvaluation(office, id);
    expect(Object.entries(frame?.totals ?? {}).map(([stratum, { households }]) => [stratum, households])).toEqual([
      ['registered-poor', 8],
      ['exited', 12],
      ['monitored', 12],
      ['general', 8],
    ]);
    const { rows } = await sqlAs(
      world.urls.migrator,
      `SELECT DISTINCT stratum, status FROM frame_row WHERE evaluation_id = '${id}' ORDER BY 1, 2`,
    );
    expect(rows.map(({ stratum, status }) => `${stratum}: ${status}`)).toEqual([
      'exited: exited',
      'general: none',
      'monitored: exited',
      'monitored: none',
      'registered-poor: registered',
      'registered-poor: returned',
    ]);
  });

  it.each(['exited', 'monitored', 'general'] as const)(
    'given a design that draws nobody of %s, then it is refused: a rate would count them and never see them',
    async (stratum) => {
      const design = { ...PLAN.design, take: { ...PLAN.design.take, [stratum]: 0 } };
      const { id, version } = await approvedPlan(office, leader, { ...PLAN, design });
      const freeze = call(office, freezeFrame, { params: { evaluationId: id }, body: { version } });
      expect(await refusal(freeze)).toBe('422 SAMPLE_STRATUM_LEFT_OUT');
    },
  );

  it('given thresholds that nobody else approved, or changed since, then the frame is not frozen', async () => {
    const draft = await call(office, createEvaluation, { body: PLAN });
    const params = { evaluationId: draft.id };
    const freeze = (version: number) => refusal(call(office, freezeFrame, { params, body: { version } }));
    const approve = (who: Connection, version: number) => call(who, approveThresholds, { params, body: { version } });
    expect(draft).toMatchObject({ thresholdsApproval: null, thresholds: { set: 'default', minHouseholds: 30 } });
    expect(await freeze(1)).toBe('422 THRESHOLDS_NOT_APPROVED');
    expect(await refusal(approve(office, 1))).toBe('422 THRESHOLDS_SAME_PERSON');
    const auditor = world.as('auditor', grant('auditor'));
    expect(await refusal(approve(auditor, 1))).toBe('403 NOT_GRANTED');
    const approved = await approve(leader, 1);
    expect(approved.thresholdsApproval).toEqual({ by: 'leader', at: '2026-06-30T02:00:00.000Z' });
    const lower = { ...PLAN.thresholds, missedBp: 400 };
    const revise = (thresholds: Record<string, unknown>, version: number) =>
      call(office, reviseEvaluation, {
        params,
        body: { ...PLAN, thresholds: { ...PLAN.thresholds, ...thresholds }, version },
      });
    // Another name leaves the approval, other figures withdraw it and need a document of their own.
    expect((await revise({}, 2)).thresholdsApproval).toEqual(approved.thresholdsApproval);
    expect(await refusal(revise(lower, 3))).toBe('422 THRESHOLDS_DOCUMENT_MISSING');
    expect(await refusal(revise({ set: 'west', compositeBp: 300 }, 3))).toBe('422 THRESHOLDS_DOCUMENT_MISSING');
    const changed = await revise({ ...lower, document: '省评估办法（2026）' }, 3);
    expect(changed.thresholdsApproval).toBeNull();
    expect(await freeze(4)).toBe('422 THRESHOLDS_NOT_APPROVED');
    const colleague = world.as('colleague', grant('county-office'));
    await approve(colleague, 4);
    await call(office, freezeFrame, { params, body: { version: 5 } });
    await frozenEvaluation(office, draft.id);
    expect(await refusal(approve(leader, 7))).toBe('422 EVALUATION_NOT_DRAFT');
    const { rows } = await sqlAs(
      world.urls.migrator,
      `SELECT account_name FROM platform.audit_entry WHERE action = 'evaluation.thresholds.approved' AND record_id = '${draft.id}'
       ORDER BY id`,
    );
    expect(rows.map((row) => row.account_name).sort()).toEqual(['colleague', 'leader']);
  });

  it.each(['frame', 'hash', 'keep'])(
    'given a cancel before the part %s, then the plan is a draft as it was',
    async (at) => {
      const { id } = await approvedPlan(office, leader);
      await service.pool.query(`UPDATE evaluation SET state = 'freezing', frame_job_id = id WHERE id = $1`, [id]);
      const grants = [grant('county-office')];
      const caller = { id: 'test-office', name: 'office', countyCode: '211382000000', grants, usable: grants };
      const run: JobRun<FreezeJobInput> = {
        id,
        input: { evaluationId: id },
        caller: { ...caller, address: '', requestId: '' },
        signal: new AbortController().signal,
        stage: async (name) => {
          if (name === at) throw new JobCancelled();
        },
        advance: async () => undefined,
      };
      await expect(runFreezeJob(service, run)).rejects.toThrow(JobCancelled);
      await service.bulk((_client, sql) => settleFreeze(sql, { ...run, how: 'cancelled' }));
      const params = { evaluationId: id };
      expect(await call(office, getEvaluation, { params })).toMatchObject({ state: 'draft', frame: null });
      expect(await framesOf(id)).toBe(0);
    },
  );

  it('given a cancel by whoever ordered it, when the worker comes to it, then plan and job say so', async () => {
    const { id, version } = await approvedPlan(office, leader);
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
