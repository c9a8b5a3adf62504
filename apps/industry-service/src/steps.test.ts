import { everyService } from '@bangfu/contracts/core/every-service';
import { call, type Connection } from '@bangfu/contracts/core/client';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import {
  checkDeclaration,
  closeDeclaration,
  declareDividend,
  discardDeclaration,
  getDeclaration,
  listDeclarations,
  listDividendYears,
  listDividendLines,
  redraftDeclaration,
  submitDeclaration,
} from '@bangfu/contracts/industry/declarations';
import {
  answerDividendObjection,
  closeDividendNotice,
  openDividendNotice,
  raiseDividendObjection,
} from '@bangfu/contracts/industry/dividend-notices';
import { listContracts } from '@bangfu/contracts/industry/contracts';
import {
  confirmReceived,
  createPaymentBatch,
  decideCorrection,
  getDividendLine,
  listCorrections,
  proposeCorrection,
} from '@bangfu/contracts/industry/payments';
import { type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from './app.ts';
import {
  contractInForce,
  COUNTY,
  entityGrant,
  entityWithAccount,
  known,
  knowHouseholds,
  people,
  readersOf,
  refusal,
} from './testing/scene.ts';

type Open = AnswerOf<typeof getDeclaration>;
type NoticeStepName = Open['notices'][number]['steps'][number]['step'];
type StepName = Open['steps'][number]['step'] | NoticeStepName;

let world: TestService;
let who: ReturnType<typeof people>;
const TODAY = new Date('2026-11-22T02:00:00Z');

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  who = people(world);
  const households = [0, 1, 2].flatMap((t) =>
    Array.from({ length: 3 }, (_, i) => known(t * 10 + i + 1, `21138210${t + 1}20${(i % 2) + 1}`)),
  );
  await knowHouseholds(who.pool, households);
  const named = ['county', 'township', 'village', 'finance', 'entity'].map((user) => [user, { id: user, name: user }]);
  await world.service.demo?.({ countyCode: COUNTY, accounts: Object.fromEntries(named), today: TODAY });
  world.setNow(TODAY);
});
afterAll(async () => {
  await who.pool.end();
  await world.stop();
});

/** The command of each step, as a page would send it. */
const take = (at: Connection, step: StepName, { id, version, notices }: Open, noticeId = ''): Promise<unknown> => {
  const posting = { params: { declarationId: id }, body: { noticeIds: [noticeId] } };
  const given = { params: { declarationId: id }, body: { version } };
  switch (step) {
    case 'redraft':
      return call(at, redraftDeclaration, { ...given, body: { version, distributableFen: 700 } });
    case 'discard':
      return call(at, discardDeclaration, given);
    case 'submit':
      return call(at, submitDeclaration, given);
    case 'check':
      return call(at, checkDeclaration, { ...given, body: { version, passed: true } });
    case 'open-notice':
      return call(at, openDividendNotice, posting);
    case 'answer-objection': {
      const { objections = [] } = notices.find((each) => each.id === noticeId) ?? {};
      const waiting = objections.find(({ answeredAt }) => answeredAt === null);
      const params = { declarationId: id, objectionId: waiting?.id ?? id };
      return call(at, answerDividendObjection, { params, body: { version, upheld: false, text: '已核实，分红无误' } });
    }
    case 'close-notice':
      return call(at, closeDividendNotice, posting);
    case 'pay':
      return call(at, createPaymentBatch, given);
    case 'close':
      return call(at, closeDeclaration, given);
  }
};

/**
 * Compares what a declaration offers everybody with what its commands accept: all that is closed is tried and must be
 * refused, then one step that is open must succeed.
 * @returns what differed, and the step taken
 */
