import { call } from '@bangfu/contracts/core/client';
import {
  checkDeclaration,
  declareDividend,
  getDeclaration,
  submitDeclaration,
} from '@bangfu/contracts/industry/declarations';
import {
  answerDividendObjection,
  openDividendNotice,
  raiseDividendObjection,
  trackDividendObjection,
} from '@bangfu/contracts/industry/dividend-notices';
import { MOST_UNANSWERED } from '@bangfu/domain/shared/objection';
import { typedSql } from '@bangfu/data/typed-sql';
import { openPool } from '@bangfu/data/pool';
import { from, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../../app.ts';
import type { Tables } from '../../operations.ts';
import { knownSealOf } from '../../papers/known-seals.ts';
import { issuedPapers, paperOf } from '../../papers/seal.ts';
import {
  contractInForce,
  entityWithAccount,
  known,
  knowHouseholds,
  people,
  refusal,
  VILLAGE,
} from '../../testing/scene.ts';

let world: TestService;
let who: ReturnType<typeof people>;
let made = 0;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  who = people(world);
  await knowHouseholds(who.pool, [known(1)]);
});
afterAll(async () => {
  await who.pool.end();
  await world.stop();
});

describe('given a notice that is open to objections from everyone', () => {
  async function posted() {
    world.setNow(new Date('2026-02-02T02:00:00Z'));
    made += 1;
    const own = await entityWithAccount(world, who.office, `合作社${made}`, [VILLAGE]);
    const rows = [{ household: known(1), yuan: '1000', account: '6217000000000100' }];
    const terms = { number: `HT-${made}`, guaranteedBp: 600, profitShareBp: 0 };
    const contract = await contractInForce({ ...own, officer: who.officer }, rows, terms);
    const draft = await call(own.account, declareDividend, {
      body: { contractId: contract.id, year: 2025, distributableFen: 0 },
    });
    const params = { declarationId: draft.id };
    const { version } = await call(own.account, submitDeclaration, { params, body: { version: draft.version } });
    await call(who.officer, checkDeclaration, { params, body: { version, passed: true } });
    const declaration = () => call(who.officer, getDeclaration, { params });
    const noticeId = (await declaration()).notices[0]?.id ?? '';
    await call(who.village, openDividendNotice, { params, body: { noticeIds: [noticeId] } });
    const raise = (address: string, text: string) =>
      call(from(world, address), raiseDividendObjection, { params: { noticeId }, body: { text } });
    return { params, raise, declaration };
  }

  it('when many say the same, then the clock stops once and one answer is theirs all', async () => {
    const { params, raise, declaration } = await posted();
    const receipts = [await raise('203.0.113.1', '金额不对，少了一半')];
    const { version } = await declaration();
    receipts.push(await raise('198.51.100.1', '金额不对 少了一半。'), await raise('2001:db8::1', '金额不对，少了一半'));
    expect((await raise('2001:db8:0:0:ff::1', '金额不对，少了一半')).repeated).toBe(false);
    expect(await raise('2001:db8::1', '金额不对，少了一半')).toMatchObject({ ...receipts[2], repeated: true });
    const { notices, version: after } = await declaration();
    const [objection, ...others] = notices[0]?.objections ?? [];
    expect([after, objection?.supporters, others]).toEqual([version, 3, []]);
    const body = { version, upheld: false, text: '按合同计算，无误' };
    await call(who.officer, answerDividendObjection, {
      params: { ...params, objectionId: objection?.id ?? '' },
      body,
    });
    for (const { receipt, filedAt } of receipts) {
      const tracked = await call(world.anonymous, trackDividendObjection, { params: { receipt } });
      expect(tracked).toMatchObject({ receipt, filedAt, outcome: 'dismissed', answer: body.text });
    }
  });

  it('when one network floods it, then it is refused in words while everyone else is still heard', async () => {
    const { raise } = await posted();
    const said: string[] = [];
    for (let at = 0; at < MOST_UNANSWERED.fromNetwork + 2; at++) {
      said.push(await refusal(raise(`233.252.0.${at}`, `第${at}条不同的意见`)));
    }
    expect(said.filter((each) => each === 'not refused')).toHaveLength(MOST_UNANSWERED.fromNetwork);
    expect(said.slice(-2)).toEqual(['422 OBJECTIONS_TOO_MANY', '422 OBJECTIONS_TOO_MANY']);
    expect(await refusal(raise('233.252.1.1', '邻居的意见是另一回事'))).toBe('not refused');
  });

  it('when anyone verifies its list again and again, then it is computed once until a row of it is written', async () => {
    const { declaration } = await posted();
    const number = (await declaration()).notices[0]?.verifyNumber ?? '';
    const pool = openPool(world.urls.migrator, 1);
    const issued = issuedPapers(typedSql<Tables>(pool)).where('p.number', '=', number);
    const paper = paperOf(await issued.executeTakeFirstOrThrow());
    let read = 0;
    const counted = typedSql<Tables>({
      query: (text, values) => {
        read += 1;
        return pool.query(text, [...values]);
      },
    });
    const asked = async () => {
      read = 0;
      return [await knownSealOf(counted, paper), read];
    };
    const [, first] = await asked();
    expect(first).toBeGreaterThan(1);
    expect(await asked()).toEqual(['intact', 1]);
    const { rows } = await pool.query<{ change: string }>(
      `SELECT format('UPDATE %s SET %I = %I WHERE %s', t.name, c.column_name, c.column_name, t.of) AS change
       FROM (VALUES ('posted_line', 'notice_id = (SELECT id FROM declaration_notice WHERE number = $1) AND line_number = 1'),
         ('declaration_notice', 'number = $1'), ('issued_paper', 'number = $1'),
         ('declaration', 'id = (SELECT declaration_id FROM declaration_notice WHERE number = $1)')) t(name, of)
       JOIN information_schema.columns c ON c.table_name = t.name AND c.table_schema = 'public'`,
    );
    expect(rows.length).toBeGreaterThan(40);
    for (const { change } of rows) {
      await pool.query(change, [number]);
      const [seal, times] = await asked();
      expect([change, seal, Number(times) > 1]).toEqual([change, 'intact', true]);
    }
    await pool.end();
  });
});
