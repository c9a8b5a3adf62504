import { randomUUID } from 'node:crypto';
import { walkLists } from '@bangfu/platform/testing/lists';
import type { Grant } from '@bangfu/domain/shared/roles';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, region, seedAccount, startPlatformOfGrants, TOWNSHIP, VILLAGE } from '../../testing/accounts.ts';
import { type Browser, COUNTY, openBrowser, type TestPlatform } from '../../testing/platform.ts';

const ADMINISTRATOR: Grant = { role: 'system-administrator', scope: { kind: 'platform' } };

let platform: TestPlatform;
let admin: Browser;

const account = (username: string, grants: readonly Grant[]) => seedAccount(platform, username, grants);

beforeAll(async () => {
  ({ platform, admin } = await startPlatformOfGrants());
});
afterAll(() => platform?.stop());

describe('making accounts', () => {
  test('given a name that is taken, then it is refused with the name', async () => {
    await account('taken', []);
    const again = await admin.call('POST', '/api/accounts', {
      username: 'taken',
      name: '丙',
      grants: [],
      password: PASSWORD,
    });
    expect(again).toMatchObject({ status: 422, body: { code: 'USERNAME_TAKEN', title: '用户名 taken 已被使用' } });
  });

  test('given the same submission twice, then one account, and the repeat is told that the password was shown', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const body = { username: 'twice', name: '丁', grants: [] };
    const [one, two] = [
      await admin.call('POST', '/api/accounts', body, key),
      await admin.call('POST', '/api/accounts', body, key),
    ];
    expect(one.status).toBe(201);
    expect(two).toMatchObject({ status: 409, body: { code: 'SHOWN_ONCE' } });
    const found = await admin.call('GET', '/api/accounts?search=twice');
    expect(found.body['total']).toBe(1);
    expect(String(one.body['oneTimePassword'])).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
    const { rows } = await platform.gateway.gateway.pool.query<{ text: string }>(
      `SELECT (SELECT json_agg(k)::text FROM platform.idempotency_key k) || (SELECT json_agg(a)::text FROM platform.audit_entry a) AS text`,
    );
    expect(rows[0]?.text).not.toContain(one.body['oneTimePassword']);
    const other = await admin.call('POST', '/api/accounts', { ...body, name: '戊' }, key);
    expect(other.body['code']).toBe('KEY_REUSED');
  });

  test('only a system administrator makes accounts', async () => {
    const { browser } = await account('office', [region('county-office', COUNTY)]);
    const answer = await browser.call('POST', '/api/accounts', { username: 'x-by-office', name: '己', grants: [] });
    expect(answer).toMatchObject({ status: 403, body: { code: 'NOT_GRANTED' } });
  });
});

describe('giving grants', () => {
  test('given an administrator of a township, then he gives grants within it and no further', async () => {
    const { browser } = await account('township-admin', [region('system-administrator', TOWNSHIP)]);
    const { id } = await account('villager', [region('village-officer', VILLAGE)]);
    const give = (grant: object) => browser.call('POST', `/api/accounts/${id}/grants`, grant);
    expect((await give(region('village-officer', '522325101205'))).status).toBe(201);
    for (const grant of [
      region('village-officer', '522325102001'),
      region('county-office', COUNTY),
      { role: 'system-administrator', scope: { kind: 'platform' } },
      { role: 'unit-manager', scope: { kind: 'unit', id: 'u1' } },
    ]) {
      expect(await give(grant)).toMatchObject({ status: 403, body: { code: 'GRANT_BEYOND_OWN' } });
    }
    const list = await browser.call('GET', '/api/accounts');
    expect((list.body['rows'] as { username: string }[]).map((row) => row.username)).toEqual([
      'township-admin',
      'villager',
    ]);
    expect(list.body['total']).toBe(2);
  });

  test('given an account outside the giver’s regions, then it is not found', async () => {
    const { id } = await account('elsewhere', [region('village-officer', '522325102001')]);
    const giver = openBrowser(platform.url);
    await giver.signIn('township-admin', PASSWORD);
    const answer = await giver.call('POST', `/api/accounts/${id}/grants`, region('village-officer', VILLAGE));
    expect(answer.status).toBe(404);
    expect(
      (await giver.call('POST', `/api/accounts/${randomUUID()}/grants`, region('village-officer', VILLAGE))).status,
    ).toBe(404);
  });

  test('a grant counts, and ceases to count, from the next call', async () => {
    const { id, browser } = await account('newcomer', []);
    expect((await browser.call('GET', '/api/accounts')).status).toBe(403);
    const second = await account('confirms', [ADMINISTRATOR]);
    const given = await admin.call('POST', `/api/accounts/${id}/grants`, ADMINISTRATOR);
    expect(given.body['proposed']).toBe(1);
    expect((await browser.call('GET', '/api/accounts?limit=1')).status).toBe(403);
    const confirm = (as: Browser) => as.call('POST', `/api/accounts/${id}/grants/${given.body['id']}/confirm`, {});
    expect((await confirm(admin)).body['code']).toBe('GRANT_OWN_PROPOSAL');
    expect((await confirm(second.browser)).status).toBe(204);
    expect((await confirm(second.browser)).body['code']).toBe('GRANT_CONFIRMED');
    expect((await browser.call('GET', '/api/accounts?limit=1')).status).toBe(200);
    expect((await admin.call('DELETE', `/api/accounts/${id}/grants/${given.body['id']}`)).status).toBe(204);
    expect((await browser.call('GET', '/api/accounts')).status).toBe(403);
    const { rows } = await platform.gateway.gateway.pool.query(
      'SELECT given_by_name, confirmed_by_name, withdrawn_by_name FROM public.account_grant WHERE id = $1::uuid',
      [given.body['id']],
    );
    expect(rows).toEqual([{ given_by_name: '管理员', confirmed_by_name: 'confirms', withdrawn_by_name: '管理员' }]);
  });

  test('an evaluator without an end is refused', async () => {
    const { id } = await account('eve', []);
    const scope = { kind: 'evaluation', id: 'e1', regions: [COUNTY], services: ['identification'] };
    const answer = await admin.call('POST', `/api/accounts/${id}/grants`, { role: 'evaluator', scope });
    expect(answer.body['code']).toBe('GRANT_NEEDS_UNTIL');
  });
});

