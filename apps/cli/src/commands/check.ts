import { call } from '@bangfu/contracts/core/client';
import { checkQuality, listRules, QualityResult } from '@bangfu/contracts/identification/households';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { waitForJob } from '../jobs.ts';
import { region } from '../options.ts';
import { withPlatform } from '../session.ts';
import { table } from '../table.ts';

interface Flags {
  readonly region?: string;
  readonly rules?: true;
}

/** `check`: the data-quality rules over a region; with `--rules` what each of them needs, and whether it is fed. */
export function registerCheck(program: Command, context: Context): void {
  program
    .command('check')
    .description('数据质量检查')
    .option('--region <CODE>', '只检查这个区划', region)
    .option('--rules', '只列出规则：需要哪些指标、是否已有来源')
    .action(async ({ rules: listed, ...flags }: Flags) => {
      if (listed) return printRules(context);
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

async function printRules(context: Context): Promise<void> {
  const { rules } = await withPlatform(context, (connection) => call(connection, listRules, {}));
  const named = rules.map(({ id, object, severity, needs, fed, refused }) => [
    id,
    { object, severity, needs, fed, refused },
  ]);
  context.output.result({ rules: Object.fromEntries(named) }, () =>
    table(rules.map(({ id, fed, refused, message }) => [id, fed ? '有' : '缺', refused ?? '', message])),
  );
}
