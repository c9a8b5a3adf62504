import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { table } from '../table.ts';

type DatabaseName = typeof import('@bangfu/infra/postgres/databases')['DATABASES'][number];

/** The databases that must be there. @throws CliError SETTING_WRONG naming every address that is missing */
function needed(env: NodeJS.ProcessEnv, names: readonly DatabaseName[]): DatabaseName[] {
  const setting = (name: DatabaseName) => `DATABASE_URL_${name.toUpperCase()}`;
  const byKafka = Boolean(env.KAFKA_BROKERS) || env.BANGFU_EVENTS === 'kafka';
  // Events that travel by Kafka need no log of our own.
  const found = names.filter((name) => name !== 'events' || !byKafka || env[setting(name)]);
  const missing = found.map(setting).filter((key) => !URL.canParse(env[key] ?? ''));
  if (missing.length > 0) {
    throw new CliError('SETTING_WRONG', { reason: `${missing.join('、')} 应为 postgresql://用户:密码@主机:端口/库名` });
  }
  return found;
}

/** `migrate`: brings all databases of an installation not run by `start` to the present. */
export function registerMigrate(program: Command, context: Context): void {
  program
    .command('migrate')
    .description('更新全部数据库的结构（不由 start 运行的部署用）')
    .action(async () => {
      // The migration engine is loaded by no other command.
      const [{ DATABASES }, { migrateDatabase }, { establishDatabases }, { readOptions }, { installationSecrets }] =
        await Promise.all([
          import('@bangfu/infra/postgres/databases'),
          import('@bangfu/infra/postgres/migrate'),
          import('@bangfu/infra/local/environment'),
          import('@bangfu/infra/local/options'),
          import('@bangfu/infra/local/secrets'),
        ]);
      const names = needed(context.env, DATABASES);
      // The same secret as `start` would take, so that both make the same roles.
      const { databaseSecret } = installationSecrets(readOptions({}, context.env).data);
      const urls = await establishDatabases(null, databaseSecret, context.env);
      const databases: Record<string, number> = {};
      for (const name of names) {
        databases[name] = await migrateDatabase(name, urls[name]);
        context.output.note(`${name}：${databases[name]}`);
      }
      context.output.result({ databases }, () => table(Object.entries(databases)));
    });
}
