import { randomUUID } from 'node:crypto';
import { contains, needsSecond } from '@bangfu/domain/shared/grants';
import { type Grant, ROLES, type Role, type Scope } from '@bangfu/domain/shared/roles';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  PASSWORD,
  region,
  REGIONS,
  seedAccount,
  startPlatformOfGrants,
  THERE,
  TOWNSHIP,
  VILLAGE,
} from '../../testing/accounts.ts';
import { type Browser, COUNTY, openBrowser, type TestPlatform } from '../../testing/platform.ts';

let platform: TestPlatform;
let admin: Browser;

const account = (username: string, grants: readonly Grant[]) => seedAccount(platform, username, grants);

beforeAll(async () => {
  ({ platform, admin } = await startPlatformOfGrants());
});
afterAll(() => platform?.stop());

const SCOPES: readonly Scope[] = [
  { kind: 'platform' },
  ...[COUNTY, TOWNSHIP, VILLAGE, '522325109000', '522325101999', '522326000000', '522300000000'].map(
    (code): Scope => ({ kind: 'region', code }),
  ),
  ...(['unit', 'helper', 'entity', 'provider', 'household'] as const).flatMap((kind): Scope[] => [
    { kind, id: THERE },
    { kind, id: randomUUID() },
    { kind, id: 'no-id' },
  ]),
  { kind: 'evaluation', id: THERE, regions: [TOWNSHIP], services: ['identification'] },
  { kind: 'evaluation', id: THERE, regions: ['522325101999'], services: ['identification'] },
  { kind: 'evaluation', id: randomUUID(), regions: [COUNTY], services: ['identification'] },
];
/** Where each role is held. */
const LEVEL_OF: Readonly<Partial<Record<Role, RegExp>>> = {
  'system-administrator': /^(\d{6}000000|\d{9}000)$/,
  'township-officer': /^\d{6}(?!000)\d{3}000$/,
  'township-leader': /^\d{6}(?!000)\d{3}000$/,
  'village-officer': /^\d{9}(?!000)\d{3}$/,
};
const KIND_OF: Readonly<Partial<Record<Role, Scope['kind']>>> = {
  helper: 'helper',
  'unit-manager': 'unit',
  entity: 'entity',
  'training-provider': 'provider',
  evaluator: 'evaluation',
  household: 'household',
};
const isThere = (code: string) => code === COUNTY || REGIONS.includes(code);

/** What a grant must be answered, in the order a clerk would check it. */
function expectedAnswer(role: Role, scope: Scope, own: Scope): string {
  if (scope.kind === 'region' || scope.kind === 'platform') {
    if (KIND_OF[role] || (scope.kind === 'platform' && role !== 'system-administrator')) return 'GRANT_SCOPE_UNFIT';
    const level = LEVEL_OF[role] ?? /^\d{4}(?!00)\d{2}000000$/;
    if (scope.kind === 'region' && (!level.test(scope.code) || scope.code.endsWith('00000000')))
      return 'GRANT_LEVEL_UNFIT';
  } else if (KIND_OF[role] !== scope.kind) return 'GRANT_SCOPE_UNFIT';
  if (!contains(own, scope, COUNTY)) return 'GRANT_BEYOND_OWN';
  if (scope.kind === 'region' && !isThere(scope.code)) return 'GRANT_REGION_UNKNOWN';
  if ('id' in scope && scope.id !== THERE) return 'GRANT_BOUND_UNKNOWN';
  if (scope.kind === 'evaluation' && !scope.regions.every(isThere)) return 'GRANT_REGION_UNKNOWN';
  return needsSecond(role) ? 'proposed' : 'given';
}

