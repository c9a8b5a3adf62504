import { randomUUID } from 'node:crypto';
import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { showsSecret, shownOncePaths } from '@bangfu/contracts/core/shown-once';
import type { Grant } from '@bangfu/domain/shared/roles';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  PASSWORD,
  region,
  seedAccount,
  seedSecond,
  startPlatformOfGrants,
  TOWNSHIP,
  VILLAGE,
} from '../../testing/accounts.ts';
import { ADMIN_PASSWORD, type Browser, COUNTY, openBrowser, type TestPlatform } from '../../testing/platform.ts';

const PLATFORM: Grant = { role: 'system-administrator', scope: { kind: 'platform' } };

let platform: TestPlatform;
let admin: Browser;
let second: Browser;
let adminId: string;

beforeAll(async () => {
  ({ platform, admin } = await startPlatformOfGrants());
  second = await seedSecond(platform);
  adminId = ((await admin.call('GET', '/api/session')).body['account'] as { id: string }).id;
});
afterAll(() => platform?.stop());

const seed = (username: string, ...grants: Grant[]) => seedAccount(platform, username, grants);
const rowOf = async (username: string) => {
  const { body } = await admin.call('GET', `/api/accounts?search=${username}&limit=500`);
  return (body['rows'] as Record<string, unknown>[]).find((row) => row['username'] === username) ?? {};
};
/** Every act of an administrator on an account, as it is called. */
const ACTS: readonly (readonly [string, string, object?])[] = [
  ['POST', 'disable', { reason: '调离岗位' }],
  ['POST', 'enable', { reason: '回到岗位' }],
  ['POST', 'reset', {}],
  ['POST', 'reset/confirm', {}],
  ['DELETE', 'reset'],
  ['POST', 'unlock', {}],
  ['GET', 'sign-ins'],
  ['POST', 'sign-ins/end', {}],
  ['DELETE', `sessions/${randomUUID()}`],
  ['DELETE', `keys/${randomUUID()}`],
];
const tryAll = (as: Browser, id: string) =>
  Promise.all(ACTS.map(async ([method, path, body]) => as.call(method, `/api/accounts/${id}/${path}`, body)));

describe('who may act on whose account', () => {
  test('every act that there is, is among those tried here', () => {
    const acts = ALL_OPERATIONS.filter(
      ({ owner, path }) => owner === 'gateway' && path.startsWith('/accounts/{accountId}/') && !path.includes('grants'),
    );
    const tried = ACTS.map(([method, path]) => `${method} ${path.replace(/\/[0-9a-f-]{36}$/, '/*')}`);
    const there = acts.map(
      ({ method, path }) => `${method} ${path.replace('/accounts/{accountId}/', '').replace(/\{\w+\}/, '*')}`,
    );
    expect(there.sort()).toEqual(tried.sort());
  });

  test('nobody acts on his own account', async () => {
    for (const { status, body } of await tryAll(admin, adminId)) {
      expect([status, body['code']]).toEqual([422, 'ACCOUNT_OWN']);
    }
  });

  test('an administrator of a township acts on none that holds or waits for a grant beyond it', async () => {
    const { browser } = await seed('of-township', region('system-administrator', TOWNSHIP));
    const both = await seed('both', region('village-officer', VILLAGE), region('county-office', COUNTY));
    for (const { status, body } of await tryAll(browser, both.id)) {
      expect([status, body['code']]).toEqual([422, 'ACCOUNT_BEYOND_OWN']);
    }
    const waits = await seed('waits', region('village-officer', VILLAGE));
    await admin.call('POST', `/api/accounts/${waits.id}/grants`, region('finance', COUNTY));
    expect((await browser.call('POST', `/api/accounts/${waits.id}/reset`, {})).body['code']).toBe('ACCOUNT_BEYOND_OWN');
    const far = await seed('far', region('village-officer', '522325102001'));
    for (const { status } of await tryAll(browser, far.id)) expect(status).toBe(404);
    const near = await seed('near', region('village-officer', VILLAGE));
    const disabled = await browser.call('POST', `/api/accounts/${near.id}/disable`, { reason: '调离岗位' });
    expect(disabled.body).toEqual({ account: 'near', state: 'disabled' });
  });

  test('nobody but administrators acts at all', async () => {
    const { browser } = await seed('office', region('county-office', COUNTY));
    const { id } = await seed('somebody', region('village-officer', VILLAGE));
    for (const { status } of await tryAll(browser, id)) expect(status).toBe(403);
  });
});

