import { call } from '@bangfu/contracts/core/client';
import { platformOperations } from '@bangfu/contracts/core/every-service';
import { type Owner, SERVICES } from '@bangfu/contracts/core/operation';
import { Argument, type Command } from 'commander';
import type { Context } from '../context.ts';
import { ownerName } from '../messages.ts';
import { withPlatform } from '../session.ts';
import { table } from '../table.ts';

const OWNERS = ['gateway', ...SERVICES] as const satisfies readonly Owner[];

/** `redrive`: parked events are taken in again, of one owner or of all; what stays parked is exit 1. */
export function registerRedrive(program: Command, context: Context): void {
  program
    .command('redrive')
    .description('重新处理滞留的消息')
    .addArgument(new Argument('[OWNER]', '只处理这个服务').choices(OWNERS))
    .option(
      '--accept-restored',
      '来源数据库恢复到较早时间之后，以其现在的内容为准（见 docs/runbooks/restored-database.md）',
    )
    .action(async (only: Owner | undefined, { acceptRestored = false }: { acceptRestored?: boolean }) => {
      const owners = only ? [only] : OWNERS;
      const found = await withPlatform(context, async (connection) => {
        const answers: [Owner, { applied: number; remaining: number }][] = [];
        for (const owner of owners) {
          const body = acceptRestored ? { acceptRestored } : {};
          answers.push([owner, await call(connection, platformOperations(owner).redriveEvents, { body })]);
        }
        return answers;
      });
      const sum = (of: 'applied' | 'remaining') => found.reduce((whole, [, answer]) => whole + answer[of], 0);
      const result = { applied: sum('applied'), remaining: sum('remaining') };
      context.output.result({ ...result, owners: Object.fromEntries(found) }, () => [
        `已处理 ${result.applied} 条，仍滞留 ${result.remaining} 条`,
        ...table(
          found.map(([owner, { applied, remaining }]) => [ownerName(owner), String(applied), String(remaining)]),
        ),
      ]);
      if (result.remaining > 0) context.outcomeIsBad();
    });
}
