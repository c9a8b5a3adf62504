import { call, type Connection } from '@bangfu/contracts/core/client';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import {
  decideAccountChange,
  listAccountChanges,
  requestAccountChange,
} from '@bangfu/contracts/industry/account-changes';
import {
  changeContract,
  discardContract,
  draftContract,
  getContract,
  listContractHouseholds,
  putContractHousehold,
  type ShareContract,
  signContract,
} from '@bangfu/contracts/industry/contracts';
import { type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../../app.ts';
import {
  contractInForce,
  entityWithAccount,
  known,
  knowHouseholds,
  people,
  readersOf,
  refusal,
  SECOND_VILLAGE,
} from '../../testing/scene.ts';

let world: TestService;
let who: ReturnType<typeof people>;
let entityId: string;
let inForce: ShareContract;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  who = people(world);
  await knowHouseholds(who.pool, [known(1), known(2, SECOND_VILLAGE)]);
  world.setNow(new Date('2026-11-22T02:00:00Z'));
  const own = await entityWithAccount(world, who.office, '花菇合作社');
  entityId = own.entity.id;
  const rows = [{ household: known(1), yuan: '1000', account: '62170000000001' }];
  const terms = { number: 'HT-1', guaranteedBp: 600, profitShareBp: 0 };
  inForce = await contractInForce({ ...own, officer: who.officer }, rows, terms);
});
afterAll(async () => {
  await who.pool.end();
  await world.stop();
});

type OpenContract = AnswerOf<typeof getContract>;
type ContractStepName = OpenContract['steps'][number]['step'];

/** The command of each step of a contract, with what a page would send of its own. */
const takeContract = (at: Connection, step: ContractStepName, contract: OpenContract, household: string, n: number) => {
  const params = { contractId: contract.id };
  const { version } = contract;
  const account = `6228480000${String(n).padStart(6, '0')}`;
  switch (step) {
    case 'change':
      return call(at, changeContract, { params, body: { version, to: contract.to } });
    case 'list': {
      const body = { householdNumber: known(1).number, stakeFen: 100_000, bankName: '农村商业银行', account };
      return call(at, putContractHousehold, { params, body });
    }
    case 'sign':
      return call(at, signContract, { params, body: { version, signedOn: '2026-11-20' } });
    case 'discard':
      return call(at, discardContract, { params });
    case 'change-account': {
      const body = { bankName: '农业银行', account, reason: '原账号已注销' };
      return call(at, requestAccountChange, { params: { ...params, householdId: household }, body });
    }
  }
};

describe('given contracts in force and drafts with and without what a signature needs', () => {
  it('when everybody tries every step, then what the page offers is what the service accepts', async () => {
    const draft = (number: string, guaranteedBp: number) => ({
      body: { entityId, number, from: '2026-01-01', to: '2027-12-31', guaranteedBp, profitShareBp: 0 },
    });
    const drafts = [
      await call(who.office, draftContract, draft('HT-空', 600)),
      await call(who.officer, draftContract, draft('HT-低', 100)),
    ];
    const wrong: string[] = [];
    let n = 0;
    // A second round: what the first one entered is there now, and what it signed is in force.
    for (const { id } of [...drafts, ...drafts, inForce]) {
      const params = { contractId: id };
      for (const [name, at] of Object.entries(readersOf(world, who, entityId))) {
        const steps = (await call(at, getContract, { params }).catch(() => null))?.steps ?? [];
        for (const { step, open } of steps) {
          const now = await call(at, getContract, { params });
          const [row] = (await call(who.office, listContractHouseholds, { params, query: {} })).rows;
          const offered = now.steps.find((each) => each.step === step)?.open ?? open;
          // Given up, it would be there for nobody after.
          if (step === 'discard' && offered) continue;
          // A household's account waits for one decision at a time; that belongs to the household, not to the contract.
          const answer = await refusal(takeContract(at, step, now, row?.householdId ?? known(1).id, (n += 1)));
          const accepted = answer === 'not refused' || answer === '422 ACCOUNT_CHANGE_OPEN';
          if (offered !== accepted) wrong.push(`${name} ${now.number} ${now.state} ${step}: ${offered}, ${answer}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  }, 240_000);

  it('when everybody decides changes of account, then the page offers what the service accepts', async () => {
    const wrong: string[] = [];
    let decided = 0;
    const params = { contractId: inForce.id };
    for (const [name, at] of Object.entries(readersOf(world, who, entityId))) {
      const found = await call(at, listAccountChanges, { params }).catch(() => null);
      for (const { id: changeId, decision, state } of found?.rows ?? []) {
        const answer = await refusal(
          call(at, decideAccountChange, { params: { changeId }, body: { approved: false } }),
        );
        if (decision.open !== (answer === 'not refused')) wrong.push(`${name} ${state}: ${decision.open}, ${answer}`);
        decided += Number(decision.open);
      }
    }
    expect(wrong).toEqual([]);
    expect(decided).toBeGreaterThan(0);
  });
});
