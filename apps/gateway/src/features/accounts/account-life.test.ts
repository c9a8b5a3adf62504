import fc from 'fast-check';
import type { Grant } from '@bangfu/domain/shared/roles';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, region, seedAccount, seedSecond, startPlatformOfGrants, VILLAGE } from '../../testing/accounts.ts';
import { type Browser, COUNTY, openBrowser, type TestPlatform } from '../../testing/platform.ts';

let platform: TestPlatform;
let admin: Browser;
let second: Browser;
let gateways: readonly string[];

beforeAll(async () => {
  ({ platform, admin } = await startPlatformOfGrants());
  second = await seedSecond(platform);
  gateways = [platform.url, await platform.startTwin()];
});
afterAll(() => platform?.stop());

/** Everything by which an account is called: found alive once, and ended at some moment. */
interface Held {
  readonly kind: 'session' | 'key';
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  isOver: boolean;
}

/** What a person, an administrator and time do to an account. */
const STEPS = [
  'sign-in',
  'sign-in',
  'sign-in',
  'make-key',
  'make-key',
  'sign-out',
  'sign-out-everywhere',
  'sign-out-keeping-keys',
  'change-password',
  'change-keeping-keys',
  'end-own-session',
  'withdraw-own-key',
  'disable',
  'enable',
  'enable',
  'reset',
  'end-all',
  'end-one-session',
  'end-one-key',
  'session-too-old',
  'session-unused',
  'key-expires',
  'one-time-expires',
  'grant',
  'withdraw-grant',
] as const; // prettier-ignore
type Step = (typeof STEPS)[number];

let made = 0;

/** An account as it should be, beside the account as it is. */
class Life {
  readonly held: Held[] = [];
  readonly formerPasswords: string[] = [];
  password = PASSWORD;
  isDisabled = false;
  isOneTime = false;
  isExpired = false;
  readonly username: string;
  readonly id: string;
  readonly grants: readonly Grant[];

  constructor(username: string, id: string, grants: readonly Grant[]) {
    this.username = username;
    this.id = id;
    this.grants = grants;
  }

  static async begin(grants: readonly Grant[]): Promise<Life> {
    const username = `life-${++made}`;
    const { id } = await seedAccount(platform, username, grants);
    return new Life(username, id, grants);
  }

  isAlive = (each: Held) => !each.isOver && !this.isDisabled && !(this.isOneTime && this.isExpired);
  alive = (kind: Held['kind']) => this.held.filter((each) => each.kind === kind && this.isAlive(each));
  end = (is: (each: Held) => boolean) => this.held.filter(is).forEach((each) => (each.isOver = true));
  newPassword(password: string, isOneTime: boolean) {
    this.formerPasswords.push(this.password);
    this.password = password;
    this.isOneTime = isOneTime;
    this.isExpired = false;
  }
  as = (each: Held | undefined) => (method: string, path: string, body?: unknown) =>
    openBrowser(gateways[made % 2] ?? '').call(method, path, body, each?.headers);

  async signIn(url: string) {
    const { pool } = platform.gateway.gateway;
    // What is tried here is not how attempts are limited.
    await pool.query('DELETE FROM sign_in_pace');
    const browser = openBrowser(url);
    return { browser, answer: await browser.signIn(this.username, this.password) };
  }