describe('disabling', () => {
  test('given a reason, then who, when and why are shown, nobody signs in, and it can be undone', async () => {
    const { id, browser } = await seed('leaves', region('village-officer', VILLAGE));
    const act = (path: string, reason?: string) => admin.call('POST', `/api/accounts/${id}/${path}`, { reason });
    expect((await act('disable')).status).toBe(400);
    expect((await act('disable', '调离岗位')).body).toEqual({ account: 'leaves', state: 'disabled' });
    expect(await rowOf('leaves')).toMatchObject({ state: 'disabled', disabling: { by: '管理员', reason: '调离岗位' } });
    expect((await browser.call('GET', '/api/session')).status).toBe(401);
    expect((await openBrowser(platform.url).signIn('leaves', PASSWORD)).body['code']).toBe('WRONG_CREDENTIALS');
    expect((await act('disable', '再来一次')).body['code']).toBe('ACCOUNT_DISABLED');
    expect((await admin.call('POST', `/api/accounts/${id}/reset`, {})).body['code']).toBe('ACCOUNT_DISABLED');
    expect((await act('enable', '回到岗位')).body).toEqual({ account: 'leaves', state: 'active' });
    expect((await openBrowser(platform.url).signIn('leaves', PASSWORD)).status).toBe(200);
    expect((await browser.call('GET', '/api/session')).status).toBe(401);
  });

  test('however an account came to be disabled, its sessions are worth nothing', async () => {
    const { id, browser } = await seed('by-hand', region('village-officer', VILLAGE));
    const { pool } = platform.gateway.gateway;
    await pool.query('UPDATE account SET disabled_at = now() WHERE id = $1::uuid', [id]);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect((await browser.call('GET', '/api/session')).status).toBe(401);
  });

  test('two administrators who disable each other at once do not leave the platform without one', async () => {
    const [one, other] = await Promise.all([seed('one-admin', PLATFORM), seed('other-admin', PLATFORM)]);
    const others = await platform.gateway.gateway.pool.query(
      `UPDATE account SET disabled_at = now() WHERE username IN ('admin', 'second') RETURNING id`,
    );
    const disable = (as: Browser, id: string) => as.call('POST', `/api/accounts/${id}/disable`, { reason: '互相停用' });
    const answers = await Promise.all([disable(one.browser, other.id), disable(other.browser, one.id)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    await platform.gateway.gateway.pool.query(`UPDATE account SET disabled_at = NULL WHERE id = ANY ($1::uuid[])`, [
      others.rows.map(({ id }) => id),
    ]);
    await admin.signIn('admin', ADMIN_PASSWORD);
    await second.signIn('second', PASSWORD);
    await platform.gateway.gateway.pool.query(`DELETE FROM account_grant WHERE account_id = ANY ($1::uuid[])`, [
      [one.id, other.id],
    ]);
  });
});

describe('resetting a password', () => {
  test('given an account of the field, then one administrator hands over a password that is good for a day', async () => {
    const { id } = await seed('forgets', region('village-officer', VILLAGE));
    const before = Date.now();
    const { body } = await admin.call('POST', `/api/accounts/${id}/reset`, {});
    expect(body).toMatchObject({ account: 'forgets', state: 'one-time' });
    const hours = (Date.parse(String(body['oneTimeUntil'])) - before) / 3_600_000;
    expect(Math.round(hours)).toBe(24);
    const own = openBrowser(platform.url);
    const handedOver = String(body['oneTimePassword']);
    expect((await own.signIn('forgets', handedOver)).body['mustChangePassword']).toBe(true);
    expect((await own.call('POST', '/api/session/keys', { name: 'x' })).body['code']).toBe('PASSWORD_MUST_CHANGE');
    await platform.gateway.gateway.pool.query(`UPDATE account SET one_time_until = now() WHERE id = $1::uuid`, [id]);
    expect(await rowOf('forgets')).toMatchObject({ state: 'expired' });
    const late = await openBrowser(platform.url).signIn('forgets', handedOver);
    expect(late).toMatchObject({ status: 401, body: { code: 'ONE_TIME_EXPIRED' } });
    expect((await openBrowser(platform.url).signIn('forgets', 'another')).body['code']).toBe('WRONG_CREDENTIALS');
  });

  test.each(['county-leader', 'finance', 'auditor'] as const)(
    'given a %s, then a second administrator confirms it, and only he sees the password',
    async (role) => {
      const { id, browser } = await seed(`weighty-${role}`, region(role, COUNTY));
      const proposed = await admin.call('POST', `/api/accounts/${id}/reset`, {});
      expect(proposed.body).toMatchObject({ state: 'reset-proposed', oneTimePassword: null });
      expect((await browser.call('GET', '/api/session')).status).toBe(200);
      const { reset } = (await rowOf(`weighty-${role}`)) as { reset: { steps: object[] } };
      expect(reset.steps).toMatchObject([
        { step: 'confirm', open: false, reason: { code: 'RESET_OWN_PROPOSAL' } },
        { step: 'withdraw', open: true },
      ]);
      expect((await admin.call('POST', `/api/accounts/${id}/reset`, {})).body['code']).toBe('RESET_WAITS');
      expect((await admin.call('DELETE', `/api/accounts/${id}/reset`)).status).toBe(204);
      const gone = await second.call('POST', `/api/accounts/${id}/reset/confirm`, {});
      expect(gone.body['code']).toBe('RESET_NOT_PROPOSED');
      await admin.call('POST', `/api/accounts/${id}/reset`, {});
      const confirmed = await second.call('POST', `/api/accounts/${id}/reset/confirm`, {});
      expect(confirmed.body).toMatchObject({
        state: 'one-time',
        oneTimePassword: expect.stringMatching(/^[a-z2-9-]+$/),
      });
      expect((await browser.call('GET', '/api/session')).status).toBe(401);
    },
  );
});

test('given an administrator who types the password himself, then its owner changes it first all the same', async () => {
  const body = { username: 'typed', name: '某人', grants: [], password: PASSWORD };
  const made = await admin.call('POST', '/api/accounts', body);
  expect(made.body).toMatchObject({ oneTimePassword: null, oneTimeUntil: expect.any(String) });
  const own = openBrowser(platform.url);
  expect((await own.signIn('typed', PASSWORD)).body['mustChangePassword']).toBe(true);
  expect((await own.call('GET', '/api/work')).body['code']).toBe('PASSWORD_MUST_CHANGE');
});

test.each([
  ['typed', { password: PASSWORD }],
  ['made', {}],
])('given a new account whose password was %s, when a day has passed, then it opens nothing', async (how, given) => {
  const username = `late-${how}`;
  const made = await admin.call('POST', '/api/accounts', { username, name: '某人', grants: [], ...given });
  const password = how === 'made' ? String(made.body['oneTimePassword']) : PASSWORD;
  const early = openBrowser(platform.url);
  expect((await early.signIn(username, password)).status).toBe(200);
  await platform.gateway.gateway.pool.query(
    `UPDATE account SET one_time_until = one_time_until - interval '24 hours' WHERE username = $1`,
    [username],
  );
  const late = await openBrowser(platform.url).signIn(username, password);
  expect(late).toMatchObject({ status: 401, body: { code: 'ONE_TIME_EXPIRED' } });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect((await early.call('GET', '/api/session')).status).toBe(401);
});

test('given a name that must wait, when it is unlocked, then it need not', async () => {
  const { id } = await seed('mistypes', region('village-officer', VILLAGE));
  const elsewhere = () => openBrowser(platform.url, '203.0.113.40');
  await Promise.all(Array.from({ length: 12 }, () => elsewhere().signIn('mistypes', 'wrong')));
  expect((await elsewhere().signIn('mistypes', PASSWORD)).status).toBe(429);
  const unlocked = await admin.call('POST', `/api/accounts/${id}/unlock`, {});
  expect(unlocked.body).toEqual({ account: 'mistypes', state: 'active' });
  expect((await elsewhere().signIn('mistypes', PASSWORD)).status).toBe(200);
});

describe('keys', () => {
  test('given some of one’s grants, then a key acts with these as long as they are held, and with no other', async () => {
    const grants = [region('village-officer', VILLAGE), region('county-office', COUNTY)];
    const { id, browser } = await seed('has-two', ...grants);
    const made = await browser.call('POST', '/api/session/keys', { name: 'narrow', grants: [grants[0]] });
    const key = { authorization: `Bearer ${made.body['key']}` };
    const held = async () =>
      (await openBrowser(platform.url).call('GET', '/api/session', undefined, key)).body['grants'];
    expect(await held()).toEqual([grants[0]]);
    const notHeld = { name: 'more', grants: [region('finance', COUNTY)] };
    expect((await browser.call('POST', '/api/session/keys', notHeld)).body['code']).toBe('GRANT_NOT_HELD');
    const row = (await rowOf('has-two')) as { grants: { id: string; role: string }[] };
    const grant = row.grants.find(({ role }) => role === 'village-officer');
    await admin.call('DELETE', `/api/accounts/${id}/grants/${grant?.id}`);
    expect(await held()).toEqual([]);
  });

  test('given no end, then it ends in ninety days; given one beyond a year or in the past, then it is refused', async () => {
    const { browser } = await seed('machine-end', region('county-office', COUNTY));
    const make = (until?: string) =>
      browser.call('POST', '/api/session/keys', { name: 'k', ...(until ? { until } : {}) });
    const days = (until: unknown) => Math.round((Date.parse(String(until)) - Date.now()) / 86_400_000);
    expect(days((await make()).body['until'])).toBe(90);
    expect((await make(new Date(Date.now() + 400 * 86_400_000).toISOString())).body['code']).toBe('KEY_TOO_LONG');
    expect((await make(new Date(Date.now() - 1000).toISOString())).body['code']).toBe('KEY_ALREADY_OVER');
  });
});

describe('answers that show a secret', () => {
  const secretly = ALL_OPERATIONS.filter((op) => shownOncePaths(op.answer).length > 0);
  /** How each of them is called so that it shows one. */
  const CALLS: Readonly<Record<string, () => Promise<[Browser, string, object]>>> = {
    createAccount: async () => [admin, '/api/accounts', { username: 'shown-1', name: '某人', grants: [] }],
    createApiKey: async () => [admin, '/api/session/keys', { name: 'shown' }],
    resetPassword: async () => [admin, `/api/accounts/${(await seed('shown-2')).id}/reset`, {}],
    confirmReset: async () => {
      const { id } = await seed('shown-3', region('finance', COUNTY));
      await admin.call('POST', `/api/accounts/${id}/reset`, {});
      return [second, `/api/accounts/${id}/reset/confirm`, {}];
    },
  };

  test.each(secretly)('$id keeps none of it, and tells a repeat that it was shown', async (op) => {
    const [as, path, body] = await (CALLS[op.id]?.() ?? Promise.reject(new Error(`${op.id} is not called here`)));
    const headers = { 'idempotency-key': randomUUID() };
    const first = await as.call(op.method, path, body, headers);
    expect(showsSecret(op.answer, first.body), JSON.stringify(first.body)).toBe(true);
    expect(await as.call(op.method, path, body, headers)).toMatchObject({ status: 409, body: { code: 'SHOWN_ONCE' } });
    const { pool } = platform.gateway.gateway;
    const kept = await pool.query(`SELECT status, answer FROM platform.idempotency_key WHERE key = $1`, [
      headers['idempotency-key'],
    ]);
    expect(kept.rows).toEqual([{ status: 409, answer: null }]);
    const secrets = shownOncePaths(op.answer).map((steps) => String(first.body[steps[0] ?? '']));
    const { rows: tables } = await pool.query<{ name: string }>(
      `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
       WHERE schemaname IN ('public', 'platform') AND has_table_privilege(schemaname || '.' || tablename, 'SELECT')`,
    );
    for (const { name } of tables) {
      const { rows } = await pool.query<{ text: string | null }>(`SELECT json_agg(t)::text AS text FROM ${name} t`);
      for (const secret of secrets) expect(rows[0]?.text ?? '', name).not.toContain(secret);
    }
  });
});
