import { everyService } from '@bangfu/contracts/core/every-service';
import { call, type Connection } from '@bangfu/contracts/core/client';
import {
  checkDeclaration,
  declareDividend,
  getDeclaration,
  submitDeclaration,
} from '@bangfu/contracts/industry/declarations';
import { INDUSTRY_DEADLINES, INDUSTRY_POLICIES } from '@bangfu/contracts/industry/policies';
import { raiseDividendObjection } from '@bangfu/contracts/industry/dividend-notices';
import type { PolicyValue } from '@bangfu/contracts/core/policy';
import { listLateDividends } from '@bangfu/contracts/industry/dividends';
import { businessDay } from '@bangfu/domain/shared/time';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../../app.ts';
import {
  closeAll,
  contractInForce,
  entityWithAccount,
  known,
  knowHouseholds,
  people,
  postAll,
  SECOND_VILLAGE,
} from '../../testing/scene.ts';

let world: TestService;
let who: ReturnType<typeof people>;
let second: Connection;
let account: Connection;
let contractId: string;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  who = people(world);
  second = world.as('second-village', grant('village-officer', SECOND_VILLAGE));
  await knowHouseholds(who.pool, [known(1), known(2, SECOND_VILLAGE)]);
  world.setNow(new Date('2026-01-02T02:00:00Z'));
  const own = await entityWithAccount(world, who.office, '花菇合作社');
  account = own.account;
  const rows = [known(1), known(2, SECOND_VILLAGE)].map((household, i) => ({
    household,
    yuan: '1000',
    account: `6217000000000${100 + i}`,
  }));
  const terms = { number: 'HT-1', guaranteedBp: 600, profitShareBp: 0, from: '2025-01-01', to: '2025-12-31' };
  contractId = (await contractInForce({ ...own, officer: who.officer }, rows, terms)).id;
});
afterAll(async () => {
  await who.pool.end();
  await world.stop();
});

/** What is late for somebody; the home of the county says the same number. */
async function lateFor(at: Connection): Promise<string[]> {
  const { rows, total } = await call(at, listLateDividends, { query: {} });
  if (at === who.office) {
    const { figures } = await call(at, everyService('industry').getHome);
    expect(figures.find(({ key }) => key === 'dividendLate')?.value).toBe(total);
  }
  return rows.map(({ code, days, message }) => `${code} ${days} ${message}`);
}
const workOf = async (at: Connection) =>
  (await call(at, everyService('industry').listWork)).items.map(({ kind, due }) => `${kind} ${due}`);
/** The county's own deadlines from a day on. */
async function decideDeadlines(validFrom: string, days: Partial<PolicyValue<typeof INDUSTRY_DEADLINES>>) {
  const { getPolicy, draftPolicy, approvePolicy } = INDUSTRY_POLICIES;
  const policy = INDUSTRY_DEADLINES.key;
  const { value } = await call(who.office, getPolicy, { params: { policy } });
  const body = {
    policy,
    validFrom: businessDay(validFrom),
    document: '县办〔2026〕3号',
    paragraph: '',
    value: { ...INDUSTRY_DEADLINES.schema.parse(value), ...days },
  };
  const { id, version } = await call(who.office, draftPolicy, { body });
  await call(who.leader, approvePolicy, { params: { policyId: id }, body: { version } });
}
const on = (day: string) => world.setNow(new Date(`${day}T02:00:00Z`));

describe('given a contract whose dividend stands at one step after the other', () => {
  it('when the days of each step have run, then list and home say so, and it is the work of who must act', async () => {
    on('2026-03-01');
    expect(await lateFor(who.office)).toEqual([]);
    on('2026-03-02');
    expect(await lateFor(who.office)).toEqual(['DECLARATION_OVERDUE 1 分红申报已逾期 1 天']);
    expect(await workOf(account)).toEqual(['dividend-to-declare 2026-03-01']);

    const body = { contractId, year: 2025, distributableFen: 0 };
    const draft = await call(account, declareDividend, { body });
    expect(await lateFor(who.office)).toEqual(['DECLARATION_OVERDUE 1 分红申报已逾期 1 天']);
    expect(await workOf(account)).toEqual(['dividend-to-submit 2026-03-01']);

    // What waits already keeps its days.
    await decideDeadlines('2026-03-03', { 'dividend-to-check': 30, 'dividend-to-post': 5 });
    const params = { declarationId: draft.id };
    const { version } = await call(account, submitDeclaration, { params, body: { version: draft.version } });
    on('2026-03-09');
    expect(await lateFor(who.office)).toEqual([]);
    on('2026-03-10');
    expect(await lateFor(who.office)).toEqual(['CHECK_OVERDUE 1 乡镇审核已逾期 1 天']);
    expect(await workOf(who.officer)).toEqual(['dividend-to-check 2026-03-09']);

    await call(who.officer, checkDeclaration, { params, body: { version, passed: true } });
    on('2026-03-16');
    await postAll(who.village, draft.id);
    expect(await lateFor(who.office)).toEqual(['POSTING_OVERDUE 1 村202：公示张贴已逾期 1 天']);
    // It is the work of the village that has not posted, and no alarm to the one that has.
    expect(await workOf(second)).toEqual(['dividend-to-post 2026-03-15']);
    expect(await workOf(who.village)).toEqual([]);
    expect(await lateFor(second)).toHaveLength(1);
    expect(await lateFor(who.village)).toEqual([]);

    const { notices } = await postAll(second, draft.id);
    const noticeId = notices[0]?.id ?? '';
    await call(world.anonymous, raiseDividendObjection, { params: { noticeId }, body: { text: '我家的股金写少了' } });
    on('2026-03-24');
    const late = await lateFor(who.office);
    expect(late).toEqual(['OBJECTION_OVERDUE 1 村202：乡镇答复异议已逾期 1 天']);
    expect(await workOf(who.officer)).toContain('objection-to-answer 2026-03-23');
    on('2026-03-28');
    expect(await lateFor(who.office)).toEqual([
      'OBJECTION_OVERDUE 5 村202：乡镇答复异议已逾期 5 天',
      'NOTICE_OVERDUE 1 村201：公示期满，结束公示已逾期 1 天',
    ]);
    expect(await workOf(who.village)).toEqual(['notice-to-close 2026-03-27']);
    const shown = await call(who.office, getDeclaration, { params });
    expect(shown.alarms.map(({ code }) => code)).toEqual(['OBJECTION_OVERDUE', 'NOTICE_OVERDUE']);

    await who.pool.query(
      `UPDATE declaration_objection SET answered_at = $1, upheld = false, answer = '经核对无误' WHERE notice_id = $2`,
      [new Date('2026-03-28T02:00:00Z'), noticeId],
    );
    const closed = await closeAll(world, who.officer, draft.id);
    const closedOn = (closed.notice?.closedAt ?? '').slice(0, 10);
    on(new Date(Date.parse(closedOn) + 32 * 86_400_000).toISOString().slice(0, 10));
    expect((await lateFor(who.office)).map((each) => each.split(' ')[0])).toEqual(['PAYMENT_OVERDUE']);
    expect((await workOf(who.finance)).map((each) => each.split(' ')[0])).toEqual(['dividend-to-pay']);
  });
});
