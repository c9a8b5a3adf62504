import type { Refusal } from '@bangfu/platform/http/refusal';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readGatewayConfig } from '../config.ts';
import { COUNTY, openBrowser, startTestPlatform, testInstallation, type TestPlatform } from '../testing/platform.ts';
import { takeAttempt } from './pace.ts';

const PASSWORD = 'a good secret 7';
const WINDOW = { free: 3, windowSeconds: 900 };

let platform: TestPlatform;
let twin: string;

beforeAll(async () => {
  platform = await startTestPlatform();
  twin = await platform.startTwin();
});
afterAll(() => platform?.stop());

const countOf = <T>(each: readonly T[], is: (one: T) => boolean) => each.filter(is).length;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('the pace of a key', () => {
  /** Takes attempts as soon as each may be made. @returns what had to be waited before each, in seconds */
  const waits = async (key: string, slowing: Parameters<typeof takeAttempt>[3], attempts: number) => {
    const { pool } = platform.gateway.gateway;
    const waited: number[] = [];
    for (let made = 0; made < attempts; made++) {
      const seconds = await takeAttempt(pool, key, COUNTY, slowing);
      waited.push(seconds);
      if (seconds === 0) continue;
      // As much later as was said, and no earlier.
      const later = (by: number) =>
        pool.query('UPDATE sign_in_pace SET next_at = next_at - make_interval(secs => $2) WHERE key = $1', [key, by]);
      if (seconds > 1) {
        await later(seconds - 1);
        expect(await takeAttempt(pool, key, COUNTY, slowing)).toBe(1);
        await later(1);
      } else await later(1);
      expect(await takeAttempt(pool, key, COUNTY, slowing)).toBe(0);
    }
    return waited;
  };

  test('elsewhere it doubles from one second to a minute', async () => {
    expect(await waits('elsewhere', { ...WINDOW, longestSeconds: 60 }, 11)).toEqual([
      0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60,
    ]);
  });

  test('where the name is usual it never exceeds five seconds', async () => {
    expect(await waits('usual', { ...WINDOW, longestSeconds: 5 }, 8)).toEqual([0, 0, 0, 1, 2, 4, 5, 5]);
  });

  test('when the window is over, then it begins again', async () => {
    await platform.gateway.gateway.pool.query('UPDATE sign_in_pace SET window_ends_at = now()');
    expect(await waits('elsewhere', { ...WINDOW, longestSeconds: 60 }, 4)).toEqual([0, 0, 0, 1]);
  });
});

describe('attempts at a name that is usual at one address', () => {
  const home = '198.51.100.20';

  /** Makes attempts that fail, each as soon as it may be made. @returns what had to be waited, in seconds */
  const waits = async (address: string, attempts: number) => {
    const { limits, pool } = platform.gateway.gateway;
    const waited: (number | undefined)[] = [];
    for (let made = 0; made < attempts; made++) {
      await limits.attempt('usual', address).catch(async (error: Refusal) => {
        waited.push(error.retryAfterSeconds);
        await pool.query('UPDATE sign_in_pace SET next_at = now()');
        await limits.attempt('usual', address);
      });
    }
    return waited;
  };

  test('then they wait five seconds at most there, and up to a minute elsewhere', async () => {
    await platform.seed([{ username: 'usual', name: '某人', grants: [], password: PASSWORD }]);
    expect((await openBrowser(platform.url, home).signIn('usual', PASSWORD)).status).toBe(200);
    expect(await waits(home, 15)).toEqual([1, 2, 4, 5, 5]);
    expect(await waits('203.0.113.20', 17)).toEqual([1, 2, 4, 8, 16, 32, 60]);
  });

  test('when the address has used up its share, then two of them are free there, and the next waits', async () => {
    const { limits, pool } = platform.gateway.gateway;
    await pool.query('DELETE FROM sign_in_pace');
    for (let made = 0; made < 100; made++) await limits.attempt(`other-${made}`, home).catch(() => undefined);
    await expect(limits.attempt('yet-another', home)).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    expect(await waits(home, 4)).toEqual([2, 4]);
  });
});

