import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { userPath } from '../files.ts';

interface Flags {
  readonly data?: string;
}

/** `admin create NAME`: on the machine of the platform; the password is shown this once. */
export function registerAdminCreate(admin: Command, context: Context): void {
  admin
    .command('create')
    .description('在本机新建系统管理员，一次性显示密码')
    .argument('<NAME>', '登录名')
    .option('--data <DIR>', '数据目录', (text: string) => userPath(context.env, text))
    .action(async (name: string, { data }: Flags) => {
      const { createAdmin } = await import('@bangfu/infra/local/admin');
      const { username, password } = await createAdmin({ name, ...(data === undefined ? {} : { data }) });
      context.output.result({ username, password }, () => [`账号 ${username}`, `一次性密码 ${password}`]);
    });
}
