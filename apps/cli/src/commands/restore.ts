import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { userPath } from '../files.ts';
import { table } from '../table.ts';

/** `restore FILE`: an archive of `backup` into an empty data folder. */
export function registerRestore(program: Command, context: Context): void {
  program
    .command('restore')
    .description('把备份恢复到空的数据目录')
    .argument('<FILE>', '备份文件')
    .option('--data <DIR>', '数据目录', (text: string) => userPath(context.env, text))
    .action(async (file: string, { data }: { data?: string }) => {
      const { restore } = await import('@bangfu/infra/local/backup');
      const contents = await restore(userPath(context.env, file), data);
      context.output.result(contents, () => table(Object.entries(contents)));
    });
}