describe('a thousand attempts at once over names, addresses and two gateways', () => {
  const names = ['owner', ...Array.from({ length: 7 }, (_, i) => `guessed-${i}`)];
  const addresses = ['203.0.113.1', '203.0.113.2', '2001:db8:1:2::', '2001:db8:1:3::'];
  const home = '198.51.100.7';

  test('then no more passwords are tried than the limits let, and the owner gets in at home meanwhile', async () => {
    await platform.seed([{ username: 'owner', name: '某人', grants: [], password: PASSWORD }]);
    const owner = openBrowser(platform.url, home);
    expect((await owner.signIn('owner', PASSWORD)).status).toBe(200);

    const started = performance.now();
    const attempts = Array.from({ length: 1000 }, (_, i) => {
      const address = addresses[Math.floor(i / names.length) % addresses.length] ?? '';
      const from = address.endsWith('::') ? `${address}${i.toString(16)}` : address;
      return openBrowser(i % 2 ? platform.url : twin, from).signIn(names[i % names.length] ?? '', `wrong ${i}`);
    });
    await wait(200);
    const [atHome, looking] = await Promise.all([
      openBrowser(twin, home).signIn('owner', PASSWORD),
      owner.call('GET', '/api/session'),
    ]);
    expect([atHome.status, looking.status]).toEqual([200, 200]);

    const answers = await Promise.all(attempts);
    const seconds = (performance.now() - started) / 1000;
    const tried = countOf(answers, ({ status }) => status === 401);
    // Beyond the ten of each name, one for each doubling of the time it took.
    expect(tried).toBeLessThanOrEqual(names.length * (10 + Math.ceil(Math.log2(seconds + 1))));
    expect(tried).toBeGreaterThanOrEqual(names.length * 10);
    expect(countOf(answers, ({ status }) => status === 429)).toBe(answers.length - tried);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.every(({ headers }) => Number(headers.get('retry-after')) >= 1)).toBe(true);

    // Elsewhere the owner waits like everybody.
    expect((await openBrowser(platform.url, '203.0.113.9').signIn('owner', PASSWORD)).status).toBe(429);
    expect((await openBrowser(platform.url, home).signIn('owner', PASSWORD)).status).toBe(200);
  }, 60_000);

  test('given many names at once from one network, then a hundred are tried, whoever else is usual there gets in', async () => {
    const office = '2001:db8:7:7::';
    await platform.seed([{ username: 'clerk', name: '某人', grants: [], password: PASSWORD }]);
    expect((await openBrowser(twin, `${office}1`).signIn('clerk', PASSWORD)).status).toBe(200);
    const sprayed = await Promise.all(
      Array.from({ length: 300 }, (_, i) =>
        openBrowser(i % 2 ? platform.url : twin, `${office}${i.toString(16)}`).signIn(`sprayed-${i}`, 'Passw0rd-2026'),
      ),
    );
    expect(countOf(sprayed, ({ status }) => status === 401)).toBe(100);
    const refused = sprayed.find(({ status }) => status === 429);
    expect(refused?.body).toMatchObject({ code: 'TOO_MANY_ATTEMPTS', params: { minutes: 15 } });
    expect((await openBrowser(platform.url, `${office}2`).signIn('clerk', PASSWORD)).status).toBe(200);
    expect((await openBrowser(platform.url, `${office}2`).signIn('locked-out', PASSWORD)).status).toBe(429);
  }, 60_000);
});

describe('the proxies whose word is taken', () => {
  const environment = async (trusted: string) =>
    (await testInstallation('http://127.0.0.1:1', { BANGFU_TRUSTED_PROXIES: trusted })).environment;

  test('given a wrong one, then the start is stopped with its name, its value and what is expected', async () => {
    for (const wrong of ['everywhere', '10.0.0.0/33', '0.0.0.0/0', '::/0', 'loopback;10.0.0.1']) {
      const env = await environment(wrong);
      expect(() => readGatewayConfig(env), wrong).toThrow(
        new RegExp(
          `BANGFU_TRUSTED_PROXIES \\(${JSON.stringify(wrong).replace(/[/.]/g, '\\$&')}\\): expected addresses`,
        ),
      );
    }
  });

  test('given networks or none, then they are read', async () => {
    const read = async (text: string) => readGatewayConfig(await environment(text)).BANGFU_TRUSTED_PROXIES;
    expect(await read('10.1.2.3, 172.16.0.0/12,fd00::/8 ,loopback')).toEqual([
      '10.1.2.3',
      '172.16.0.0/12',
      'fd00::/8',
      'loopback',
    ]);
    expect(await read('')).toEqual([]);
  });

  test('given a proxy that hands on something else than an address, then it is counted too', async () => {
    const odd = openBrowser(platform.url, 'x'.repeat(2000));
    expect((await odd.signIn('nobody', 'wrong')).status).toBe(401);
  });

  test('given a caller who is no such proxy, then what he says of his address counts for nothing', async () => {
    const alone = await startTestPlatform({ BANGFU_TRUSTED_PROXIES: '10.1.2.3' });
    const answers = await Promise.all(
      Array.from({ length: 110 }, (_, i) => openBrowser(alone.url, `203.0.113.${i}`).signIn(`name-${i}`, 'wrong')),
    );
    expect(countOf(answers, ({ status }) => status === 429)).toBe(10);
    await alone.stop();
  }, 60_000);
});