describe('the last administrator', () => {
  const ownGrant = async () => {
    const list = await admin.call('GET', '/api/accounts?search=admin&limit=500');
    const rows = list.body['rows'] as { id: string; username: string; grants: { id: string; role: string }[] }[];
    const own = rows.find((row) => row.username === 'admin');
    const grant = own?.grants.find((each) => each.role === 'system-administrator');
    return `/api/accounts/${own?.id}/grants/${grant?.id}`;
  };

  test('cannot remove himself, but one of two can', async () => {
    await platform.gateway.gateway.pool.query(
      "UPDATE account_grant SET withdrawn_at = now() WHERE role = 'system-administrator' AND given_by_name = '系统' AND account_id <> (SELECT id FROM account WHERE username = 'admin')",
    );
    expect((await admin.call('DELETE', await ownGrant())).body['code']).toBe('LAST_ADMINISTRATOR');
    const passing = { ...ADMINISTRATOR, until: '2030-01-01T00:00:00Z' };
    await account('for-a-time', [passing]);
    expect((await admin.call('DELETE', await ownGrant())).body['code']).toBe('LAST_ADMINISTRATOR');
    // One who is proposed does not count: nobody has confirmed it.
    const proposed = await account('proposed', []);
    expect((await admin.call('POST', `/api/accounts/${proposed.id}/grants`, ADMINISTRATOR)).status).toBe(201);
    expect((await admin.call('DELETE', await ownGrant())).body['code']).toBe('LAST_ADMINISTRATOR');
    const waiting = (await admin.call('GET', '/api/proposed-grants')).body;
    expect(waiting['otherAdministrators']).toBe(0);
    const second = await account('second', [ADMINISTRATOR]);
    expect((await second.browser.call('DELETE', await ownGrant())).status).toBe(204);
    expect((await admin.call('GET', '/api/accounts')).status).toBe(403);
    admin = second.browser;
  });
});

describe('keys of machine clients', () => {
  test('a key acts with its account’s grants until it is withdrawn, and makes no further keys', async () => {
    const { browser } = await account('machine', [region('county-office', COUNTY)]);
    const made = await browser.call('POST', '/api/session/keys', { name: '统计接口' });
    const key = { authorization: `Bearer ${made.body['key']}` };
    const machine = openBrowser(platform.url);
    expect((await machine.call('GET', '/api/session', undefined, key)).body).toMatchObject({
      account: { username: 'machine' },
    });
    expect((await machine.call('POST', '/api/session/keys', { name: 'x' }, key)).body['code']).toBe(
      'KEY_CANNOT_MAKE_KEYS',
    );
    const list = await browser.call('GET', '/api/session/keys');
    expect(list.body['rows']).toMatchObject([{ name: '统计接口', withdrawnAt: null, lastUsedAt: expect.any(String) }]);
    expect(JSON.stringify(list.body)).not.toContain(made.body['key']);

    const other = await account('not-the-owner', []);
    expect((await other.browser.call('DELETE', `/api/session/keys/${made.body['id']}`)).status).toBe(404);
    expect((await browser.call('DELETE', `/api/session/keys/${made.body['id']}`)).status).toBe(204);
    expect((await machine.call('GET', '/api/session', undefined, key)).status).toBe(401);
  });
});

describe('the lists of the gateway', () => {
  test('walked in each order, every record comes once and in its place', async () => {
    const made = await admin.call('POST', '/api/session/keys', { name: 'lists' });
    const headers = () => ({ authorization: `Bearer ${made.body['key']}` });
    const as = () => ({ baseUrl: platform.url, headers });
    // What is published of evaluations is asked of their service.
    const { wrong, thin } = await walkLists('gateway', { as, without: ['getPublicEvaluations'] });
    expect(wrong).toEqual([]);
    expect(thin).toEqual([]);
  });
});