describe('every role over every scope, by administrators of the platform, the county and a township', () => {
  const givers: readonly [string, Scope][] = [
    ['platform', { kind: 'platform' }],
    ['county', { kind: 'region', code: COUNTY }],
    ['township', { kind: 'region', code: TOWNSHIP }],
  ];
  test.each(givers)(
    'given one of the %s, then what fits, exists and is their own is given, and nothing else',
    async (name, own) => {
      const giver = await account(`giver-${name}`, [{ role: 'system-administrator', scope: own }]);
      const target = await account(`target-${name}`, [region('village-officer', '522325101205')]);
      const wrong: string[] = [];
      for (const role of ROLES) {
        for (const scope of SCOPES) {
          const until = role === 'evaluator' ? { until: '2027-06-01T00:00:00Z' } : {};
          const { body } = await giver.browser.call('POST', `/api/accounts/${target.id}/grants`, {
            role,
            scope,
            ...until,
          });
          const done = body['proposed'] === 1 ? 'proposed' : 'given';
          const answer = typeof body['code'] === 'string' ? body['code'] : done;
          const expected = expectedAnswer(role, scope, own);
          if (answer !== expected) wrong.push(`${role} ${JSON.stringify(scope)}: ${answer}, not ${expected}`);
        }
      }
      expect(wrong).toEqual([]);

      // What is in force is what was given; what weighs waits for a second hand and gives nothing.
      const session = await target.browser.call('GET', '/api/session');
      const held = (session.body['grants'] as Grant[]).map(({ role }) => role);
      expect(held.filter(needsSecond)).toEqual([]);
      expect(held.length).toBeGreaterThan(1);
      // Once is enough, and nobody gives themself anything.
      const again = await giver.browser.call(
        'POST',
        `/api/accounts/${target.id}/grants`,
        region('village-officer', VILLAGE),
      );
      expect(again.body['code']).toBe('GRANT_EXISTS');
      const self = await giver.browser.call(
        'POST',
        `/api/accounts/${giver.id}/grants`,
        region('village-officer', VILLAGE),
      );
      expect(self.body['code']).toBe('GRANT_TO_ONESELF');
    },
    120_000,
  );

  test('given what waits, then another confirms it, one hand takes it back, and both are kept', async () => {
    const proposer = openBrowser(platform.url);
    await proposer.signIn('giver-platform', PASSWORD);
    const list = async (as: Browser) =>
      (await as.call('GET', '/api/proposed-grants')).body as {
        rows: {
          id: string;
          role: Role;
          account: { id: string; username: string };
          steps: { step: string; open: boolean }[];
        }[];
        otherAdministrators: number;
      };
    const mine = (await list(proposer)).rows.filter(({ account: { username } }) => username === 'target-platform');
    expect(new Set(mine.map(({ role }) => role))).toEqual(new Set(ROLES.filter(needsSecond)));
    const offered = (rows: typeof mine) =>
      new Set(rows.flatMap(({ steps }) => steps.flatMap((s) => (s.open ? [s.step] : []))));
    expect(offered(mine)).toEqual(new Set(['withdraw']));
    const theirs = (await list(admin)).rows.filter(({ account: { username } }) => username === 'target-platform');
    expect(offered(theirs)).toEqual(new Set(['confirm', 'withdraw']));
    expect((await list(admin)).otherAdministrators).toBeGreaterThan(0);
    const leader = theirs.find(({ role }) => role === 'county-leader');
    const finance = theirs.find(({ role }) => role === 'finance');
    const at = (row: typeof leader) => `/api/accounts/${row?.account.id}/grants/${row?.id}`;
    expect((await admin.call('POST', `${at(leader)}/confirm`, {})).status).toBe(204);
    expect((await proposer.call('DELETE', at(finance))).status).toBe(204);
    expect((await admin.call('POST', `${at(finance)}/confirm`, {})).status).toBe(404);
    const browser = openBrowser(platform.url);
    const session = await browser.signIn('target-platform', PASSWORD);
    const held = (session.body['grants'] as Grant[]).map(({ role }) => role);
    expect([held.includes('county-leader'), held.includes('finance')]).toEqual([true, false]);
    // A township’s administrator confirms nothing that lies beyond, of an account they see for its village.
    const small = openBrowser(platform.url);
    await small.signIn('giver-township', PASSWORD);
    const beyond = (await list(small)).rows.filter(({ account: { username } }) => username === 'target-platform');
    expect(offered(beyond.filter(({ role }) => role === 'auditor'))).toEqual(new Set());
    const auditor = theirs.find(({ role }) => role === 'auditor');
    expect((await small.call('POST', `${at(auditor)}/confirm`, {})).body['code']).toBe('GRANT_BEYOND_OWN');
    const { rows } = await platform.gateway.gateway.pool.query<{
      role: string;
      confirmed: boolean;
      withdrawn: boolean;
    }>(
      `SELECT role, confirmed_at IS NOT NULL AS confirmed, withdrawn_at IS NOT NULL AS withdrawn FROM account_grant
       WHERE id = ANY ($1::uuid[]) ORDER BY role`,
      [[leader?.id, finance?.id]],
    );
    expect(rows).toEqual([
      { role: 'county-leader', confirmed: true, withdrawn: false },
      { role: 'finance', confirmed: false, withdrawn: true },
    ]);
  });

  test('given the same grant twice at once, or twice in a new account, then it is given once', async () => {
    const { id } = await account('twice-at-once', []);
    const give = () => admin.call('POST', `/api/accounts/${id}/grants`, region('village-officer', VILLAGE));
    const answers = await Promise.all(Array.from({ length: 12 }, give));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ body }) => body['code'] === 'GRANT_EXISTS')).toHaveLength(11);
    const grants = [region('county-office', COUNTY), region('county-office', COUNTY)];
    const made = await admin.call('POST', '/api/accounts', {
      username: 'twice-made',
      name: '丁',
      grants,
      password: PASSWORD,
    });
    expect(made.body['code']).toBe('GRANT_EXISTS');
  });

  test('given a new account with a role that weighs, then it waits; given a service that is silent, then nothing is given', async () => {
    const grants = [region('auditor', COUNTY), region('county-office', COUNTY)];
    const made = await admin.call('POST', '/api/accounts', {
      username: 'new-auditor',
      name: '戊',
      grants,
      password: PASSWORD,
    });
    expect(made.body['proposed']).toBe(1);
    const browser = openBrowser(platform.url);
    const session = await browser.signIn('new-auditor', PASSWORD);
    expect((session.body['grants'] as Grant[]).map(({ role }) => role)).toEqual(['county-office']);
    const far = await admin.call('POST', '/api/accounts', {
      username: 'too-long',
      name: '己',
      password: PASSWORD,
      grants: [{ ...region('county-office', COUNTY), until: '2062-01-01T00:00:00Z' }],
    });
    expect(far.body['code']).toBe('GRANT_TOO_LONG');
  });
});