  /** Does one step, where it can be done; `pick` chooses among what it could be done to. @returns whether it was */
  async take(step: Step, pick: number): Promise<boolean> {
    const { pool } = platform.gateway.gateway;
    const session = this.alive('session')[pick % Math.max(1, this.alive('session').length)];
    const key = this.alive('key')[pick % Math.max(1, this.alive('key').length)];
    const own = this.as(session);
    const account = `/api/accounts/${this.id}`;
    const done = async (answer: Promise<{ status: number; body: object }>, status: number) => {
      const { status: answered, body } = await answer;
      expect(answered, `${step}: ${JSON.stringify(body)}`).toBe(status);
      return body as Record<string, string>;
    };
    if (step === 'sign-in') {
      const { browser, answer } = await this.signIn(gateways[pick % 2] ?? '');
      const may = !this.isDisabled && !(this.isOneTime && this.isExpired);
      expect(answer.status, JSON.stringify(answer.body)).toBe(may ? 200 : 401);
      if (!may) return true;
      const headers = { cookie: browser.cookie, 'x-csrf-token': browser.csrf };
      const { body } = await browser.call('GET', '/api/session/sessions');
      const { id } = (body['rows'] as { id: string; isThis: boolean }[]).find(({ isThis }) => isThis) ?? { id: '' };
      this.held.push({ kind: 'session', id, headers, isOver: false });
    } else if (step === 'make-key' && session && !this.isOneTime) {
      const grants = pick % 2 && this.grants.length > 0 ? { grants: this.grants } : {};
      const { id = '', key: made = '' } = await done(own('POST', '/api/session/keys', { name: 'k', ...grants }), 201);
      this.held.push({ kind: 'key', id, headers: { authorization: `Bearer ${made}` }, isOver: false });
    } else if (step === 'sign-out' && session) {
      await done(own('DELETE', '/api/session'), 204);
      session.isOver = true;
    } else if ((step === 'sign-out-everywhere' || step === 'sign-out-keeping-keys') && session) {
      const keepKeys = step === 'sign-out-keeping-keys';
      await done(own('POST', '/api/session/sign-out-everywhere', keepKeys ? { keepKeys } : {}), 204);
      this.end(({ kind }) => kind === 'session' || !keepKeys);
    } else if ((step === 'change-password' || step === 'change-keeping-keys') && session) {
      const keepKeys = step === 'change-keeping-keys';
      const next = `own ${this.formerPasswords.length} kx7m-q9pd ${made}`;
      await done(own('POST', '/api/session/password', { current: this.password, next, keepKeys }), 204);
      this.newPassword(next, false);
      this.end((each) => each !== session && (each.kind === 'session' || !keepKeys));
    } else if (step === 'end-own-session' && session) {
      const other = this.alive('session').at(-1) ?? session;
      await done(own('DELETE', `/api/session/sessions/${other.id}`), 204);
      other.isOver = true;
    } else if (step === 'withdraw-own-key' && session && key) {
      await done(own('DELETE', `/api/session/keys/${key.id}`), 204);
      key.isOver = true;
    } else if (step === 'disable') {
      await done(admin.call('POST', `${account}/disable`, { reason: '调离岗位' }), this.isDisabled ? 422 : 200);
      this.isDisabled = true;
      this.end(() => true);
    } else if (step === 'enable') {
      await done(admin.call('POST', `${account}/enable`, { reason: '回到岗位' }), this.isDisabled ? 200 : 422);
      this.isDisabled = false;
    } else if (step === 'reset' && !this.isDisabled) {
      let body = await done(admin.call('POST', `${account}/reset`, {}), 200);
      if (body['state'] === 'reset-proposed') {
        expect(body['oneTimePassword']).toBeNull();
        expect((await admin.call('POST', `${account}/reset/confirm`, {})).body['code']).toBe('RESET_OWN_PROPOSAL');
        body = await done(second.call('POST', `${account}/reset/confirm`, {}), 200);
      }
      this.newPassword(body['oneTimePassword'] ?? '', true);
      this.end(() => true);
    } else if (step === 'end-all') {
      await done(admin.call('POST', `${account}/sign-ins/end`, {}), 200);
      this.end(() => true);
    } else if (step === 'end-one-session' && session) {
      await done(admin.call('DELETE', `${account}/sessions/${session.id}`), 204);
      session.isOver = true;
    } else if (step === 'end-one-key' && key) {
      await done(admin.call('DELETE', `${account}/keys/${key.id}`), 204);
      key.isOver = true;
    } else if (step === 'session-too-old' && session) {
      await pool.query(`UPDATE session SET created_at = now() - interval '7 days' WHERE id = $1::uuid`, [session.id]);
      session.isOver = true;
    } else if (step === 'session-unused' && session) {
      await pool.query(`UPDATE session SET expires_at = now() WHERE id = $1::uuid`, [session.id]);
      session.isOver = true;
    } else if (step === 'key-expires' && key) {
      await pool.query(`UPDATE api_key SET until = now() WHERE id = $1::uuid`, [key.id]);
      key.isOver = true;
    } else if (step === 'one-time-expires' && this.isOneTime) {
      await pool.query(`UPDATE account SET one_time_until = now() WHERE id = $1::uuid`, [this.id]);
      this.isExpired = true;
    } else if (step === 'grant') {
      await admin.call('POST', `${account}/grants`, region('village-officer', VILLAGE));
    } else if (step === 'withdraw-grant') {
      const list = await admin.call('GET', `/api/accounts?search=${this.username}`);
      const row = (list.body['rows'] as { username: string; grants: { id: string; role: string }[] }[]).find(
        ({ username }) => username === this.username,
      );
      const grant = row?.grants.find(({ role }) => role === 'village-officer');
      if (!grant) return false;
      await done(admin.call('DELETE', `${account}/grants/${grant.id}`), 204);
    } else {
      return false;
    }
    return true;
  }