async function tryAll(id: string, entityId: string, tried: Set<string>): Promise<{ wrong: string[]; taken: boolean }> {
  const wrong: string[] = [];
  const offered: { name: string; at: Connection; step: StepName; noticeId?: string }[] = [];
  let seen: Open | undefined;
  for (const [name, at] of Object.entries(readersOf(world, who, entityId))) {
    const found = await call(at, getDeclaration, { params: { declarationId: id } }).catch(() => null);
    if (!found) continue;
    seen = found;
    const every: {
      step: StepName;
      open: boolean;
      reason: { code: string; message: string } | null;
      noticeId?: string;
    }[] = [
      ...found.steps,
      ...found.notices.flatMap(({ id: noticeId, steps }) => steps.map((each) => ({ ...each, noticeId }))),
    ];
    for (const { step, open, reason, noticeId } of every) {
      if (open) offered.push({ name, at, step, ...(noticeId && { noticeId }) });
      // The same refusal of the same step to the same person is tried once.
      const closed = `${name} ${found.status} ${step} ${reason?.code}`;
      if (open || tried.has(closed)) continue;
      tried.add(closed);
      if (!reason?.message) wrong.push(`${name} ${found.status} ${step}: closed without a word`);
      if ((await refusal(take(at, step, found, noticeId))) === 'not refused') {
        wrong.push(`${name} ${found.status} ${step}: closed, and accepted`);
      }
    }
  }
  // What nothing is missing for, somebody can do; and the other way round.
  const next = seen?.next;
  const anyone = offered.some(({ step }) => step === next?.step);
  if (next?.step && anyone !== (next.missing.length === 0)) wrong.push(`${seen?.status}: missing does not fit`);
  // Every village has a notice of its own.
  const keyOf = ({ step, noticeId = '' }: (typeof offered)[number]) => `${seen?.status} ${step} ${noticeId}`;
  const chosen = offered.find((each) => !tried.has(keyOf(each))) ?? null;
  if (!chosen) return { wrong, taken: false };
  tried.add(keyOf(chosen));
  const now = await call(chosen.at, getDeclaration, { params: { declarationId: id } });
  const answer = await refusal(take(chosen.at, chosen.step, now, chosen.noticeId));
  if (answer !== 'not refused') wrong.push(`${chosen.name} ${now.status} ${chosen.step}: open, and ${answer}`);
  return { wrong, taken: true };
}

