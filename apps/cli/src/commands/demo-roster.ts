import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { userPath } from '../files.ts';
import { county, sheetFile, sheetKind, wholeNumber } from '../options.ts';
import { createProgress } from '../progress.ts';

interface Flags {
  readonly households: number;
  readonly seed: string;
  readonly out: string;
  readonly county: string;
}

const MOST_HOUSEHOLDS = 2_000_000;

/** `demo roster`: an invented roster in the national layout; the same seed gives the same file. */
export function registerDemoRoster(demo: Command, context: Context): void {
  demo
    .command('roster')
    .description('生成虚构花名册（国家表式）')
    .requiredOption('--households <N>', '户数', wholeNumber(1, MOST_HOUSEHOLDS))
    .requiredOption('--seed <S>', '随机种子')
    .requiredOption('--out <FILE>', '写到哪个文件（.xlsx 或 .csv）', sheetFile)
    .option('--county <CODE>', '县级区划代码', county, '211382000000')
    .action(async ({ households, seed, out, county: code }: Flags) => {
      // The workbook writer is loaded by no other command.
      const [{ demoRegions }, { population }, { writeRoster }] = await Promise.all([
        import('../demo/regions.ts'),
        import('../demo/population.ts'),
        import('../demo/roster-file.ts'),
      ]);
      const path = userPath(context.env, out);
      const regions = await demoRegions(code);
      const progress = createProgress(context.output.streams.stderr, () => performance.now());
      const counts = await writeRoster(path, sheetKind(out), population({ regions, households, seed }), (done) =>
        progress.show({ title: '生成花名册', stage: null, done, total: households }),
      ).finally(progress.end);
      context.output.result(counts, () => [`${counts.households} 户 ${counts.persons} 人 → ${path}`]);
    });
}
