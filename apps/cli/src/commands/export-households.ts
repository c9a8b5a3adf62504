import { call, send } from '@bangfu/contracts/core/client';
import { exportHouseholds, getStatistics } from '@bangfu/contracts/identification/households';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { saveAnswer, userPath } from '../files.ts';
import { region, sheetFile, sheetKind, type TimesAsked, withTimes } from '../options.ts';
import { withPlatform } from '../session.ts';

interface Flags extends TimesAsked {
  readonly region?: string;
}

/** `export households FILE`: the national layout, masked as the account's role demands. */
export function registerExportHouseholds(exports: Command, context: Context): void {
  withTimes(exports.command('households'))
    .description('按国家表式导出农户')
    .argument('<FILE>', '写到哪个文件（.xlsx 或 .csv）', sheetFile)
    .option('--region <CODE>', '只导出这个区划', region)
    .action(async (file: string, flags: Flags) => {
      const path = userPath(context.env, file);
      const { households, persons } = await withPlatform(context, async (connection) => {
        await saveAnswer(
          await send(connection, exportHouseholds, { query: { ...flags, format: sheetKind(file) } }),
          path,
        );
        return call(connection, getStatistics, { query: flags });
      });
      context.output.result({ households, persons }, () => [`${households} 户 ${persons} 人 → ${path}`]);
    });
}
