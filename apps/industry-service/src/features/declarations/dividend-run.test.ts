import { call } from '@bangfu/contracts/core/client';
import { declareDividend, getDeclaration, submitDeclaration } from '@bangfu/contracts/industry/declarations';
import { everyService } from '@bangfu/contracts/core/every-service';
import { pgSql } from '@bangfu/data/sql';
import { dividendConfirmed } from '@bangfu/events/catalog/industry';
import type { JobRun } from '@bangfu/platform/jobs/job';
import type { ServiceKit } from '@bangfu/platform/service';
import { type TestService, testService, until } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../../app.ts';
import {
  contractInForce,
  entityWithAccount,
  idOf,
  known,
  knowHouseholds,
  people,
  refusal,
  VILLAGE,
} from '../../testing/scene.ts';
import { dividendRun } from './compute-lines/dividend-run.ts';

const MANY = Array.from({ length: 6001 }, (_, i) => known(i + 1));

let world: TestService;
let who: ReturnType<typeof people>;
let service: ServiceKit;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', (kit) => {
    service = kit;
    return buildIndustry(kit);
  });
  who = people(world);
  await knowHouseholds(who.pool, MANY);
  world.setNow(new Date('2026-02-02T02:00:00Z'));
});
afterAll(async () => {
  await who.pool.end();
  await world.stop();
});

const handler = () => dividendRun.jobs(service)[dividendRun.kind];

const stored = async (declarationId: string) =>
  (
    await who.pool.query<{ lines: number; total: number }>(
      'SELECT count(*) AS lines, coalesce(sum(amount_fen), 0)::bigint AS total FROM dividend_line WHERE declaration_id = $1',
      [declarationId],
    )
  ).rows[0];

describe('given a declaration of more lines than are computed at once', () => {
  it('when it is declared, then a job computes it with progress, exact to the fen', async () => {
    const { entity, account } = await entityWithAccount(world, who.office, '大型合作社', [VILLAGE]);
    const rows = MANY.map((household, i) => ({
      household,
      yuan: String(100 + (i % 7)),
      account: `62280000${String(i).padStart(8, '0')}`,
    }));
    const contract = await contractInForce({ entity, account, officer: who.officer }, rows, {
      number: 'DX-1',
      guaranteedBp: 600,
      profitShareBp: 5000,
    });
    const draft = await call(account, declareDividend, {
      body: { contractId: contract.id, year: 2025, distributableFen: 1_234_567 },
    });
    expect(draft).toMatchObject({ lines: 0, computingJobId: expect.any(String) });
    const params = { declarationId: draft.id };
    expect(await refusal(call(account, submitDeclaration, { params, body: { version: draft.version } }))).toMatch(
      /DECLARATION_COMPUTING|CHANGED_MEANWHILE/,
    );
    const done = await until('the lines stand', async () => {
      const found = await call(account, getDeclaration, { params });
      return found.computingJobId === null ? found : null;
    });
    expect(done.lines).toBe(6001);
    expect(done.secondFen).toBe(617_284);
    expect(await stored(draft.id)).toEqual({ lines: 6001, total: done.totalFen });
    const job = await until('the job ends', async () => {
      const found = await call(account, everyService('industry').getJob, {
        params: { jobId: draft.computingJobId ?? '' },
      });
      return found.state === 'done' ? found : null;
    });
    expect(job).toMatchObject({ kind: 'dividend-run', result: { lines: 6001 } });
  });

  it('when the work dies in the middle, then nothing of it is left, and it runs again to the same lines', async () => {
    const { rows } = await who.pool.query<{ id: string; total: number; caller: JobRun<unknown>['caller'] }>(
      `SELECT d.id::text AS id, d.total_fen AS total, j.input->'caller' AS caller FROM declaration d, platform.job j WHERE j.kind = 'dividend-run'`,
    );
    const before = rows[0];
    if (!before) throw new Error('no declaration');
    const again = idOf(900_001);
    // As the process that was killed had left it: ordered, nothing committed.
    await who.pool.query('DELETE FROM dividend_line WHERE declaration_id = $1', [before.id]);
    await who.pool.query('UPDATE declaration SET computing_job_id = $2, lines = 0 WHERE id = $1', [before.id, again]);
    const run = (advance: (done: number) => Promise<void>): JobRun<unknown> => ({
      id: again,
      input: { declarationId: before.id },
      caller: before.caller,
      signal: new AbortController().signal,
      stage: async () => {},
      advance,
    });
    const dying = handler()?.run(
      run(async (done) => {
        if (done >= 5000) throw new Error('Connection terminated unexpectedly');
      }),
    );
    await expect(dying).rejects.toThrow('Connection terminated');
    expect(await stored(before.id)).toEqual({ lines: 0, total: 0 });
    expect(await handler()?.run(run(async () => {}))).toEqual({ lines: 6001 });
    expect(await stored(before.id)).toEqual({ lines: 6001, total: before.total });
    // The queue may hand the same job over once more: it finds its work done.
    expect(await handler()?.run(run(async () => {}))).toEqual({ lines: 6001 });
    expect(await stored(before.id)).toEqual({ lines: 6001, total: before.total });
  });

  it('when computing other figures fails, then the lines of the earlier ones go with it', async () => {
    const again = idOf(900_002);
    const { rows } = await who.pool.query<{ id: string; caller: JobRun<unknown>['caller'] }>(
      `UPDATE declaration d SET computing_job_id = $1 FROM platform.job j WHERE j.kind = 'dividend-run'
       RETURNING d.id::text AS id, j.input->'caller' AS caller`,
      [again],
    );
    const [draft] = rows;
    if (!draft) throw new Error('no declaration');
    expect((await stored(draft.id))?.lines).toBe(6001);
    const failing = handler()?.run({
      id: again,
      input: { declarationId: draft.id },
      caller: draft.caller,
      signal: new AbortController().signal,
      stage: async () => {},
      advance: async () => {
        throw new Error('beyond what can be counted');
      },
    });
    await expect(failing).rejects.toThrow('beyond what can be counted');
    const ended = { id: again, input: { declarationId: draft.id }, how: 'failed' } as const;
    await service.bulk(async (client) => handler()?.settle(pgSql(client), ended));
    expect(await stored(draft.id)).toEqual({ lines: 0, total: 0 });
    const kept = await who.pool.query('SELECT computing_job_id, lines, total_fen FROM declaration WHERE id = $1', [
      draft.id,
    ]);
    expect(kept.rows).toEqual([{ computing_job_id: null, lines: 0, total_fen: 0 }]);
  });
});

describe('the event of a confirmed dividend', () => {
  it('takes no amount that is no payment', () => {
    const data = {
      lineId: idOf(1),
      householdId: idOf(2),
      householdNumber: '1',
      year: 2025,
      amountFen: 0,
      entityId: idOf(3),
      entityName: '合作社',
      confirmedOn: '2026-01-01',
    };
    expect(dividendConfirmed.data.safeParse(data).success).toBe(false);
    expect(dividendConfirmed.of('211382000000', { ...data, amountFen: 1 })).toMatchObject({
      key: idOf(2),
      topic: 'industry.dividend',
    });
  });
});
