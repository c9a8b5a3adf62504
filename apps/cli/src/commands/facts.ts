import { call } from '@bangfu/contracts/core/client';
import { listFacts } from '@bangfu/contracts/identification/facts';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { withPlatform } from '../session.ts';
import { table } from '../table.ts';

/** `facts`: the catalogue of facts that the register knows. */
export function registerFacts(program: Command, context: Context): void {
  program
    .command('facts')
    .description('指标目录')
    .action(async () => {
      const answer = await withPlatform(context, (connection) => call(connection, listFacts, {}));
      context.output.result(answer, () =>
        table(answer.facts.map(({ key, subject, kind, labels }) => [subject, key, labels.zh, kind])),
      );
    });
}
