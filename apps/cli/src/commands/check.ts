import { call } from '@bangfu/contracts/core/client';
import { checkQuality, QualityResult } from '@bangfu/contracts/identification/households';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { waitForJob } from '../jobs.ts';
import { region } from '../options.ts';
import { withPlatform } from '../session.ts';
import { table } from '../table.ts';

interface Flags {
  readonly region?: string;
}

/** `check`: the data-quality rules over a region. */
export function registerCheck(program: Command, context: Context): void {
  program
    .command('check')
    .description('数据质量检查')
    .option('--region <CODE>', '只检查这个区划', region)
    .action(async (flags: Flags) => {
      const result = await withPlatform(context, async (connection) => {
        const { jobId } = await call(connection, checkQuality, { body: flags });
        return QualityResult.parse(await waitForJob(context, connection, jobId));
      });
      context.output.result(result, () => [
        `${result.households} 户 ${result.persons} 人`,
        ...table(Object.entries(result.rules)),
      ]);
    });
}
