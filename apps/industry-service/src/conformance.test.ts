import { call } from '@bangfu/contracts/core/client';
import { draftContract, importContractHouseholds } from '@bangfu/contracts/industry/contracts';
import { declareDividend, getDeclaration, redraftDeclaration } from '@bangfu/contracts/industry/declarations';
import { uploadBankReceipt } from '@bangfu/contracts/industry/payments';
import { pgSql } from '@bangfu/data/sql';
import { orderJob } from '@bangfu/platform/jobs/job';
import '@bangfu/testkit/postgres';
import { serviceConformance } from '@bangfu/platform/testing/conformance';
import type { JobScenes } from '@bangfu/platform/testing/job-faults';
import { expect, inject } from 'vitest';
import { buildIndustry } from './app.ts';
import {
  contractInForce,
  COUNTY,
  entityWithAccount,
  file,
  idOf,
  known,
  knowHouseholds,
  makeBatch,
  noticedDividend,
  people,
  stakeSheet,
  VILLAGE,
} from './testing/scene.ts';

const JOBS: JobScenes = {
  'dividend-run': async (world) => {
    world.setNow(new Date('2026-02-01T02:00:00Z'));
    const who = people(world);
    const households = [known(1), known(2)];
    await knowHouseholds(who.pool, households);
    const own = await entityWithAccount(world, who.office, '合作社', [VILLAGE]);
    const rows = households.map((household, i) => ({ household, yuan: '1000', account: `6217000000000${100 + i}` }));
    const terms = { number: 'HT-1', guaranteedBp: 600, profitShareBp: 5000 };
    const contract = await contractInForce({ ...own, officer: who.officer }, rows, terms);
    const body = { contractId: contract.id, year: 2025, distributableFen: 100_000 };
    const draft = await call(own.account, declareDividend, { body });
    const params = { declarationId: draft.id };
    let jobs = 0;
    return {
      // As a draft of thousands of lines orders it; a small one is computed at once.
      order: async () => {
        jobs += 1;
        const id = idOf(700_000 + jobs);
        const sql = pgSql(who.pool);
        await sql.query(
          'UPDATE declaration SET computing_job_id = $2::uuid, version = version + 1 WHERE id = $1::uuid',
          [draft.id, id],
        );
        const account = { id: 'test-entity', name: '合作社', countyCode: COUNTY, grants: [] };
        const caller = { ...account, usable: [], address: '', requestId: '' };
        const input = { declarationId: draft.id };
        await orderJob(sql, { id, kind: 'dividend-run', title: '分红测算', caller, input, now: new Date() });
        return id;
      },
      again: async () => {
        const { version, lines, computingJobId } = await call(own.account, getDeclaration, { params });
        expect({ lines, computingJobId }).toEqual({ lines: 0, computingJobId: null });
        const drafted = await call(own.account, redraftDeclaration, {
          params,
          body: { version, distributableFen: 100_000 },
        });
        expect(drafted.lines).toBe(2);
        return undefined;
      },
    };
  },
  'stake-list': async (world) => {
    const who = people(world);
    const own = await entityWithAccount(world, who.office, '名单合作社', [VILLAGE]);
    const terms = { number: 'HT-2', from: '2025-01-01', to: '2027-12-31', guaranteedBp: 600, profitShareBp: 0 };
    const draft = await call(own.account, draftContract, { body: { entityId: own.entity.id, ...terms } });
    const params = { contractId: draft.id };
    // A household nobody knows: the list is read and judged, and nothing of it is taken.
    const text = stakeSheet([{ household: known(999), yuan: '1000', account: '6217000000000199' }]);
    const order = async () =>
      (await call(own.account, importContractHouseholds, { params, query: { name: '名单.csv' }, body: file(text) }))
        .jobId;
    return { order, again: order };
  },
  'bank-receipt': async (world) => {
    const who = people(world);
    const household = known(3);
    await knowHouseholds(who.pool, [household]);
    const { declaration } = await noticedDividend(world, who, { name: '代发合作社', households: [household] });
    const params = { batchId: (await makeBatch(who.finance, declaration.id)).id };
    const text = `明细编号,金额(元),结果,流水号,失败原因\n${idOf(1)},1.00,成功,1,\n`;
    const order = async () =>
      (await call(who.finance, uploadBankReceipt, { params, query: { name: '回单.csv' }, body: file(text) })).jobId;
    return { order, again: order };
  },
};

serviceConformance(() => inject('postgresUrl'), 'industry', buildIndustry, JOBS);
