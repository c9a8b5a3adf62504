import { call, type Connection } from '@bangfu/contracts/core/client';
import {
  confirmReset,
  createAccount,
  disableAccount,
  enableAccount,
  listAccounts,
  resetPassword,
  unlockAccount,
} from '@bangfu/contracts/gateway/accounts';
import type { AccountState } from '@bangfu/domain/shared/accounts';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { withPlatform } from '../session.ts';

/** What each command prints: the account and how it can be used now, and a password where one was made. */
interface Outcome {
  readonly account: string;
  readonly state: AccountState;
  readonly oneTimePassword?: string | null;
  readonly oneTimeUntil?: string | null;
}

/** The audit keeps a reason; one who gives none is known to have used the command line. */
const NO_REASON = '命令行办理，未写原因';

const STATES: Readonly<Record<AccountState, string>> = {
  active: '可以登录',
  'one-time': '待本人改一次性密码',
  expired: '一次性密码已过期',
  'reset-proposed': '重置密码待另一名系统管理员确认',
  disabled: '已停用',
};

function print(context: Context, { account, state, oneTimePassword, oneTimeUntil }: Outcome): void {
  const oneTime = oneTimePassword ? { oneTimePassword, oneTimeUntil } : {};
  context.output.result({ account, state, ...oneTime }, () => [
    `账号 ${account}：${STATES[state]}`,
    ...(oneTimePassword ? [`一次性密码 ${oneTimePassword}（${oneTimeUntil ?? ''} 前有效，只显示这一次）`] : []),
  ]);
}

/** The account of a user name. @throws CliError ACCOUNT_UNKNOWN where there is none within reach */
async function idOf(connection: Connection, username: string): Promise<string> {
  const { rows } = await call(connection, listAccounts, { query: { search: username, limit: 500 } });
  const found = rows.find((row) => row.username === username.toLowerCase());
  if (!found) throw new CliError('ACCOUNT_UNKNOWN', { name: username });
  return found.id;
}

/** `account create|disable|enable|reset|unlock NAME`: the life of accounts, with the rights of an administrator. */
export function registerAccount(account: Command, context: Context): void {
  const act = async (name: string, work: (connection: Connection, accountId: string) => Promise<Outcome>) =>
    print(context, await withPlatform(context, async (connection) => work(connection, await idOf(connection, name))));
  const named = (command: string, description: string) =>
    account.command(command).description(description).argument('<NAME>', '登录名');

  named('create', '新建账号，一次性显示密码；授权另行办理')
    .option('--name <TEXT>', '使用人的姓名，不写则同登录名')
    .action(async (username: string, { name = username }: { name?: string }) => {
      const made = await withPlatform(context, (connection) =>
        call(connection, createAccount, { body: { username, name, grants: [] } }),
      );
      print(context, { ...made, account: made.username, state: 'one-time' });
    });
  named('disable', '停用账号：立即不能登录，登录和密钥全部结束')
    .option('--reason <TEXT>', '原因', NO_REASON)
    .action((name: string, { reason }: { reason: string }) =>
      act(name, (connection, accountId) =>
        call(connection, disableAccount, { params: { accountId }, body: { reason } }),
      ),
    );
  named('enable', '恢复账号')
    .option('--reason <TEXT>', '原因', NO_REASON)
    .action((name: string, { reason }: { reason: string }) =>
      act(name, (connection, accountId) =>
        call(connection, enableAccount, { params: { accountId }, body: { reason } }),
      ),
    );
  named('reset', '重置密码，一次性显示；重要岗位先提出，由另一名系统管理员加 --confirm 确认')
    .option('--confirm', '确认另一名系统管理员提出的重置')
    .action((name: string, { confirm = false }: { confirm?: boolean }) =>
      act(name, (connection, accountId) =>
        call(connection, confirm ? confirmReset : resetPassword, { params: { accountId }, body: {} }),
      ),
    );
  named('unlock', '解除登录等待：输错密码的次数从头计算').action((name: string) =>
    act(name, (connection, accountId) => call(connection, unlockAccount, { params: { accountId }, body: {} })),
  );
}