describe('given the demo’s declarations at every stage', () => {
  it('when everybody tries every step, then what the page offers is what the service accepts', async () => {
    const wrong: string[] = [];
    const tried = new Set<string>();
    // Every year that can be declared is, twice: a draft to be given up, and one to be taken to its payment.
    const declareAll = async () => {
      for (const { id: contractId, entityId } of (await call(who.office, listContracts, { query: {} })).rows) {
        const own = world.as(`own-${entityId}`, entityGrant(entityId));
        const { rows } = await call(own, listDividendYears, { params: { contractId } });
        for (const { year, open } of rows) {
          const answer = await refusal(
            call(own, declareDividend, { body: { contractId, year, distributableFen: 12_345 } }),
          );
          if (open !== (answer === 'not refused')) wrong.push(`${year} offered: ${open}, ${answer}`);
        }
      }
    };
    for (const later of [0, 0, 1, 10]) {
      await declareAll();
      world.setNow(new Date(TODAY.getTime() + later * 86_400_000));
      const { rows } = await call(who.office, listDeclarations, { query: { limit: 100 } });
      for (const { id, entityId } of rows) {
        for (let moves = 0; moves < 8; moves++) {
          const { wrong: found, taken } = await tryAll(id, entityId, tried);
          wrong.push(...found);
          if (!taken) break;
        }
      }
      // Somebody objects to one of the notices; it waits for an answer in the next round.
      const [onNotice] = (await call(who.office, listDeclarations, { query: { status: 'on-notice' } })).rows;
      if (onNotice && later === 0) {
        const declared = await call(who.office, getDeclaration, { params: { declarationId: onNotice.id } });
        const params = { noticeId: declared.notices.find(({ state }) => state === 'open')?.id ?? '' };
        await call(who.village, raiseDividendObjection, { params, body: { text: '公示金额与合同不符' } });
      }
    }
    expect([...new Set(wrong)]).toEqual([]);
    expect([...tried].map((each) => each.split(' ')[1])).toEqual(
      expect.arrayContaining([
        'redraft',
        'discard',
        'submit',
        'check',
        'open-notice',
        'answer-objection',
        'close-notice',
        'pay',
      ]),
    );
  }, 240_000);

  it('when everybody tries every line and decides every correction, then what is offered is what is accepted', async () => {
    const wrong: string[] = [];
    const accepted = new Set<string>();
    const compare = (name: string, { step, open }: { step: string; open: boolean }, answer: string) => {
      if (open !== (answer === 'not refused')) wrong.push(`${name} ${step}: ${open}, ${answer}`);
      if (answer === 'not refused') accepted.add(step);
    };
    const { rows: declarations } = await call(who.office, listDeclarations, { query: { limit: 100 } });
    for (const { id, entityId, status } of declarations) {
      const params = { declarationId: id };
      const readers = Object.entries(readersOf(world, who, entityId));
      const lines = (await call(who.office, listDividendLines, { params, query: {} })).rows;
      const states = new Map(lines.map((line) => [`${line.state} ${line.replacedBy === null}`, line]));
      // A second round: what the first one proposed waits or is decided now.
      for (const line of [...states.values(), ...states.values()]) {
        const at = { params: { lineId: line.id } };
        for (const [name, as] of readers) {
          const steps = (await call(as, getDividendLine, at).catch(() => null))?.steps ?? [];
          for (const each of steps) {
            const answer = await refusal(
              each.step === 'confirm'
                ? call(as, confirmReceived, { ...at, body: { receivedFen: line.payableFen } })
                : call(as, proposeCorrection, { ...at, body: { amountFen: line.amountFen + 1, reason: '核对后更正' } }),
            );
            compare(`${name} ${status} ${line.state}`, each, answer);
          }
        }
        for (const [name, as] of readers) {
          for (const { id: correctionId } of (await call(as, listCorrections, { params }).catch(() => null))?.rows ??
            []) {
            // In turns, or the one tried first would leave nothing to the other.
            for (const approved of accepted.has('approve') ? [false, true] : [true, false]) {
              const now = (await call(as, listCorrections, { params })).rows.find((each) => each.id === correctionId);
              const step = now?.steps.find((each) => each.step === (approved ? 'approve' : 'refuse'));
              const body = { approved };
              if (!step) continue;
              const answer = await refusal(call(as, decideCorrection, { params: { correctionId }, body }));
              compare(`${name} ${status} ${now?.state}`, step, answer);
            }
          }
        }
      }
    }
    expect([...new Set(wrong)]).toEqual([]);
    expect([...accepted].toSorted()).toEqual(['approve', 'confirm', 'correct', 'refuse']);
  }, 240_000);

  it('when a draft is discarded, then it leaves the list, its year is free and the log keeps it', async () => {
    const { rows } = await call(who.office, listDeclarations, { query: { status: 'discarded' } });
    const [gone] = rows;
    if (!gone) throw new Error('nothing was discarded');
    const listed = await call(who.office, listDeclarations, { query: { limit: 100 } });
    expect(listed.rows.map(({ id }) => id)).not.toContain(gone.id);
    const again = listed.rows.find(({ contractId, year }) => contractId === gone.contractId && year === gone.year);
    expect(again?.id).not.toBe(gone.id);
    const { rows: audits } = await who.pool.query<{ action: string; change: object }>(
      'SELECT action, change FROM platform.audit_entry WHERE record_id = $1 AND action = $2',
      [gone.id, 'industry.declaration.discarded'],
    );
    expect(audits[0]).toMatchObject({
      action: 'industry.declaration.discarded',
      change: { before: { status: 'drafted' }, after: { status: 'discarded', discarded: { year: gone.year } } },
    });
  });

  it('when a dividend is drafted, then no figure of the home moves until it is submitted', async () => {
    const own = await entityWithAccount(world, who.office, '新合作社');
    const rows = [{ household: known(1), yuan: '1000', account: '62170000000009' }];
    const terms = { number: 'HT-新', guaranteedBp: 600, profitShareBp: 0, from: '2024-01-01' };
    const contract = await contractInForce({ ...own, officer: who.officer }, rows, terms);
    const figures = async () => (await call(who.leader, everyService('industry').getHome)).figures;
    const open = (all: Awaited<ReturnType<typeof figures>>) =>
      all.find(({ key }) => key === 'dividendOpen')?.value ?? 0;
    const before = await figures();
    const body = { contractId: contract.id, year: 2025, distributableFen: 5_000_000 };
    const draft = await call(own.account, declareDividend, { body });
    expect(await figures()).toEqual(before);
    const params = { declarationId: draft.id };
    await call(own.account, submitDeclaration, { params, body: { version: draft.version } });
    expect(open(await figures())).toBe(open(before) + draft.totalFen);
  });
});