  /** What every credential ever made is answered, by each gateway. */
  async answered(): Promise<string[]> {
    const asked = this.held.flatMap((each) => gateways.map((url) => ({ each, url })));
    return Promise.all(
      asked.map(async ({ each, url }) => {
        const { status } = await openBrowser(url).call('GET', '/api/session', undefined, each.headers);
        return `${each.kind} ${this.held.indexOf(each)}: ${status}`;
      }),
    );
  }

  expected = () =>
    this.held.flatMap((each, at) => gateways.map(() => `${each.kind} ${at}: ${this.isAlive(each) ? 200 : 401}`));
}

const WITHIN_MS = 1000;

/** What an account has at the beginning of each life, and what happens to it first, so that no kind of end is left to chance. */
const BEGINS: readonly Step[] = ['sign-in', 'sign-in', 'make-key', 'make-key'];
const FIRST: readonly (readonly Step[])[] = [
  ['session-too-old', 'key-expires', 'sign-out'],
  ['reset', 'sign-in', 'one-time-expires'],
  ['change-password'],
  ['change-keeping-keys', 'session-unused'],
  ['sign-out-keeping-keys'],
  ['sign-out-everywhere'],
  ['end-own-session', 'withdraw-own-key'],
  ['end-one-session', 'end-one-key', 'end-all'],
  ['disable', 'enable'],
];

test('after every step of an account’s life, what has ended is worth nothing at either gateway within a second', async () => {
  const taken = new Set<Step>();
  const live = async (life: Life, steps: readonly (readonly [Step, number])[]) => {
    for (const [step, pick] of steps) {
      if (await life.take(step, pick)) taken.add(step);
      const started = Date.now();
      let answered = await life.answered();
      while (answered.join() !== life.expected().join() && Date.now() - started < WITHIN_MS) {
        await new Promise((resolve) => setTimeout(resolve, 30));
        answered = await life.answered();
      }
      expect(answered, `after ${step}`).toEqual(life.expected());
    }
    // No password of before opens anything; the present one does unless the account is disabled or it is too old.
    const { password } = life;
    for (const former of life.formerPasswords.slice(-1)) {
      life.password = former;
      expect((await life.signIn(gateways[0] ?? '')).answer.status).toBe(401);
    }
    life.password = password;
    const may = !life.isDisabled && !(life.isOneTime && life.isExpired);
    expect((await life.signIn(gateways[1] ?? '')).answer.status).toBe(may ? 200 : 401);
  };
  const step = fc.tuple(fc.constantFrom(...STEPS), fc.nat(7));
  for (const [at, first] of FIRST.entries()) {
    const grants = [[region('village-officer', VILLAGE)], [region('finance', COUNTY)]][at % 2] ?? [];
    const begun = [...BEGINS, ...first].map((each, pick) => [each, pick] as const);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 7 }), async (steps) =>
        live(await Life.begin(grants), [...begun, ...steps]),
      ),
      { numRuns: 1, seed: 20261201 + at, endOnFailure: true },
    );
  }
  expect([...taken].sort()).toEqual([...new Set(STEPS)].sort());
}, 120_000);

test('a live answer is broken off when the credential it was asked with has ended', async () => {
  platform.upstream.get('/api/identification/jobs/:id/live', (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const timer = setInterval(() => response.write(': still\n\n'), 50);
    response.once('close', () => clearInterval(timer));
  });
  const { id, browser } = await seedAccount(platform, 'watches', []);
  const path = '/api/identification/jobs/01a20468-32ad-7d75-9ac5-f964ab1f0142/live';
  const live = await fetch(`${gateways[1]}${path}`, { headers: { cookie: browser.cookie } });
  expect(live.status).toBe(200);
  const reading = live.text().then(
    () => 'ended',
    () => 'broken off',
  );
  expect((await admin.call('POST', `/api/accounts/${id}/sign-ins/end`, {})).status).toBe(200);
  const late = new Promise((resolve) => setTimeout(() => resolve('goes on'), 2000));
  expect(await Promise.race([reading, late])).toBe('broken off');
});
