import { call, type Connection } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import { everyService } from '@bangfu/contracts/core/every-service';
import { CadreImportReport, importCadres, listCadres } from '@bangfu/contracts/pairing/cadres';
import { assignHelper } from '@bangfu/contracts/pairing/pairings';
import { getPlan, listPlanRows, makePlan } from '@bangfu/contracts/pairing/plans';
import { pgSql } from '@bangfu/data/sql';
import { typedSql } from '@bangfu/data/typed-sql';
import { JobCancelled, type JobRun } from '@bangfu/platform/jobs/job';
import type { ServiceKit } from '@bangfu/platform/service';
import { grant, type TestService, testService, until } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildPairing } from '../../../app.ts';
import type { Tables } from '../../../operations.ts';
import { COUNTY, type FedHousehold, feedHouseholds, feedRegions } from '../../../testing/register.ts';
import { planJob } from './plan-job.ts';

let world: TestService;
let kit: ServiceKit;
let office: Connection;
let households: FedHousehold[];
let helperId = '';

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'pairing', (given) => {
    kit = given;
    return buildPairing(given);
  });
  world.setNow(new Date('2026-03-02T02:00:00Z'));
  office = world.as('office', grant('county-office'));
  await feedRegions(world.urls.app);
  households = await feedHouseholds(world.urls.app, 6);
  const body = Buffer.from('单位,姓名,职级\n水利局,水一,县级领导\n水利局,水二,正职\n');
  await callJob(office, importCadres, CadreImportReport, { query: { name: '名单.csv', commit: 'true' }, body });
  helperId = (await call(office, listCadres, { query: { search: '水一' } })).rows[0]?.id ?? '';
});
afterAll(() => world.stop());

/** A plan that no worker takes, and a run of it by hand that calls `at` when it enters a stage. */
async function byHand(at: (stage: string) => Promise<void>): Promise<JobRun<{ planId: string }>> {
  const now = kit.clock();
  const id = kit.newId(now);
  const [countyCode, jobId, makerId, makerName] = [COUNTY, kit.newId(now), 'test-office', 'office'];
  await typedSql<Tables>(kit.pool)
    .insertInto('pairing_plan')
    .values({
      id,
      county_code: countyCode,
      region_code: COUNTY,
      state: 'computing',
      job_id: jobId,
      maker_id: makerId,
      maker_name: makerName,
      created_at: now,
    })
    .execute();
  const account = { id: makerId, name: makerName, countyCode, grants: [] };
  const caller = { ...account, usable: [], address: '', requestId: '' };
  const { signal } = new AbortController();
  return { id: jobId, input: { planId: id }, caller, signal, stage: at, advance: async () => undefined };
}
function handler() {
  const found = planJob.jobs(kit)[planJob.kind];
  if (!found) throw new Error('a plan has no job');
  return found;
}
const plan = (planId: string) => call(office, getPlan, { params: { planId } });
const rowsOf = (planId: string) => call(office, listPlanRows, { params: { planId } });

describe('the computation of a plan', () => {
  it('given a pairing made while it computes, when it is to be kept, then it is computed anew with that pairing', async () => {
    const stages: string[] = [];
    const run = await byHand(async (stage) => {
      stages.push(stage);
      if (stages.length > 3 || stage !== 'keep') return;
      const params = { householdId: households[0]?.id ?? '' };
      await call(office, assignHelper, { params, body: { helperId, from: '2026-03-02' } });
    });
    expect(await handler().run(run)).toMatchObject({ households: 6, kept: 1, added: 5 });
    expect(stages).toEqual(['load', 'compute', 'keep', 'load', 'compute', 'keep']);
    expect((await rowsOf(run.input.planId)).total).toBe(6);
    // A worker that died before it could say so finds the plan kept.
    expect(await handler().run(run)).toMatchObject({ households: 6, kept: 1 });
  });

  it('given a cancel before the last stage, when it is reached, then nothing is kept and the plan is put aside', async () => {
    const run = await byHand(async (stage) => {
      if (stage === 'keep') throw new JobCancelled();
    });
    await expect(handler().run(run)).rejects.toThrow(JobCancelled);
    await kit.bulk((client) => handler().settle(pgSql(client), { ...run, how: 'cancelled' }));
    expect(await plan(run.input.planId)).toMatchObject({ state: 'discarded', figures: null });
    expect((await rowsOf(run.input.planId)).total).toBe(0);
  });

  it('given a cancel by its maker, when the worker comes to it, then job and plan are ended', async () => {
    const { id, jobId } = await call(office, makePlan, { body: { region: COUNTY } });
    const { cancelJob, getJob } = everyService('pairing');
    await call(office, cancelJob, { params: { jobId } });
    await until('the plan is put aside', async () => (await plan(id)).state === 'discarded');
    await until('the job is ended', async () => {
      const job = await call(office, getJob, { params: { jobId } });
      return job.state === 'cancelled';
    });
  });
});
