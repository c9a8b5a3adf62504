import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { table } from '../table.ts';

type DatabaseName = (typeof import('@bangfu/infra/postgres/databases'))['DATABASES'][number];

interface Addresses {
  readonly name: DatabaseName;
  readonly migrator: string;
  readonly app: string | undefined;
  readonly read: string | undefined;
}

/** The addresses of all databases by environment. @throws CliError SETTING_WRONG naming every one that is missing. */
function addresses(env: NodeJS.ProcessEnv, names: readonly DatabaseName[]): Addresses[] {
  const setting = (name: DatabaseName) => `DATABASE_URL_${name.toUpperCase()}`;
  const byKafka = Boolean(env.KAFKA_BROKERS) || env.BANGFU_EVENTS === 'kafka';
  // Events that travel by Kafka need no log of our own.
  const needed = names.filter((name) => name !== 'events' || !byKafka || env[setting(name)]);
  const missing = needed.map(setting).filter((key) => !URL.canParse(env[key] ?? ''));
  if (missing.length > 0) {
    throw new CliError('SETTING_WRONG', { reason: `${missing.join('、')} 应为 postgresql://用户:密码@主机:端口/库名` });
  }
  return needed.map((name) => {
    const key = setting(name);
    return { name, migrator: env[key] ?? '', app: env[`${key}_APP`], read: env[`${key}_READ`] };
  });
}

/** The passwords of roles that are made here follow from the installation's key, so that every migration finds the same. */
function rolesSecret(env: NodeJS.ProcessEnv, all: readonly Addresses[]): string {
  const secret = env.BANGFU_DATA_KEY ?? '';
  if (secret === '' && all.some(({ app, read }) => !app || !read)) {
    throw new CliError('SETTING_WRONG', { reason: '没有给全 DATABASE_URL_…_APP 和 …_READ 时，须设 BANGFU_DATA_KEY' });
  }
  return secret;
}

/** `migrate`: brings all databases of an installation not run by `start` to the present. */
export function registerMigrate(program: Command, context: Context): void {
  program
    .command('migrate')
    .description('更新全部数据库的结构（不由 start 运行的部署用）')
    .action(async () => {
      // The migration engine is loaded by no other command.
      const [{ DATABASES }, { establishRoles, migrateDatabase }] = await Promise.all([
        import('@bangfu/infra/postgres/databases'),
        import('@bangfu/infra/postgres/migrate'),
      ]);
      const all = addresses(context.env, DATABASES);
      const secret = rolesSecret(context.env, all);
      const databases: Record<string, number> = {};
      for (const { name, migrator, app, read } of all) {
        databases[name] = await migrateDatabase(name, await establishRoles(migrator, { app, read }, secret));
        context.output.note(`${name}：${databases[name]}`);
      }
      context.output.result({ databases }, () => table(Object.entries(databases)));
    });
}
