import { createHash } from 'node:crypto';
import { keyedHash } from '@bangfu/platform/secrets/keyed-hash';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_PASSWORD, COUNTY, openBrowser, startTestPlatform, type TestPlatform } from '../../testing/platform.ts';

let platform: TestPlatform;
const browser = () => openBrowser(platform.url);
const administrator = async () => {
  const it = browser();
  await it.signIn('admin', ADMIN_PASSWORD);
  return it;
};

beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform?.stop());

describe('signing in', () => {
  test('given the right password, when signing in, then the session says who and with which grants', async () => {
    const it = browser();
    const answer = await it.signIn('admin', ADMIN_PASSWORD);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      account: { username: 'admin' },
      county: { code: COUNTY, name: '本县' },
      grants: [
        { role: 'system-administrator', scope: { kind: 'platform' } },
        { role: 'county-office', scope: { kind: 'region', code: COUNTY } },
      ],
      mustChangePassword: false,
      csrf: { header: 'x-csrf-token' },
    });
    const cookie = answer.headers.getSetCookie().find((each) => each.includes('bangfu.session_token=')) ?? '';
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).not.toMatch(/Secure/);
    const asOf = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/);
    expect((await it.call('GET', '/api/session')).body).toEqual({ ...(answer.body as object), asOf });
  });

  test('the name is not case-sensitive', async () => {
    expect((await browser().signIn(' Admin ', ADMIN_PASSWORD)).status).toBe(200);
  });

  test('given an account that speaks for a household, when its number is typed, then it is the account’s', async () => {
    const [household, password] = ['01a20468-32ad-7d75-9ac5-f964ab1f0142', 'a-household-2026'];
    const number = '2113820012020001';
    platform.upstream.get('/api/identification/household-keys', ({ query }, response) => {
      const isIt = query['number'] === number || query['id'] === household;
      response.json({ household: isIt ? { id: household, number } : null });
    });
    const grants = [{ role: 'household', scope: { kind: 'household', id: household } }] as const;
    await platform.seed([{ username: 'zhang', name: '示范户', password, grants }]);
    const own = browser();
    expect((await own.signIn(number, password)).body).toMatchObject({ account: { username: 'zhang' } });
    expect((await own.call('GET', '/api/my-household')).body).toEqual({ householdNumber: number });
    expect((await browser().signIn(number, 'not the password')).status).toBe(401);
    expect((await browser().signIn('2113820012020002', password)).status).toBe(401);
    // Who asks for it is the gateway, which has no role; the household asks for its own by what it may itself.
    const asked = platform.seen.filter(({ url }) => url.includes('household-keys'));
    expect(asked.map(({ account }) => [account?.isGateway, account?.grants])).toEqual(asked.map(() => [true, []]));
  });

  test('given an unknown name or a wrong password, then both answers are the same, and none comes early', async () => {
    const times: number[] = [];
    const answers = [];
    for (const name of ['admin', 'nobody-here', '张三']) {
      const started = performance.now();
      answers.push(await browser().signIn(name, 'not the password'));
      times.push(performance.now() - started);
    }
    for (const { status, body } of answers) {
      expect(status).toBe(401);
      expect(body['code']).toBe('WRONG_CREDENTIALS');
      expect(body['title']).toBe('用户名或密码不正确');
    }
    expect(Math.min(...times)).toBeGreaterThan(390);
  });

  test('without an account the session answers 401, and an unknown key does too', async () => {
    expect((await browser().call('GET', '/api/session')).body['code']).toBe('NOT_SIGNED_IN');
    const answer = await browser().call('GET', '/api/session', undefined, { authorization: 'Bearer bangfu_nothing' });
    expect(answer.status).toBe(401);
  });

  test('the password is kept as argon2id, and the made-up address never leaves', async () => {
    const it = await administrator();
    const { rows } = await platform.gateway.gateway.pool.query<{ password: string }>(
      'SELECT password FROM public.credential',
    );
    expect(rows[0]?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify((await it.call('GET', '/api/session')).body)).not.toContain('@');
  });
});

describe('forged requests', () => {
  test('given a cookie without the header, when changing something, then 403 CSRF', async () => {
    const it = await administrator();
    it.csrf = '';
    expect((await it.call('DELETE', '/api/session')).body['code']).toBe('CSRF');
    it.csrf = 'x'.repeat(43);
    expect((await it.call('POST', '/api/identification/imports', {})).body['code']).toBe('CSRF');
  });
});

describe('signing out', () => {
  test('when signing out, then the cookie is worth nothing any more', async () => {
    const it = await administrator();
    expect((await it.call('DELETE', '/api/session')).status).toBe(204);
    expect((await it.call('GET', '/api/session')).status).toBe(401);
  });

  test('when signing out everywhere, then every session of the account ends', async () => {
    const [one, other] = [await administrator(), await administrator()];
    expect((await other.call('GET', '/api/session')).status).toBe(200);
    expect((await one.call('POST', '/api/session/sign-out-everywhere', {})).status).toBe(204);
    expect((await other.call('GET', '/api/session')).status).toBe(401);
    expect((await one.call('GET', '/api/session')).status).toBe(401);
  });
});

