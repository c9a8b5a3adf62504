import { describe, expect, test } from 'vitest';
import { answers, AT, keys, problem, run, runJson, seen, send } from '../testing/platform.ts';

const ID = '019aa000-0000-7000-8000-000000000009';
const row = {
  id: ID,
  username: 'wang.fang',
  name: '某人',
  grants: [],
  proposed: [],
  lastSignInAt: null,
  createdAt: AT,
  disabled: false,
  state: 'active',
  disabling: null,
  oneTimeUntil: null,
  reset: null,
};
const found = () => {
  answers['GET /api/accounts'] = (_, response) => send(response, 200, { rows: [row], total: 1, next: null });
};
const oneTime = { oneTimePassword: 'abcd-efgh-jkmn-pqrs', oneTimeUntil: AT };

describe('the life of accounts', () => {
  test.each([
    ['disable', ['--reason', '调离岗位'], 'disable', { reason: '调离岗位' }, 'disabled'],
    ['disable', [], 'disable', { reason: '命令行办理，未写原因' }, 'disabled'],
    ['enable', ['--reason', '回到岗位'], 'enable', { reason: '回到岗位' }, 'active'],
    ['unlock', [], 'unlock', {}, 'active'],
  ] as const)('%s %j prints the account and its state', async (command, more, path, body, state) => {
    found();
    answers[`POST /api/accounts/${ID}/${path}`] = (_, response) => send(response, 200, { account: 'wang.fang', state });
    const { exit, document } = await runJson(['account', command, 'wang.fang', ...more]);
    expect([exit, document]).toEqual([0, { account: 'wang.fang', state }]);
    expect(JSON.parse(seen.find(({ key }) => key.includes(path))?.body ?? '')).toEqual(body);
  });

  test('create and reset show the one-time password, once', async () => {
    found();
    const made = { id: ID, username: 'wang.fang', proposed: 0, ...oneTime };
    answers['POST /api/accounts'] = (_, response) => send(response, 201, made);
    const shown = { account: 'wang.fang', state: 'one-time', ...oneTime };
    expect((await runJson(['account', 'create', 'wang.fang', '--name', '某人'])).document).toEqual(shown);
    answers[`POST /api/accounts/${ID}/reset`] = (_, response) => send(response, 200, shown);
    expect((await runJson(['account', 'reset', 'wang.fang'])).document).toEqual(shown);
    expect((await run(['account', 'reset', 'wang.fang'])).stdout).toContain('一次性密码 abcd-efgh-jkmn-pqrs');
  });

  test('a reset that needs a second hand is proposed, and confirmed by another one', async () => {
    found();
    const waits = { account: 'wang.fang', state: 'reset-proposed', oneTimePassword: null, oneTimeUntil: null };
    answers[`POST /api/accounts/${ID}/reset`] = (_, response) => send(response, 200, waits);
    expect((await runJson(['account', 'reset', 'wang.fang'])).document).toEqual({
      account: 'wang.fang',
      state: 'reset-proposed',
    });
    answers[`POST /api/accounts/${ID}/reset/confirm`] = (_, response) =>
      send(response, 422, problem(422, 'RESET_OWN_PROPOSAL', '不能自己确认'));
    const { exit, document } = await runJson(['account', 'reset', 'wang.fang', '--confirm']);
    expect([exit, document['code']]).toEqual([1, 'RESET_OWN_PROPOSAL']);
  });

  test('a name that nobody has is refused, and nothing is done', async () => {
    found();
    const { exit, document } = await runJson(['account', 'disable', 'nobody']);
    expect([exit, document['code']]).toEqual([1, 'ACCOUNT_UNKNOWN']);
    expect(keys()).toEqual(['POST /api/session', 'GET /api/accounts', 'DELETE /api/session']);
  });
});
