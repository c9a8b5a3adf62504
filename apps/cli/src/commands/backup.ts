import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { userPath } from '../files.ts';
import { table } from '../table.ts';

/** `backup FILE`: the whole installation of the data folder into one archive, while the platform is stopped. */
export function registerBackup(program: Command, context: Context): void {
  program
    .command('backup')
    .description('备份整个平台（先停止平台；备份内含密钥，请妥善保管）')
    .argument('<FILE>', '备份文件')
    .option('--data <DIR>', '数据目录', (text: string) => userPath(context.env, text))
    .action(async (file: string, { data }: { data?: string }) => {
      const { backUp } = await import('@bangfu/infra/local/backup');
      const contents = await backUp(userPath(context.env, file), data);
      context.output.result(contents, () => table(Object.entries(contents)));
    });
}
