import { call } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import { decideAccountChange, requestAccountChange } from '@bangfu/contracts/industry/account-changes';
import {
  ContractHouseholdsOutcome,
  draftContract,
  importContractHouseholds,
  listContractHouseholds,
  putContractHousehold,
  signContract,
} from '@bangfu/contracts/industry/contracts';
import { changeEntity, registerEntity } from '@bangfu/contracts/industry/entities';
import { type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../../app.ts';
import {
  creditCodeOf,
  entityWithAccount,
  file,
  known,
  knowHouseholds,
  people,
  refusal,
  SECOND_VILLAGE,
  VILLAGE,
} from '../../testing/scene.ts';

const [LISTED, PUT, CHANGED] = [known(1), known(2), known(3)] as const;

let world: TestService;
let who: ReturnType<typeof people>;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  who = people(world);
  await knowHouseholds(who.pool, [LISTED, PUT, CHANGED, known(4, SECOND_VILLAGE)]);
  world.setNow(new Date('2026-03-02T02:00:00Z'));
});
afterAll(async () => {
  await who.pool.end();
  await world.stop();
});

describe('given a text that can be written in more than one way', () => {
  it('when an entity is registered with it, or changed to it, then the same is kept', async () => {
    const odd = {
      name: '凌源．果品（东）　合作社',
      representativeRole: '理事长（兼）',
      villageCodes: [VILLAGE, SECOND_VILLAGE, VILLAGE],
    };
    const plain = { name: '药材合作社', representativeRole: '经理', villageCodes: [VILLAGE] };
    const fixed = { creditCode: creditCodeOf(77), kind: 'cooperative', seatCode: VILLAGE } as const;
    const registered = await call(who.office, registerEntity, { body: { ...fixed, ...odd } });
    expect(registered).toMatchObject({ name: '凌源·果品(东) 合作社', villageCodes: [VILLAGE, SECOND_VILLAGE] });
    const params = { entityId: registered.id };
    const change = { ...plain, version: registered.version };
    const { version } = await call(who.office, changeEntity, { params, body: change });
    const changed = await call(who.office, changeEntity, { params, body: { ...odd, version } });
    expect(changed).toEqual({ ...registered, version: version + 1 });
  });

  it('when it is the bank of a household, then it is kept the same from a list, by hand and by a change of account', async () => {
    const bankName = '农业银行（凌源　支行）';
    const { entity, account } = await entityWithAccount(world, who.office, '果业合作社');
    const terms = { from: '2025-01-01', to: '2027-12-31', guaranteedBp: 600, profitShareBp: 0 };
    const { id: contractId } = await call(account, draftContract, {
      body: { entityId: entity.id, number: 'HT-1', ...terms },
    });
    const params = { contractId };
    const rows = [LISTED, CHANGED].map(
      ({ number, head }, i) => `${number},${head},1000,${i === 0 ? bankName : '农商行'},62280000000${i}`,
    );
    await callJob(account, importContractHouseholds, ContractHouseholdsOutcome, {
      params,
      query: { name: '名单.csv' },
      body: file(`户编号,姓名,入股金额(元),开户行,账号\n${rows.join('\n')}\n`),
    });
    const householdNumber = PUT.number.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    const put = { householdNumber, stakeFen: 100_000, bankName, account: '622800000002' };
    await call(account, putContractHousehold, { params, body: put });
    const list = () => call(account, listContractHouseholds, { params, query: {} });
    const draft = await list();
    expect(draft.rows.map((row) => row.bankName)).toEqual(['农业银行(凌源 支行)', '农业银行(凌源 支行)', '农商行']);

    await call(who.officer, signContract, { params, body: { version: 3, signedOn: '2025-01-01' } });
    const request = (householdId: string, number: string) =>
      call(account, requestAccountChange, {
        params: { contractId, householdId },
        body: { bankName, account: number, reason: '账号已销户' },
      });
    // The bank and account that it has, in whichever writing, are no change.
    expect(await refusal(request(LISTED.id, '622800000000'))).toBe('422 ACCOUNT_UNCHANGED');
    const { id: changeId } = await request(CHANGED.id, '622800000003');
    await call(who.office, decideAccountChange, { params: { changeId }, body: { approved: true } });
    const after = await list();
    expect([...new Set(after.rows.map((row) => row.bankName))]).toEqual(['农业银行(凌源 支行)']);
  });
});