describe('passwords', () => {
  test('given a handed-over password, then nothing but the own sign-in works until it is changed', async () => {
    const made = await (await administrator()).call('POST', '/api/accounts', {
      username: 'zhang.san',
      name: '甲某',
      grants: [{ role: 'county-office', scope: { kind: 'region', code: COUNTY } }],
    });
    const handedOver = String(made.body['oneTimePassword']);
    const [it, elsewhere] = [browser(), browser()];
    expect((await it.signIn('zhang.san', handedOver)).body['mustChangePassword']).toBe(true);
    await elsewhere.signIn('zhang.san', handedOver);
    expect((await it.call('GET', '/api/work')).body['code']).toBe('PASSWORD_MUST_CHANGE');

    const change = (current: string, next: string) => it.call('POST', '/api/session/password', { current, next });
    expect((await change('something else', 'a new secret 1')).body['code']).toBe('WRONG_PASSWORD');
    expect((await change(handedOver, handedOver)).body['code']).toBe('PASSWORD_UNCHANGED');
    expect((await change(handedOver, 'zhang.san-2026')).body['code']).toBe('PASSWORD_TOO_SIMPLE');
    expect((await change(handedOver, 'short')).body['code']).toBe('INVALID_INPUT');
    expect((await change(handedOver, 'a new secret 1')).status).toBe(204);

    expect((await it.call('GET', '/api/session')).body['mustChangePassword']).toBe(false);
    expect((await it.call('GET', '/api/work')).status).toBe(200);
    expect((await elsewhere.call('GET', '/api/session')).status).toBe(401);
    expect((await browser().signIn('zhang.san', handedOver)).status).toBe(401);
    expect((await browser().signIn('zhang.san', 'a new secret 1')).status).toBe(200);
  });
});

describe('lock-out', () => {
  test('given ten wrong passwords, then the right one has to wait too, for a name that exists as for one that does not', async () => {
    const password = 'the right one 1';
    await platform.seed([{ username: 'locked', name: '乙某', grants: [], password }]);
    for (const name of ['locked', 'no-such-one']) {
      const wrong = await Promise.all(Array.from({ length: 14 }, () => browser().signIn(name, 'wrong')));
      expect(wrong.filter((answer) => answer.status === 401)).toHaveLength(10);
      expect(wrong.filter((answer) => answer.body['code'] === 'TOO_FAST')).toHaveLength(4);
      const right = await browser().signIn(name, password);
      expect(right).toMatchObject({ status: 429, body: { title: '尝试次数过多，请在 1 秒后再试' } });
      expect(right.headers.get('retry-after')).toBe('1');
      await new Promise((resolve) => setTimeout(resolve, 1000));
      expect((await browser().signIn(name, password)).status).toBe(name === 'locked' ? 200 : 401);
    }
  });

  test('what the public submits is limited by address', async () => {
    const { limits } = platform.gateway.gateway;
    for (let i = 0; i < 60; i++) await limits.publicAct('203.0.113.7');
    await expect(limits.publicAct('203.0.113.7')).rejects.toMatchObject({ status: 429, code: 'TOO_MANY_ATTEMPTS' });
    await limits.publicAct('203.0.113.8');
  });

  test('given an address that has submitted its share, then no other way of writing the path gets past', async () => {
    const { limits } = platform.gateway.gateway;
    const submit = (path: string) => browser().call('POST', path, {}, { 'x-forwarded-for': '203.0.113.9' });
    const path = '/api/identification/public/notices/01a20468-32ad-7d75-9ac5-f964ab1f0142/objections';
    expect((await submit(path)).status).toBe(404);
    for (let i = 0; i < 59; i++) await limits.publicAct('203.0.113.9');
    for (const each of [path, path.toUpperCase().replace('/API', '/api'), `${path}/`]) {
      expect((await submit(each)).status, each).toBe(429);
    }
  });

  test('given many successful sign-ins, then none is refused', async () => {
    for (let i = 0; i < 12; i++) expect((await browser().signIn('admin', ADMIN_PASSWORD)).status).toBe(200);
  });
});

test('given the bare hash of a request that an earlier release kept, when a gateway starts, then it is keyed', async () => {
  const { pool, cipher } = platform.gateway.gateway;
  const bare = createHash('sha256').update('a request').digest();
  await pool.query(
    `INSERT INTO platform.idempotency_key (account_id, key, operation, request_hash, status, county_code)
     VALUES ('earlier', 'k', 'o', $1, 200, $2)`,
    [bare.toString('hex'), COUNTY],
  );
  await platform.startTwin();
  const { rows } = await pool.query(`SELECT request_hash FROM platform.idempotency_key WHERE account_id = 'earlier'`);
  expect(rows).toEqual([{ request_hash: keyedHash(cipher, 'request')(bare) }]);
  expect(rows[0].request_hash).not.toContain(bare.toString('hex'));
});

test('given an installation reached by https, then the cookie is Secure and works', async () => {
  const secure = await startTestPlatform({ BANGFU_PUBLIC_URL: 'https://bangfu.example' });
  const it = openBrowser(secure.url);
  const answer = await it.signIn('admin', ADMIN_PASSWORD);
  expect(answer.headers.getSetCookie()[0]).toMatch(/^__Secure-bangfu\.session_token=.*Secure/i);
  expect(answer.headers.get('strict-transport-security')).toContain('max-age');
  expect((await it.call('GET', '/api/session')).status).toBe(200);
  expect((await it.call('DELETE', '/api/session')).status).toBe(204);
  expect((await it.call('GET', '/api/session')).status).toBe(401);
  await secure.stop();
});

test('what happened is in the audit log and its chain holds, refused attempts too', async () => {
  const it = await administrator();
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const verification = await it.call('GET', '/api/audit/verification');
  expect(verification.body).toMatchObject({ unsealed: 0, broken: [] });
  const log = await it.call('GET', '/api/audit?action=gateway.session.refused&limit=1');
  expect(log.body['rows']).toMatchObject([{ accountName: '公众', recordType: 'account', recordId: 'unknown' }]);
  expect(JSON.stringify((await it.call('GET', '/api/audit?limit=500')).body)).not.toContain('secret');
});
