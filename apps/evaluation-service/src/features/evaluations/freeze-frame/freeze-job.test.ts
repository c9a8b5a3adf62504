import { call, type Connection } from '@bangfu/contracts/core/client';
import { freezeFrame, getEvaluation } from '@bangfu/contracts/evaluation/evaluations';
import { EVALUATION_POLICIES, THRESHOLDS } from '@bangfu/contracts/evaluation/policies';
import { everyService } from '@bangfu/contracts/core/every-service';
import { JobCancelled, type JobRun } from '@bangfu/platform/jobs/job';
import { pgSql } from '@bangfu/data/sql';
import type { ServiceKit } from '@bangfu/platform/service';
import { grant, type TestService, testService, until } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildEvaluation } from '../../../app.ts';
import { bringHouseholds } from '../../../testing/register.ts';
import { planned, frozenEvaluation, PLAN, REGISTER, refusal, sqlAs } from '../../../testing/small-county.ts';
import { freeze as freezing } from './freeze-job.ts';

const SHIPPED = THRESHOLDS.seeds[0]?.value;
if (!SHIPPED) throw new Error('thresholds are shipped');

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
    const { id, version } = await planned(office);
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
      const { id, version } = await planned(office, { ...PLAN, design });
      const freeze = call(office, freezeFrame, { params: { evaluationId: id }, body: { version } });
      expect(await refusal(freeze)).toBe('422 SAMPLE_STRATUM_LEFT_OUT');
    },
  );

  it('given another policy from a day on, then a frame is judged by the version of its day, and keeps it', async () => {
    const { draftPolicy, approvePolicy } = EVALUATION_POLICIES;
    const value = { ...SHIPPED, missedBp: 400 };
    const body = { policy: 'thresholds' as const, validFrom: '2026-06-30', document: '省评估办法（2026）', value };
    const before = await planned(office);
    expect(before.thresholds).toMatchObject({
      missedBp: 200,
      minHouseholds: 30,
      document: expect.stringContaining('实施办法'),
    });
    const both = world.as('both', grant('county-office'), grant('county-leader'));
    const drafted = await call(both, draftPolicy, { body });
    const approval = { params: { policyId: drafted.id }, body: { version: 1 } };
    // A draft counts for nothing, and its drafter does not approve it.
    expect((await call(office, getEvaluation, { params: { evaluationId: before.id } })).thresholds.missedBp).toBe(200);
    expect(await refusal(call(both, approvePolicy, approval))).toBe('422 POLICY_OWN');
    await call(leader, approvePolicy, approval);
    const fromPolicy = { missedBp: 400, document: '省评估办法（2026）', policyId: drafted.id };
    expect((await call(office, getEvaluation, { params: { evaluationId: before.id } })).thresholds).toMatchObject(
      fromPolicy,
    );
    await call(office, freezeFrame, { params: { evaluationId: before.id }, body: { version: 1 } });
    await frozenEvaluation(office, before.id);
    // A later version, and other figures in the plan, change nothing of what is frozen.
    const next = { ...body, validFrom: '2026-07-01', value: { ...value, missedBp: 100 } };
    const later = await call(office, draftPolicy, { body: next });
    await call(leader, approvePolicy, { params: { policyId: later.id }, body: { version: 1 } });
    world.setNow(new Date('2026-07-01T02:00:00Z'));
    expect((await call(office, getEvaluation, { params: { evaluationId: before.id } })).thresholds).toMatchObject(
      fromPolicy,
    );
    const tomorrow = await planned(office, {
      ...PLAN,
      frameDate: '2026-07-01',
      fieldFrom: '2026-07-02',
      seedPlan: { ...PLAN.seedPlan, day: '2026-07-02' },
    });
    expect(tomorrow.thresholds).toMatchObject({ missedBp: 100, policyId: later.id });
    world.setNow(new Date('2026-06-30T02:00:00Z'));
    const withFigures = { ...PLAN, thresholds: SHIPPED } as typeof PLAN;
    expect(await refusal(planned(office, withFigures))).toBe('400 INPUT_UNKNOWN');
    const { rows } = await sqlAs(
      world.urls.migrator,
      `SELECT change FROM platform.audit_entry WHERE action = 'evaluation.frame.frozen' AND record_id = '${before.id}'`,
    );
    expect(rows).toMatchObject([{ change: { after: { policyId: drafted.id } } }]);
  });

  it.each(['frame', 'hash', 'keep'])(
    'given a cancel before the part %s, then the plan is a draft as it was',
    async (at) => {
      const { id } = await planned(office);
      await service.pool.query(`UPDATE evaluation SET state = 'freezing', frame_job_id = id WHERE id = $1`, [id]);
      const grants = [grant('county-office')];
      const caller = { id: 'test-office', name: 'office', countyCode: '211382000000', grants, usable: grants };
      const run: JobRun<unknown> = {
        id,
        input: { evaluationId: id },
        caller: { ...caller, address: '', requestId: '' },
        signal: new AbortController().signal,
        stage: async (name) => {
          if (name === at) throw new JobCancelled();
        },
        advance: async () => undefined,
      };
      const handler = freezing.jobs(service)[freezing.kind];
      await expect(handler?.run(run)).rejects.toThrow(JobCancelled);
      await service.bulk(async (client) => handler?.settle(pgSql(client), { ...run, how: 'cancelled' }));
      const params = { evaluationId: id };
      expect(await call(office, getEvaluation, { params })).toMatchObject({ state: 'draft', frame: null });
      expect(await framesOf(id)).toBe(0);
    },
  );

  it('given a cancel by whoever ordered it, when the worker comes to it, then plan and job say so', async () => {
    const { id, version } = await planned(office);
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
